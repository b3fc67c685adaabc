"""Whether the reply that announces an answer also goes to the channel; it doesn't unless asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    broadcast = sa.Column("broadcast", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("subscriptions", broadcast)


def downgrade() -> None:
    op.drop_column("subscriptions", "broadcast")
