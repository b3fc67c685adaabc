"""Replies that Slack has not taken yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "replies",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("user", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("thread", sa.String(40), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("audience", sa.String(10), nullable=False),
        sa.Column("response_url", sa.Text, nullable=False),
        sa.Column("replaces", sa.Boolean, nullable=False),
        sa.Column("mark", sa.String(40), nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("due_at", sa.Float, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("called_at", sa.Float),
        sqlite_autoincrement=True,
    )
    op.create_index("replies_due_at", "replies", ["due_at"])
