"""Read a schedule from what a person typed: `09:30 mon-fri Europe/Berlin reveal 17:00`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from zoneinfo import available_timezones

from bot.quiz.schedule import EVERY_DAY, SHORTEST, WORKDAYS, Schedule

DEFAULT_AT = time(9, 30)
DEFAULT_REVEAL = time(17)
NEXT = "next"

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_GROUPS = {
    "daily": EVERY_DAY, "everyday": EVERY_DAY, "every-day": EVERY_DAY,
    "weekdays": WORKDAYS, "workdays": WORKDAYS, "weekends": EVERY_DAY - WORKDAYS,
}  # fmt: skip
_TIME = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm)?", re.IGNORECASE)

CANNOT = "I could not read “{word}”."
SHOWN = 40
"""Characters of an unreadable word that are repeated."""
TIMES = "A time looks like 09:30, 9am or 17:15."
ZONES = "A time zone looks like Europe/Berlin, America/New_York or UTC."
WEEKDAYS = "Days look like mon-fri, mon,wed,fri or daily."
REVEALS = "Write “reveal 17:00”, or “reveal next” for the answer with the next question."
SERVICES = "Name services like this: “services lambda,s3”, or “services all”."
TOO_EARLY = (
    "The answer at {reveal} would come before the question at {at} has been open for ten minutes. "
    "Choose a later time, or “reveal next”."
)


class UnreadableError(ValueError):
    """Something typed that says no time, day or zone; the message is for the person."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed; None where nothing was. `reveal` is a time or "next", `services` slugs."""

    at: time | None = None
    weekdays: frozenset[int] | None = None
    tz: str | None = None
    reveal: time | str | None = None
    services: tuple[str, ...] | None = None


def read(text: str, find_service: Callable[[str], str | None]) -> Wanted:
    """Read the words in any order; raises UnreadableError with what could be read instead."""
    words = re.sub(r"\s*([-,])\s*", r"\1", text).split()
    found: dict[str, object] = {}
    while words:
        word = words.pop(0)
        lower = word.lower()
        if lower in ("reveal", "services", "service"):
            if not words:
                raise UnreadableError(REVEALS if lower == "reveal" else SERVICES)
            value = words.pop(0)
            if lower == "reveal":
                found["reveal"] = NEXT if value.lower() == NEXT else read_time(value, REVEALS)
            else:
                found["services"] = _services(value, find_service)
        elif re.fullmatch(r"(?i)am|pm", word) and "at" in found:
            found["at"] = read_time(f"{found['at']:%H:%M}{word}")
        elif lower not in ("at", "on", "every", "in"):
            found |= _single(word)
    return Wanted(**found)  # type: ignore[arg-type]


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
        raise UnreadableError(TOO_EARLY.format(reveal=f"{reveal:%H:%M}", at=f"{at:%H:%M}"))
    return Schedule(at, wanted.tz or kept.tz, wanted.weekdays or kept.weekdays, reveal)


def is_open_long_enough(at: time, reveal: time) -> bool:
    day = datetime(2000, 1, 1)
    open_for = datetime.combine(day, reveal) - datetime.combine(day, at)
    return open_for >= timedelta(seconds=SHORTEST)


def read_time(word: str, hint: str = TIMES) -> time:
    """A time of day, with minutes or without."""
    found = _TIME.fullmatch(word)
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        half = (found[3] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half:
            hour = 24
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise UnreadableError(f"{_cannot(word)} {hint}")


def read_zone(word: str) -> str:
    """The IANA name of a zone, given in any case, or only its city."""
    names = zones()
    found = names.get(word.lower().replace(" ", "_"))
    if found is None:
        raise UnreadableError(f"{_cannot(word)} {ZONES}")
    return found


@cache
def zones() -> Mapping[str, str]:
    """Every zone by its name and by its city in lower case; a full name wins."""
    names = sorted(available_timezones() - {"Factory", "localtime"})
    cities = {name.lower().rpartition("/")[2]: name for name in reversed(names) if "/" in name}
    return cities | {name.lower(): name for name in names}


def say_days(weekdays: frozenset[int]) -> str:
    """The days as a person writes them: Mon-Fri, or Mon, Wed."""
    if weekdays == EVERY_DAY:
        return "daily"
    if weekdays == WORKDAYS:
        return "Mon-Fri"
    return ", ".join(DAYS[day][:3] for day in sorted(weekdays))


def _single(word: str) -> dict[str, object]:
    """What one word says by itself: a time, days, or a zone."""
    if word[0].isdigit():
        return {"at": read_time(word)}
    days = _weekdays(word.lower().rstrip(","))
    if days is not None:
        return {"weekdays": days}
    try:
        return {"tz": read_zone(word)}
    except UnreadableError:
        hints = f"{TIMES} {WEEKDAYS} {ZONES}"
        raise UnreadableError(f"{_cannot(word)} {hints}") from None


def _weekdays(word: str) -> frozenset[int] | None:
    if word in _GROUPS:
        return _GROUPS[word]
    days: set[int] = set()
    for part in re.split(r"[,+/]", word):
        first, _, last = part.partition("-")
        start, end = _day(first), _day(last or first)
        if start is None or end is None:
            return None
        days.update((start + ahead) % 7 for ahead in range((end - start) % 7 + 1))
    return frozenset(days)


def _day(word: str) -> int | None:
    names = [day.lower() for day in DAYS]
    found = [n for n, name in enumerate(names) if len(word) >= 2 and f"{name}s".startswith(word)]
    return found[0] if len(found) == 1 else None


def _services(text: str, find_service: Callable[[str], str | None]) -> tuple[str, ...]:
    if text.lower() == "all":
        return ()
    slugs = []
    for word in filter(None, text.split(",")):
        slug = find_service(word)
        if slug is None:
            raise UnreadableError(f"I know no service “{word}”. {SERVICES}")
        slugs.append(slug)
    return tuple(dict.fromkeys(slugs))


def _cannot(word: str) -> str:
    shown = word if len(word) <= SHOWN else word[: SHOWN - 1] + "\u2026"
    return CANNOT.format(word=shown)
