"""Which practice questions belong to one session."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("exercises", sa.Column("session", sa.Integer))


def downgrade() -> None:
    op.drop_column("exercises", "session")
