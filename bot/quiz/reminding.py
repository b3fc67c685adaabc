"""When a person is reminded of the review queue."""

from __future__ import annotations

from datetime import time

from bot.quiz.schedule import WORKDAYS, Schedule

AT = time(9)
WEEK = 7 * 86_400


def next_reminder(now: float, tz: str) -> float:
    """The next working day's nine o'clock there."""
    return Schedule(AT, tz, WORKDAYS).next(now).due
