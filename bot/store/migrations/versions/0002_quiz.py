"""The daily quiz: subscriptions, postings, answers, deliveries; people and their reviews."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("team", sa.String(40), primary_key=True),
        sa.Column("channel", sa.String(40), primary_key=True),
        sa.Column("at", sa.String(5), nullable=False),
        sa.Column("tz", sa.String(64), nullable=False),
        sa.Column("weekdays", sa.String(7), nullable=False),
        sa.Column("reveal", sa.String(5)),
        sa.Column("services", sa.Text, nullable=False),
        sa.Column("created_by", sa.String(40), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("paused_for", sa.String(80)),
        sa.Column("next_day", sa.String(10)),
        sa.Column("next_at", sa.Float),
    )
    op.create_index("subscriptions_next_at", "subscriptions", ["next_at"])
    op.create_table(
        "postings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("fact", sa.String(80), nullable=False),
        sa.Column("service", sa.String(80), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("options", sa.Text, nullable=False),
        sa.Column("right", sa.Integer, nullable=False),
        sa.Column("due_at", sa.Float, nullable=False),
        sa.Column("reveal_at", sa.Float, nullable=False),
        sa.Column("posted_at", sa.Float),
        sa.Column("ts", sa.String(40)),
        sa.Column("closed_at", sa.Float),
        sa.UniqueConstraint("team", "channel", "day", name="postings_one_a_day"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "answers",
        sa.Column("posting", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("user", sa.String(40), primary_key=True),
        sa.Column("choice", sa.Integer, nullable=False),
        sa.Column("answered_at", sa.Float, nullable=False),
        sa.Column("late", sa.Boolean, nullable=False),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("due_at", sa.Float, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("owner", sa.String(40)),
        sa.Column("held_until", sa.Float, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("called_at", sa.Float),
        sa.Column("post_at", sa.Integer),
        sa.Column("outcome", sa.String(120)),
        sa.UniqueConstraint("kind", "subject", name="deliveries_once"),
        sqlite_autoincrement=True,
    )
    op.create_index("deliveries_due", "deliveries", ["open", "due_at"])
    op.create_table(
        "people",
        sa.Column("team", sa.String(40), primary_key=True),
        sa.Column("user", sa.String(40), primary_key=True),
        sa.Column("ranked", sa.Boolean, nullable=False),
        sa.Column("reminded", sa.Boolean, nullable=False),
        sa.Column("tz", sa.String(64), nullable=False),
        sa.Column("direct", sa.String(40), nullable=False),
        sa.Column("next_at", sa.Float),
    )
    op.create_index("people_next_at", "people", ["next_at"])
    op.create_table(
        "cards",
        sa.Column("team", sa.String(40), primary_key=True),
        sa.Column("user", sa.String(40), primary_key=True),
        sa.Column("fact", sa.String(80), primary_key=True),
        sa.Column("card", sa.Text, nullable=False),
        sa.Column("due_at", sa.Float, nullable=False),
    )
    op.create_index("cards_due_at", "cards", ["team", "user", "due_at"])
    op.create_table(
        "exercises",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("user", sa.String(40), nullable=False),
        sa.Column("fact", sa.String(80), nullable=False),
        sa.Column("service", sa.String(80), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("options", sa.Text, nullable=False),
        sa.Column("right", sa.Integer, nullable=False),
        sa.Column("asked_at", sa.Float, nullable=False),
        sa.Column("choice", sa.Integer),
        sa.Column("answered_at", sa.Float),
        sqlite_autoincrement=True,
    )
    op.create_index("exercises_person", "exercises", ["team", "user", "asked_at"])
    op.create_table(
        "lookups",
        sa.Column("team", sa.String(40), primary_key=True),
        sa.Column("user", sa.String(40), primary_key=True),
        sa.Column("fact", sa.String(80), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", sa.Float, nullable=False),
    )
