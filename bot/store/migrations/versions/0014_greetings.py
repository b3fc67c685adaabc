"""Remember who has been greeted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "greetings",
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("user", sa.String(40), nullable=False),
        sa.Column("greeted_at", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("team", "user"),
    )


def downgrade() -> None:
    op.drop_table("greetings")
