"""A schedule in words: `09:30 mon-fri Europe/Berlin reveal 17:00`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.quiz import unreadable
from bot.quiz.reading import Reveal as Reveal
from bot.quiz.reading import ScheduleRequest as ScheduleRequest
from bot.quiz.reading import read_schedule as read_schedule
from bot.quiz.schedule import EVERY_DAY, MIN_OPEN_SECONDS, WORKDAYS, Schedule
from bot.quiz.unreadable import UnreadableError as UnreadableError
from bot.quiz.unreadable import ambiguous_zone, cannot_read
from bot.quiz.words import match_time
from bot.quiz.zones import AmbiguousZoneError, find_zone

DEFAULT_AT = time(9, 30)
DEFAULT_REVEAL = time(17)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def build_schedule(request: ScheduleRequest, before: Schedule | None, tz: str) -> Schedule:
    """The schedule after a request; what wasn't typed stays as before, or gets its default.

    `tz` is the time zone where neither names one. Raises UnreadableError if the answer would come
    too soon after the question.
    """
    current = before or Schedule(DEFAULT_AT, tz)
    at = request.at or current.at
    reveal = current.reveal
    if request.reveal is not None:
        reveal = request.reveal if isinstance(request.reveal, time) else None
    elif reveal and not is_open_long_enough(at, reveal):
        reveal = None
    if reveal and not is_open_long_enough(at, reveal):
        sentence = unreadable.TOO_EARLY.format(reveal=f"{reveal:%H:%M}", at=f"{at:%H:%M}")
        raise UnreadableError(sentence)
    return replace(
        current, at=at, tz=request.tz or current.tz, weekdays=request.weekdays or current.weekdays,
        reveal=reveal,
    )  # fmt: skip


def is_open_long_enough(at: time, reveal: time) -> bool:
    """Whether people get enough time to answer between question and reveal on one day."""
    day = datetime(2000, 1, 1)
    open_for = datetime.combine(day, reveal) - datetime.combine(day, at)
    return open_for >= timedelta(seconds=MIN_OPEN_SECONDS)


def read_time(word: str) -> time:
    """A time of day in digits, with or without minutes. Raises UnreadableError."""
    found = match_time(word) if word[:1].isdigit() else None
    if found is None or found.end < len(word):
        raise cannot_read([word], unreadable.TIMES)
    return found.value


def read_zone(word: str) -> str:
    """The IANA name of a time zone, given by name in any case, city, abbreviation or UTC offset.

    Raises UnreadableError.
    """
    try:
        found = find_zone(word.strip())
    except AmbiguousZoneError as error:
        raise ambiguous_zone(word, error.zones) from error
    if found is None:
        raise cannot_read([word], unreadable.ZONES)
    return found


def say_days(weekdays: frozenset[int]) -> str:
    """The days as a person writes them: Mon-Fri, or Mon, Wed."""
    if weekdays == EVERY_DAY:
        return "daily"
    if weekdays == WORKDAYS:
        return "Mon-Fri"
    return ", ".join(DAYS[day][:3] for day in sorted(weekdays))
