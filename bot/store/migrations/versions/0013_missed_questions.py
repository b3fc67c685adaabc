"""The month of the latest question that a streak survived without an answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("streaks", sa.Column("missed_in", sa.String(7)))


def downgrade() -> None:
    op.drop_column("streaks", "missed_in")
