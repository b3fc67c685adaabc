"""When a person is reminded of the review queue."""

from __future__ import annotations

from datetime import time

from bot.quiz.schedule import WORKDAYS, Schedule, is_zone

AT = time(9)
WEEK = 7 * 86_400


def next_reminder(now: float, tz: str) -> float:
    """The next working day's nine o'clock there, or in UTC if the zone is none we know."""
    return Schedule(AT, tz if is_zone(tz) else "UTC", WORKDAYS).next(now).due
