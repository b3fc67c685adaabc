"""The tables about our processes and where they are installed."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Float,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
)

from bot.store.metadata import metadata

beats = Table(
    "beats",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("at", Float, nullable=False),
)
"""When a process was last seen alive."""

organizations = Table(
    "organizations",
    metadata,
    Column("team", String(40), nullable=False),
    Column("organization", String(40), nullable=False),
    Column("whole", Boolean, nullable=False),
    PrimaryKeyConstraint("team"),
)
"""The organization of a workspace; `whole` if its installation serves all of it."""

oauth_states = Table(
    "slack_oauth_states",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("state", String(200), nullable=False),
    Column("expire_at", DateTime, nullable=False),
)
"""Installations that had begun; only versions until November 2026 write here."""
