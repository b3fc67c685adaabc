"""Where cases were posted, and what their facts were called."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "case_messages",
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("case", sa.Integer, nullable=False),
        sa.Column("user", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("ts", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("case", "user"),
    )
    announced = sa.Column("announced", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("cases", announced)
    title = sa.Column("title", sa.String(200), nullable=False, server_default="")
    op.add_column("cases", title)


def downgrade() -> None:
    op.drop_column("cases", "title")
    op.drop_column("cases", "announced")
    op.drop_table("case_messages")
