"""When a channel is asked, and when it learns the answer.

Moments are seconds since 1970, UTC; days are local dates, so that a change of the clocks neither
skips a day nor repeats one: a time that the change leaves out is moved on by it, and of a time
that comes twice the first one counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WORKDAYS = frozenset(range(5))
EVERY_DAY = frozenset(range(7))
SHORTEST = 600
"""Seconds for which a question stays open at least."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A day's question and the moment at which it is due."""

    day: date
    due: float


@dataclass(frozen=True, slots=True)
class Schedule:
    """`weekdays` count from Monday, 0; without `reveal` the answer comes with the next question."""

    at: time
    tz: str
    weekdays: frozenset[int] = WORKDAYS
    reveal: time | None = time(17)

    def day_of(self, moment: float) -> date:
        return datetime.fromtimestamp(moment, ZoneInfo(self.tz)).date()

    def moment(self, day: date, at: time) -> float:
        return datetime.combine(day, at, ZoneInfo(self.tz)).timestamp()

    def next(self, now: float, last: date | None = None) -> Occurrence:
        """The first question later than `now`, on a day later than `last`."""
        return next(each for each in self._after(now, last) if each.due > now)

    def next_open(self, now: float, last: date) -> Occurrence:
        """The first question on a day later than `last` for which it is not too late."""
        return next(each for each in self._after(now, last) if not self.is_late(each, now))

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

    def _after(self, now: float, last: date | None) -> Iterator[Occurrence]:
        """The questions of the days from yesterday on that are later than `last`."""
        day = self.day_of(now) - timedelta(1)
        if last is not None:
            day = max(day, last + timedelta(1))
        while True:
            if day.weekday() in self.weekdays:
                yield Occurrence(day, self.moment(day, self.at))
            day += timedelta(1)
