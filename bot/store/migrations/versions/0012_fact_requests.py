"""Keep the questions that people ask us to write answers for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "fact_requests",
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("user", sa.String(40), nullable=False),
        sa.Column("question", sa.String(300), nullable=False),
        sa.Column("asked_at", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("team", "user", "question"),
    )
    op.create_index("fact_requests_asked_at", "fact_requests", ["asked_at"])


def downgrade() -> None:
    op.drop_table("fact_requests")
