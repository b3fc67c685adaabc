"""A limit for what people write: reports, suggestions, and notes, per person and hour."""

from __future__ import annotations

from enum import StrEnum

from bot.store import Store

MAX_PER_HOUR = 10


class Limited(StrEnum):
    """What is limited, each by itself; the value is its plural in messages."""

    REPORTS = "reports"
    SUGGESTIONS = "suggestions"
    NOTES = "notes"


class HourlyLimit:
    """Counts in the database, so that all processes count together."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def allows(self, team: str, user: str, kind: Limited) -> bool:
        """Whether a person may do this once more within an hour; if so, it counts."""
        return self._store.hourly_uses.take(kind, team, user, MAX_PER_HOUR)


def over_limit(kind: Limited) -> str:
    """What a person reads who has reached the limit."""
    return f"That's {MAX_PER_HOUR} {kind} in an hour, which is the limit. Please try again later."
