"""The tables of what a workspace adds to the facts and says about them.

Columns with people's IDs aren't called `user`: erasing a person empties them and keeps the row.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy import Text as LongText

from bot.store.metadata import metadata

fact_changes = Table(
    "fact_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("team", String(40), nullable=False),
    Column("fact", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("content", LongText, nullable=False),
    Column("changed_by", String(40), nullable=False),
    Column("changed_at", Float, nullable=False),
    Index("fact_changes_fact", "team", "fact"),
    sqlite_autoincrement=True,
)
"""Every change that a workspace made to a fact, its note, or its being under review; see
`bot.store.fact_changes`. Rows are only added, in the order of their IDs, so processes read what is
new since the last ID they saw."""

cases = Table(
    "cases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("team", String(40), nullable=False),
    Column("fact", String(80), nullable=False),
    Column("open", Boolean, nullable=False),
    Column("opened_at", Float, nullable=False),
    Column("reminded_at", Float),
    Column("outcome", String(20)),
    Column("decided_by", String(40), nullable=False, server_default=""),
    Column("decided_at", Float),
    Column("title", String(200), nullable=False, server_default=""),
    Column("announced", Boolean, nullable=False, server_default=false()),
    Index(
        "cases_one_open",
        "team",
        "fact",
        unique=True,
        sqlite_where=text("open"),
        postgresql_where=text("open"),
    ),
    sqlite_autoincrement=True,
)
"""A fact that people of a workspace reported as wrong: at most one open case per fact.

A case is `announced` once it is to be posted to the curators."""

curator_messages = Table(
    "curator_messages",
    metadata,
    Column("team", String(40), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("item", Integer, nullable=False),
    Column("user", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("ts", String(40), nullable=False),
    PrimaryKeyConstraint("kind", "item", "user", "channel"),
)
"""Where a case or a suggestion was posted: in a channel (`user` is ""), or to each curator."""

case_reports = Table(
    "case_reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("team", String(40), nullable=False),
    Column("case", Integer, nullable=False),
    Column("reported_by", String(40), nullable=False),
    Column("complaint", String(1000), nullable=False),
    Column("link", String(500), nullable=False),
    Column("reported_at", Float, nullable=False),
    Index("case_reports_case", "case"),
    sqlite_autoincrement=True,
)
"""What people said is wrong, in their words."""

suggestions = Table(
    "suggestions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("team", String(40), nullable=False),
    Column("fact", String(80), nullable=False),
    Column("content", LongText, nullable=False),
    Column("suggested_by", String(40), nullable=False),
    Column("suggested_at", Float, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", String(500), nullable=False, server_default=""),
    Column("decided_by", String(40), nullable=False, server_default=""),
    Column("decided_at", Float),
    Index("suggestions_team", "team", "state"),
    sqlite_autoincrement=True,
)
"""Facts that people propose, until a curator decides."""

gaps = Table(
    "gaps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("team", String(40), nullable=False),
    Column("question", String(300), nullable=False),
    Column("times", Integer, nullable=False),
    Column("first_at", Float, nullable=False),
    Column("last_at", Float, nullable=False),
    Column("answered_by", String(80)),
    UniqueConstraint("team", "question", name="gaps_once"),
    Index("gaps_last_at", "last_at"),
    sqlite_autoincrement=True,
)
"""Questions without a certain answer, and how often they were asked. `answered_by` is the fact that
answers it now."""

gap_people = Table(
    "gap_people",
    metadata,
    Column("team", String(40), nullable=False),
    Column("gap", Integer, nullable=False),
    Column("person", String(64), nullable=False),
    PrimaryKeyConstraint("gap", "person"),
)
"""A hash for each person who asked a question, to count people without knowing them."""

gap_watchers = Table(
    "gap_watchers",
    metadata,
    Column("team", String(40), nullable=False),
    Column("gap", Integer, nullable=False),
    Column("user", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("thread", String(40), nullable=False),
    Column("asked_at", Float, nullable=False),
    PrimaryKeyConstraint("gap", "user"),
)
"""Who wants to be told when a question has an answer, and where they asked."""

curators = Table(
    "curators",
    metadata,
    Column("team", String(40), nullable=False),
    Column("who", String(400), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("set_by", String(40), nullable=False),
    Column("set_at", Float, nullable=False),
    PrimaryKeyConstraint("team"),
)
"""Who curates a workspace's facts, and in which channel, if that was set in Slack."""

review_tasks = Table(
    "review_tasks",
    metadata,
    Column("team", String(40), nullable=False),
    Column("fact", String(80), nullable=False),
    Column("curator", String(40), nullable=False),
    Column("day", String(10), nullable=False),
    Column("open", Boolean, nullable=False),
    PrimaryKeyConstraint("team", "fact", "curator"),
    Index("review_tasks_day", "team", "curator", "day"),
)
"""The overdue facts that a curator was asked to check, and on which day."""
