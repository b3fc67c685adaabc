"""When a channel is asked, and when it learns the answer.

Moments are seconds since 1970, UTC; days are local dates, so that a change of the clocks neither
skips a day nor repeats one: a time that the change leaves out is moved on by it, and of a time
that comes twice the first one counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WORKDAYS = frozenset(range(5))
EVERY_DAY = frozenset(range(7))
SHORTEST = 600
"""Seconds for which a question stays open at least."""
DAYS_SEARCHED = 14
"""Days among which the next question is: two that may be over already, then a week at most."""


class ScheduleError(ValueError):
    """Settings that name no time, no day or no time zone."""


def is_zone(name: object) -> bool:
    """Whether this machine knows a time zone of that name.

    The many errors are those of https://docs.python.org/3/library/zoneinfo.html#zoneinfo.ZoneInfo:
    a name may be malformed, unknown, or that of a folder of zones.
    """
    try:
        return isinstance(name, str) and bool(name) and ZoneInfo(name) is not None
    except (KeyError, ValueError, OSError):
        return False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A day's question and the moment at which it is due."""

    day: date
    due: float


@dataclass(frozen=True, slots=True)
class Schedule:
    """`weekdays` count from Monday, 0; without `reveal` the answer comes with the next question.

    Raises ScheduleError for a zone this machine doesn't know, and without days.
    """

    at: time
    tz: str
    weekdays: frozenset[int] = WORKDAYS
    reveal: time | None = time(17)

    def __post_init__(self) -> None:
        if not is_zone(self.tz):
            raise ScheduleError("no time zone of that name")
        if not self.weekdays or not self.weekdays <= EVERY_DAY:
            raise ScheduleError("no such days")
        if any(each is not None and each.tzinfo for each in (self.at, self.reveal)):
            raise ScheduleError("a local time has no zone of its own")

    def day_of(self, moment: float) -> date:
        return datetime.fromtimestamp(moment, ZoneInfo(self.tz)).date()

    def moment(self, day: date, at: time) -> float:
        return datetime.combine(day, at, ZoneInfo(self.tz)).timestamp()

    def next(self, now: float, last: date | None = None) -> Occurrence:
        """The first question later than `now`, on a day later than `last`."""
        return self._first(now, last, lambda each: each.due > now)

    def next_open(self, now: float, last: date) -> Occurrence:
        """The first question on a day later than `last` for which it is not too late."""
        return self._first(now, last, lambda each: not self.is_late(each, now))

    def is_late(self, occurrence: Occurrence, now: float) -> bool:
        """Whether it is too late to ask: the day is over, or its answer was due."""
        return (
            self.day_of(now) > occurrence.day
            or now > self.reveal_at(occurrence.day, occurrence.due) - SHORTEST
        )

    def reveal_at(self, day: date, posted: float) -> float:
        """When the answer to a question posted then is shown."""
        if self.reveal is not None:
            moment = self.moment(day, self.reveal)
            if moment >= posted + SHORTEST:
                return moment
        return self.next(posted, day).due

    def _first(
        self, now: float, last: date | None, wanted: Callable[[Occurrence], bool]
    ) -> Occurrence:
        found = next(filter(wanted, self._after(now, last)), None)
        if found is None:
            raise ScheduleError("no question comes within two weeks")
        return found

    def _after(self, now: float, last: date | None) -> Iterator[Occurrence]:
        """The questions of the days from yesterday on that are later than `last`."""
        start = self.day_of(now) - timedelta(1)
        if last is not None:
            start = max(start, last + timedelta(1))
        for ahead in range(DAYS_SEARCHED):
            day = start + timedelta(ahead)
            if day.weekday() in self.weekdays:
                yield Occurrence(day, self.moment(day, self.at))
