"""The tables. Uniqueness lives here, not in code. Times are seconds since 1970, UTC."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, MetaData, PrimaryKeyConstraint, String, Table
from sqlalchemy import Text as LongText

metadata = MetaData()

claims = Table(
    "claims",
    metadata,
    Column("kind", String(20), nullable=False),
    Column("key", String(400), nullable=False),
    Column("claimed_at", Float, nullable=False),
    PrimaryKeyConstraint("kind", "key"),
    Index("claims_claimed_at", "claimed_at"),
)
"""Work that must happen once: whoever inserts the row does it."""

conversations = Table(
    "conversations",
    metadata,
    Column("team", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("thread", String(40), nullable=False),
    Column("question", LongText, nullable=False),
    Column("asked_at", Float, nullable=False),
    PrimaryKeyConstraint("team", "channel", "thread"),
)
"""The last question of a conversation, kept for minutes so that 'and in lambda?' works."""

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
