"""The tables. Uniqueness lives here, not in code. Times are seconds since 1970, UTC."""

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
    true,
)
from sqlalchemy import Text as LongText

from bot.store import curation_tables, process_tables  # noqa: F401  (they register their tables)
from bot.store.metadata import metadata

claims = Table(
    "claims",
    metadata,
    Column("kind", String(20), nullable=False),
    Column("key", String(400), nullable=False),
    Column("claimed_at", Float, nullable=False),
    PrimaryKeyConstraint("kind", "key"),
    Index("claims_claimed_at", "claimed_at"),
)
"""Work that must happen once: the process that inserts the row does it."""

fact_requests = Table(
    "fact_requests",
    metadata,
    Column("team", String(40), nullable=False),
    Column("user", String(40), nullable=False),
    Column("question", String(300), nullable=False),
    Column("asked_at", Float, nullable=False),
    PrimaryKeyConstraint("team", "user", "question"),
    Index("fact_requests_asked_at", "asked_at"),
)
"""Questions that people asked us to write answers for: their wording, once a person."""

greetings = Table(
    "greetings",
    metadata,
    Column("team", String(40), nullable=False),
    Column("user", String(40), nullable=False),
    Column("greeted_at", Float, nullable=False),
    PrimaryKeyConstraint("team", "user"),
)
"""Who has been greeted, which happens once."""

