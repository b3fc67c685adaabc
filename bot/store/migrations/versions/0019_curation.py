"""What workspaces add to the facts: changes, cases, suggestions, gaps, reviews."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

TABLES = (
    "review_tasks",
    "curators",
    "gap_watchers",
    "gap_people",
    "gaps",
    "suggestions",
    "case_reports",
    "cases",
    "fact_changes",
)


def upgrade() -> None:
    op.create_table(
        "fact_changes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("fact", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("changed_by", sa.String(40), nullable=False),
        sa.Column("changed_at", sa.Float, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("fact", sa.String(80), nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("opened_at", sa.Float, nullable=False),
        sa.Column("reminded_at", sa.Float),
        sa.Column("outcome", sa.String(20)),
        sa.Column("decided_by", sa.String(40), nullable=False, server_default=""),
        sa.Column("decided_at", sa.Float),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "case_reports",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("case", sa.Integer, nullable=False),
        sa.Column("reported_by", sa.String(40), nullable=False),
        sa.Column("complaint", sa.String(1000), nullable=False),
        sa.Column("link", sa.String(500), nullable=False),
        sa.Column("reported_at", sa.Float, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "suggestions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("fact", sa.String(80), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("suggested_by", sa.String(40), nullable=False),
        sa.Column("suggested_at", sa.Float, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False, server_default=""),
        sa.Column("decided_by", sa.String(40), nullable=False, server_default=""),
        sa.Column("decided_at", sa.Float),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "gaps",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("question", sa.String(300), nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("first_at", sa.Float, nullable=False),
        sa.Column("last_at", sa.Float, nullable=False),
        sa.Column("answered_by", sa.String(80)),
        sa.UniqueConstraint("team", "question", name="gaps_once"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "gap_people",
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("gap", sa.Integer, nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("gap", "person"),
    )
    op.create_table(
        "gap_watchers",
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("gap", sa.Integer, nullable=False),
        sa.Column("user", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("thread", sa.String(40), nullable=False),
        sa.Column("asked_at", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("gap", "user"),
    )
    op.create_table(
        "curators",
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("who", sa.String(400), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("set_by", sa.String(40), nullable=False),
        sa.Column("set_at", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("team"),
    )
    op.create_table(
        "review_tasks",
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("fact", sa.String(80), nullable=False),
        sa.Column("curator", sa.String(40), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("team", "fact", "curator"),
    )
    op.create_index("fact_changes_fact", "fact_changes", ["team", "fact"])
    op.create_index(
        "cases_one_open",
        "cases",
        ["team", "fact"],
        unique=True,
        sqlite_where=sa.text("open"),
        postgresql_where=sa.text("open"),
    )
    op.create_index("case_reports_case", "case_reports", ["case"])
    op.create_index("suggestions_team", "suggestions", ["team", "state"])
    op.create_index("gaps_last_at", "gaps", ["last_at"])
    op.create_index("review_tasks_day", "review_tasks", ["team", "curator", "day"])
    voided = sa.Column("voided", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("postings", voided)


def downgrade() -> None:
    op.drop_column("postings", "voided")
    for table in TABLES:
        op.drop_table(table)
