"""Until when a channel's quiz pauses, and on which country's public holidays."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("subscriptions", sa.Column("paused_until", sa.String(10)))
    op.add_column("subscriptions", sa.Column("holidays", sa.String(2)))


def downgrade() -> None:
    op.drop_column("subscriptions", "holidays")
    op.drop_column("subscriptions", "paused_until")
