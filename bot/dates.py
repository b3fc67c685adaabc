"""The day it is, for texts that depend on it."""

from __future__ import annotations

from datetime import UTC, date, datetime


def day_of(moment: float) -> date:
    """The day in UTC of a moment in seconds since 1970."""
    return datetime.fromtimestamp(moment, UTC).date()
