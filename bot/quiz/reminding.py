"""When people are reminded to review."""

from __future__ import annotations

from datetime import time

from bot.quiz.schedule import WORKDAYS, Schedule, is_zone

REMINDER_TIME = time(9)
WEEK_SECONDS = 7 * 86_400


def next_reminder(now: float, tz: str) -> float:
    """`REMINDER_TIME` of the next workday in that time zone, or in UTC if the zone is unknown.

    Both `now` and the result are seconds since 1970.
    """
    return Schedule(REMINDER_TIME, tz if is_zone(tz) else "UTC", WORKDAYS).next(now).due_at
