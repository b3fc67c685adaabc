"""Local times and days, over the changes of the clocks too."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quiz.schedule import EVERY_DAY, MIN_OPEN_SECONDS, Schedule

BERLIN = "Europe/Berlin"


def utc(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def shown(moment: float, tz: str = BERLIN) -> str:
    return f"{datetime.fromtimestamp(moment, ZoneInfo(tz)):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23T08:29:59", "2026-11-23 09:30"),
        ("2026-11-23T08:30:00", "2026-11-24 09:30"),
        ("2026-11-27T09:00:00", "2026-11-30 09:30"),
    ],
)
def test_the_next_question_comes_on_the_next_weekday(now: str, expected: str) -> None:
    assert shown(Schedule(time(9, 30), BERLIN).next(utc(now)).due_at) == expected


def test_a_time_that_the_change_of_the_clocks_leaves_out_is_moved_on() -> None:
    schedule = Schedule(time(2, 30), BERLIN, EVERY_DAY)
    spring = schedule.next(utc("2026-03-28T12:00:00"))
    assert (spring.day, shown(spring.due_at)) == (date(2026, 3, 29), "2026-03-29 03:30")


def test_a_time_that_comes_twice_counts_once() -> None:
    schedule = Schedule(time(2, 30), BERLIN, EVERY_DAY)
    first = schedule.next(utc("2026-10-24T12:00:00"))
    assert first.due_at == utc("2026-10-25T00:30:00")
    second = schedule.next(first.due_at, first.day)
    assert second.day == date(2026, 10, 26)


@given(
    st.integers(int(utc("2026-01-01T00:00:00")), int(utc("2027-12-31T00:00:00"))),
    st.times(),
    st.sampled_from([BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]),
    st.frozensets(st.integers(0, 6), min_size=1),
)
def test_every_chosen_day_has_one_question(
    start: int, at: time, tz: str, weekdays: frozenset[int]
) -> None:
    schedule = Schedule(at.replace(second=0, microsecond=0), tz, weekdays)
    last, now = None, float(start)
    days = []
    for _ in range(20):
        found = schedule.next(now, last)
        assert found.due_at > now
        assert schedule.day_of(found.due_at) == found.day
        days.append(found.day)
        last, now = found.day, found.due_at
    assert days == sorted(set(days))
    between = {day for day in _days(days[0], days[-1]) if day.weekday() in weekdays}
    assert set(days) == between


def _days(first: date, last: date) -> list[date]:
    return [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]


def test_the_answer_comes_the_same_day_or_with_the_next_question() -> None:
    monday = date(2026, 11, 23)
    schedule = Schedule(time(9, 30), BERLIN)
    posted = schedule.moment(monday, time(9, 30))
    assert shown(schedule.reveal_at(monday, posted)) == "2026-11-23 17:00"
    late = schedule.moment(monday, time(16, 55))
    assert shown(schedule.reveal_at(monday, late)) == "2026-11-24 09:30"
    following = Schedule(time(9, 30), BERLIN, reveal=None)
    assert shown(following.reveal_at(monday, posted)) == "2026-11-24 09:30"


def test_a_question_is_late_shortly_before_its_answer() -> None:
    schedule = Schedule(time(9, 30), BERLIN)
    occurrence = schedule.next(utc("2026-11-23T00:00:00"))
    answer = schedule.moment(occurrence.day, time(17))
    assert not schedule.is_late(occurrence, answer - MIN_OPEN_SECONDS)
    assert schedule.is_late(occurrence, answer - MIN_OPEN_SECONDS + 1)


def test_after_days_of_silence_todays_question_is_still_asked() -> None:
    schedule = Schedule(time(9, 30), BERLIN)
    now = utc("2026-11-27T10:00:00")
    assert schedule.next_open(now, date(2026, 11, 23)).day == date(2026, 11, 27)
    assert schedule.next_open(utc("2026-11-27T18:00:00"), date(2026, 11, 23)).day.day == 30
