"""Whether a channel gets the week's standings; it does unless somebody says no."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    standings = sa.Column("standings", sa.Boolean, nullable=False, server_default=sa.true())
    op.add_column("subscriptions", standings)


def downgrade() -> None:
    op.drop_column("subscriptions", "standings")
