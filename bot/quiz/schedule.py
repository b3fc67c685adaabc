"""When a channel is asked, and when it gets the answer.

Moments are seconds since 1970. Days are local dates, so that daylight saving time neither skips
a day nor repeats one: a local time that doesn't exist moves forward by the shift, and a local time
that comes twice means the first one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.quiz.public_holidays import is_holiday

WORKDAYS = frozenset(range(5))
EVERY_DAY = frozenset(range(7))
MIN_OPEN_SECONDS = 600
"""The shortest time that a question stays open."""
SEARCH_DAYS = 100
"""The next question is within these days, not counting a pause, however many are holidays."""


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

    Without `reveal`, the answer comes with the next question. There are no questions before
    `paused_until`, and none on public holidays of the country with the code `holidays`. Raises
    ScheduleError for an unknown time zone, for no days or days beyond 6, and for times that carry a
    zone of their own.
    """

    at: time
    tz: str
    weekdays: frozenset[int] = WORKDAYS
    reveal: time | None = time(17)
    paused_until: date | None = None
    holidays: str = ""

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

    def is_free(self, day: date) -> bool:
        """Whether there is a pause or public holiday on a day."""
        if self.paused_until and day < self.paused_until:
            return True
        return bool(self.holidays) and is_holiday(self.holidays, day)

    def _has_question(self, day: date) -> bool:
        return day.weekday() in self.weekdays and not self.is_free(day)

    def today(self, now: float) -> Occurrence | None:
        """A day's question, past or to come; None if the day has none."""
        day = self.day_of(now)
        return Occurrence(day, self.moment(day, self.at)) if self._has_question(day) else None

    def next(self, now: float, last: date | None = None) -> Occurrence:
        """The first question later than `now`, on a day later than `last`."""
        return self._first(now, last, lambda question: question.due_at > now)

    def next_open(self, now: float, last: date) -> Occurrence:
        """The first question on a day later than `last` that can still be asked."""
        return self._first(now, last, lambda question: not self.is_late(question, now))

    def ends_week(self, day: date) -> bool:
        """Whether no later day of the calendar week has a question."""
        later = (day + timedelta(ahead) for ahead in range(1, 7 - day.weekday()))
        return not any(self._has_question(other) for other in later)

    def is_late(self, occurrence: Occurrence, now: float) -> bool:
        """Whether it is too late to ask: the day is over, or its answer is due too soon."""
        return (
            self.day_of(now) > occurrence.day
            or now > self.reveal_at(occurrence.day, occurrence.due_at) - MIN_OPEN_SECONDS
        )

    def reveal_at(self, day: date, posted_at: float) -> float:
        """When to show the answer to a day's question; a pause doesn't delay it."""
        if self.reveal is not None:
            moment = self.moment(day, self.reveal)
            if moment >= posted_at + MIN_OPEN_SECONDS:
                return moment
        every_week = replace(self, paused_until=None, holidays="")
        return every_week.next(posted_at, day).due_at

    def _first(
        self, now: float, last: date | None, wanted: Callable[[Occurrence], bool]
    ) -> Occurrence:
        found = next(filter(wanted, self._after(now, last)), None)
        if found is None:
            raise ScheduleError("no question comes for months")
        return found

    def _after(self, now: float, last: date | None) -> Iterator[Occurrence]:
        """The questions on days later than `last`, from yesterday on."""
        start = self.day_of(now) - timedelta(1)
        if last is not None:
            start = max(start, last + timedelta(1))
        if self.paused_until is not None:
            start = max(start, self.paused_until)
        for ahead in range(SEARCH_DAYS):
            day = start + timedelta(ahead)
            if self._has_question(day):
                yield Occurrence(day, self.moment(day, self.at))
