"""A schedule in words: `09:30 mon-fri Europe/Berlin reveal 17:00`."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.quiz import unreadable
from bot.quiz.reading import Wanted as Wanted
from bot.quiz.reading import read as read
from bot.quiz.schedule import EVERY_DAY, SHORTEST, WORKDAYS, Schedule
from bot.quiz.unreadable import UnreadableError as UnreadableError
from bot.quiz.unreadable import cannot_read, several_zones
from bot.quiz.words import match_time
from bot.quiz.zones import SeveralZonesError, find_zone

DEFAULT_AT = time(9, 30)
DEFAULT_REVEAL = time(17)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def apply(wanted: Wanted, before: Schedule | None, tz: str) -> Schedule:
    """The schedule that was asked for; what was not typed stays as before or takes its default.

    Raises UnreadableError if the answer would come too soon after the question.
    """
    kept = before or Schedule(DEFAULT_AT, tz)
    at = wanted.at or kept.at
    reveal = kept.reveal
    if wanted.reveal is not None:
        reveal = wanted.reveal if isinstance(wanted.reveal, time) else None
    elif reveal and not is_open_long_enough(at, reveal):
        reveal = None
    if reveal and not is_open_long_enough(at, reveal):
        sentence = unreadable.TOO_EARLY.format(reveal=f"{reveal:%H:%M}", at=f"{at:%H:%M}")
        raise UnreadableError(sentence)
    return Schedule(at, wanted.tz or kept.tz, wanted.weekdays or kept.weekdays, reveal)


def is_open_long_enough(at: time, reveal: time) -> bool:
    day = datetime(2000, 1, 1)
    open_for = datetime.combine(day, reveal) - datetime.combine(day, at)
    return open_for >= timedelta(seconds=SHORTEST)


def read_time(word: str) -> time:
    """A time of day in digits, with minutes or without."""
    found = match_time(word) if word[:1].isdigit() else None
    if found is None or found[1] < len(word):
        raise cannot_read([word], unreadable.TIMES)
    return found[0]


def read_zone(word: str) -> str:
    """The IANA name of a zone, given in any case, by its city, its abbreviation or its offset."""
    try:
        found = find_zone(word.strip())
    except SeveralZonesError as error:
        raise several_zones(word, error.zones) from error
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