conversations = Table(
    "conversations",
    metadata,
    Column("team", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("thread", String(40), nullable=False),
    Column("user", String(40), nullable=False, server_default=""),
    Column("fact", String(80), nullable=False),
    Column("asked_at", Float, nullable=False),
    PrimaryKeyConstraint("team", "channel", "thread"),
)
"""The fact a conversation was shown last, and who asked: kept for minutes, for follow-ups."""

feedback = Table(
    "feedback",
    metadata,
    Column("team", String(40), nullable=False),
    Column("user", String(40), nullable=False),
    Column("fact", String(80), nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("given_at", Float, nullable=False),
    PrimaryKeyConstraint("team", "user", "fact"),
)
"""One opinion a person and fact; the newest counts."""

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("team", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("at", String(5), nullable=False),
    Column("tz", String(64), nullable=False),
    Column("weekdays", String(7), nullable=False),
    Column("reveal", String(5)),
    Column("services", LongText, nullable=False),
    Column("created_by", String(40), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("paused_for", String(80)),
    Column("next_day", String(10)),
    Column("next_at", Float),
    Column("standings", Boolean, nullable=False, server_default=true()),
    Column("broadcast", Boolean, nullable=False, server_default=false()),
    Column("paused_until", String(10)),
    Column("holidays", String(2)),
    PrimaryKeyConstraint("team", "channel"),
    Index("subscriptions_next_at", "next_at"),
)
"""A channel's daily quiz; `next_at` is empty while it is off or paused for a reason. There are no
questions before the day `paused_until`, nor on holidays of the country `holidays`."""

postings = Table(
    "postings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("team", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("day", String(10), nullable=False),
    Column("fact", String(80), nullable=False),
    Column("service", String(80), nullable=False),
    Column("question", LongText, nullable=False),
    Column("options", LongText, nullable=False),
    Column("right", Integer, nullable=False),
    Column("due_at", Float, nullable=False),
    Column("reveal_at", Float, nullable=False),
    Column("posted_at", Float),
    Column("ts", String(40)),
    Column("closed_at", Float),
    Column("answered", Integer),
    Column("answered_right", Integer),
    Column("voided", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("team", "channel", "day", name="postings_one_a_day"),
    sqlite_autoincrement=True,
)
"""A question put to a channel: one a local day.

`ts` and `posted_at` are unknown until Slack or a press has told that it is there. How many answered
in time, and right, is counted when it closes, and stays when one of them is erased. A `voided`
question counts for nobody, because its fact came under review while it was open.
"""

answers = Table(
    "answers",
    metadata,
    Column("posting", Integer, nullable=False),
    Column("user", String(40), nullable=False),
    Column("choice", Integer, nullable=False),
    Column("answered_at", Float, nullable=False),
    Column("pressed_at", Float, nullable=False),
    Column("late", Boolean, nullable=False),
    PrimaryKeyConstraint("posting", "user"),
)
"""One answer a person and question: that of the latest press, whichever arrives last.

`answered_at` is the press that gave it, `pressed_at` the latest one.
"""

streaks = Table(
    "streaks",
    metadata,
    Column("team", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("user", String(40), nullable=False),
    Column("length", Integer, nullable=False),
    Column("missed_in", String(7)),
    PrimaryKeyConstraint("team", "channel", "user"),
)
"""How often in a row a person has been right, up to the newest closed question of a channel.

`missed_in` is the month (`2026-11`) of the latest question that they left out and were forgiven.
"""

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("team", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("due_at", Float, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("owner", String(40)),
    Column("held_until", Float, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("called_at", Float),
    Column("outcome", String(120)),
    UniqueConstraint("kind", "subject", name="deliveries_once"),
    Index("deliveries_due", "open", "due_at"),
    sqlite_autoincrement=True,
)
"""A message to be sent once. `called_at` is set while Slack may have taken it unknown to us."""

people = Table(
    "people",
    metadata,
    Column("team", String(40), nullable=False),
    Column("user", String(40), nullable=False),
    Column("ranked", Boolean, nullable=False),
    Column("reminded", Boolean, nullable=False),
    Column("tz", String(64), nullable=False),
    Column("direct", String(40), nullable=False),
    Column("next_at", Float),
    PrimaryKeyConstraint("team", "user"),
    Index("people_next_at", "next_at"),
)
"""What a person has chosen: a place on the leaderboard, a reminder a working day."""

cards = Table(
    "cards",
    metadata,
    Column("team", String(40), nullable=False),
    Column("user", String(40), nullable=False),
    Column("fact", String(80), nullable=False),
    Column("card", LongText, nullable=False),
    Column("due_at", Float, nullable=False),
    PrimaryKeyConstraint("team", "user", "fact"),
    Index("cards_due_at", "team", "user", "due_at"),
)
"""A person's review queue; `card` is the JSON of the package `fsrs`."""

exercises = Table(
    "exercises",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("team", String(40), nullable=False),
    Column("user", String(40), nullable=False),
    Column("fact", String(80), nullable=False),
    Column("service", String(80), nullable=False),
    Column("question", LongText, nullable=False),
    Column("options", LongText, nullable=False),
    Column("right", Integer, nullable=False),
    Column("asked_at", Float, nullable=False),
    Column("choice", Integer),
    Column("answered_at", Float),
    Column("session", Integer),
    Index("exercises_person", "team", "user", "asked_at"),
    sqlite_autoincrement=True,
)
"""A question put to one person in private.

`session` is the id of the first question of its practice session; empty for that question itself.
"""

lookups = Table(
    "lookups",
    metadata,
    Column("team", String(40), nullable=False),
    Column("user", String(40), nullable=False),
    Column("fact", String(80), nullable=False),
    Column("count", Integer, nullable=False),
    Column("last_at", Float, nullable=False),
    PrimaryKeyConstraint("team", "user", "fact"),
)
"""How often a person looked a fact up."""

replies = Table(
    "replies",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("team", String(40), nullable=False),
    Column("user", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("thread", String(40), nullable=False),
    Column("message", LongText, nullable=False),
    Column("audience", String(10), nullable=False),
    Column("response_url", LongText, nullable=False),
    Column("replaces", Boolean, nullable=False),
    Column("mark", String(40), nullable=False),
    Column("created_at", Float, nullable=False),
    Column("due_at", Float, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("called_at", Float),
    Index("replies_due_at", "due_at"),
    sqlite_autoincrement=True,
)
"""A reply that Slack has not taken yet; deleted once it has. A claim moves `due_at` ahead."""

TEAM_TABLES = tuple(table for table in metadata.sorted_tables if "team" in table.c)
"""The tables whose rows say whose they are."""
