"""Who asked the last question of a conversation, so that it can be erased with the person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    user = sa.Column("user", sa.String(40), nullable=False, server_default="")
    op.add_column("conversations", user)
    op.execute("DELETE FROM conversations")  # kept for minutes, and nobody knows whose they are
