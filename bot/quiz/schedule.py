"""When a channel is asked, and when it gets the answer.

Moments are seconds since 1970. Days are local dates, so that daylight saving time neither skips
a day nor repeats one: a local time that doesn't exist moves forward by the shift, and a local time
that comes twice means the first one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WORKDAYS = frozenset(range(5))
EVERY_DAY = frozenset(range(7))
MIN_OPEN_SECONDS = 600
"""How long a question stays open at least."""
SEARCH_DAYS = 14
"""The next question is within these: two days may be over already, then it takes a week at most."""


class ScheduleError(ValueError):
    """Quiz settings without a valid time, day or time zone."""


def is_zone(name: object) -> bool:
    """Whether this machine knows a time zone with that name.

    ZoneInfo raises different errors for names that are malformed, unknown, or those of a folder:
    https://docs.python.org/3/library/zoneinfo.html#zoneinfo.ZoneInfo
    """
    try:
        return isinstance(name, str) and bool(name) and ZoneInfo(name) is not None
    except (KeyError, ValueError, OSError):
        return False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A day's question and when it is due."""

    day: date
    due_at: float


@dataclass(frozen=True, slots=True)
class Schedule:
    """Local times and weekdays (Monday is 0) of a channel's quiz.

    Without `reveal`, the answer comes with the next question. Raises ScheduleError for an unknown
    time zone, for no days or days beyond 6, and for times that carry a zone of their own.
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
        if any(local is not None and local.tzinfo for local in (self.at, self.reveal)):
            raise ScheduleError("a local time has no zone of its own")

    def day_of(self, moment: float) -> date:
        return datetime.fromtimestamp(moment, ZoneInfo(self.tz)).date()

    def moment(self, day: date, at: time) -> float:
        return datetime.combine(day, at, ZoneInfo(self.tz)).timestamp()

    def next(self, now: float, last: date | None = None) -> Occurrence:
        """The first question later than `now`, on a day later than `last`."""
        return self._first(now, last, lambda question: question.due_at > now)

    def next_open(self, now: float, last: date) -> Occurrence:
        """The first question on a day later than `last` that can still be asked."""
        return self._first(now, last, lambda question: not self.is_late(question, now))

    def ends_week(self, day: date) -> bool:
        """Whether no later day of the calendar week has a question."""
        return not any(weekday > day.weekday() for weekday in self.weekdays)

    def is_late(self, occurrence: Occurrence, now: float) -> bool:
        """Whether it is too late to ask: the day is over, or its answer is due too soon."""
        return (
            self.day_of(now) > occurrence.day
            or now > self.reveal_at(occurrence.day, occurrence.due_at) - MIN_OPEN_SECONDS
        )

    def reveal_at(self, day: date, posted_at: float) -> float:
        """When to show the answer to the question of a day."""
        if self.reveal is not None:
            moment = self.moment(day, self.reveal)
            if moment >= posted_at + MIN_OPEN_SECONDS:
                return moment
        return self.next(posted_at, day).due_at

    def _first(
        self, now: float, last: date | None, wanted: Callable[[Occurrence], bool]
    ) -> Occurrence:
        found = next(filter(wanted, self._after(now, last)), None)
        if found is None:
            raise ScheduleError("no question comes within two weeks")
        return found

    def _after(self, now: float, last: date | None) -> Iterator[Occurrence]:
        """The questions on days later than `last`, from yesterday on."""
        start = self.day_of(now) - timedelta(1)
        if last is not None:
            start = max(start, last + timedelta(1))
        for ahead in range(SEARCH_DAYS):
            day = start + timedelta(ahead)
            if day.weekday() in self.weekdays:
                yield Occurrence(day, self.moment(day, self.at))
