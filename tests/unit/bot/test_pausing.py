"""Breaks of a quiz: what people type, and which days have no question."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, time

import pytest

from bot.quiz import texts
from bot.quiz.pausing import read_holidays, read_pause
from bot.quiz.public_holidays import countries, find_country, is_holiday
from bot.quiz.schedule import EVERY_DAY, Schedule
from bot.quiz.unreadable import UnreadableError

TODAY = date(2026, 11, 26)  # a Thursday
GERMANY = Schedule(time(9, 30), "Europe/Berlin", holidays="DE")


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("until 2027-01-05", date(2027, 1, 5)), ("2027-1-5", date(2027, 1, 5)),
        ("till Jan 5", date(2027, 1, 5)), ("until January 5th, 2027", date(2027, 1, 5)),
        ("until the 5th of january", date(2027, 1, 5)), ("Dec. 1", date(2026, 12, 1)),
        ("nov 26", date(2027, 11, 26)), ("tomorrow", date(2026, 11, 27)),
        ("until monday", date(2026, 11, 30)), ("Thursday", date(2026, 12, 3)),
    ],
)  # fmt: skip
def test_a_date_is_read(typed: str, expected: date) -> None:
    assert read_pause(typed, TODAY) == expected


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", texts.PAUSE_USAGE), ("until", texts.PAUSE_USAGE), ("forever", texts.DATES),
        ("1/5/2027", texts.DATES), ("2027-02-30", texts.DATES), ("Feb 30", texts.DATES),
        ("mon-fri", texts.DATES), ("2026-11-26", texts.PAUSE_OVER),
        ("2026-11-25", texts.PAUSE_OVER), ("2028-01-01", texts.PAUSE_TOO_LONG),
        ("9999-12-31", texts.PAUSE_TOO_LONG), ("<!channel>", texts.DATES),
    ],
)  # fmt: skip
def test_what_is_no_date_ahead_is_refused_with_the_next_step(typed: str, sentence: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_pause(typed, TODAY)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Germany", "DE"), ("in germany", "DE"), ("de", "DE"), ("DEU", "DE"), ("usa", "US"),
        ("the United States", "US"), ("UK", "GB"), ("new zealand", "NZ"), ("off", ""),
        ("none", ""),
    ],
)  # fmt: skip
def test_a_country_is_read(typed: str, code: str) -> None:
    assert read_holidays(typed) == code


@pytest.mark.parametrize("typed", ["", "Atlantis", "bavaria 7", "*"])
def test_an_unknown_country_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableError, match="quiz holidays Germany"):
        read_holidays(typed)


def test_every_country_has_a_readable_name_that_finds_it() -> None:
    assert len(countries()) > 200 and countries()["IM"] == "Isle of Man"
    assert [code for code, name in countries().items() if find_country(name) != code] == []
    assert max(map(len, countries().values())) <= 75


def test_holidays_are_those_of_the_country() -> None:
    assert is_holiday("DE", date(2026, 12, 25)) and not is_holiday("DE", date(2026, 11, 26))
    assert is_holiday("US", date(2026, 11, 26))


def test_no_question_comes_on_a_public_holiday() -> None:
    christmas_eve = at("2026-12-24T12:00:00")
    assert GERMANY.next(christmas_eve).day == date(2026, 12, 28)
    assert GERMANY.next(at("2026-12-31T12:00:00")).day == date(2027, 1, 4)


def test_a_pause_ends_on_its_day() -> None:
    paused = Schedule(time(9, 30), "UTC", paused_until=date(2027, 1, 5))
    assert paused.next(at("2026-11-26T12:00:00")).day == date(2027, 1, 5)
    assert paused.next(at("2027-01-05T10:00:00")).day == date(2027, 1, 6)
    weekend = Schedule(time(9, 30), "UTC", paused_until=date(2027, 1, 2))
    assert weekend.next(at("2026-11-26T12:00:00")).day == date(2027, 1, 4)


def test_a_pause_may_end_on_a_holiday() -> None:
    paused = Schedule(time(9), "UTC", EVERY_DAY, paused_until=date(2026, 12, 25), holidays="DE")
    assert paused.next(at("2026-12-01T12:00:00")).day == date(2026, 12, 27)


def test_holidays_that_fall_on_a_weekly_question_do_not_end_the_search() -> None:
    fridays = Schedule(time(9), "UTC", frozenset({4}), holidays="DE")
    assert fridays.next(at("2026-12-24T12:00:00")).day == date(2027, 1, 8)


def test_the_last_question_before_a_holiday_ends_the_week() -> None:
    assert GERMANY.ends_week(date(2026, 12, 24)) and not GERMANY.ends_week(date(2026, 12, 23))
    assert not Schedule(time(9), "UTC").ends_week(date(2026, 12, 24))


def test_the_last_question_before_a_pause_ends_the_week() -> None:
    assert Schedule(time(9), "UTC", paused_until=date(2026, 12, 31)).ends_week(date(2026, 11, 26))


def test_a_break_does_not_put_off_an_answer() -> None:
    with_next = Schedule(time(9), "UTC", reveal=None, paused_until=date(2027, 1, 5))
    asked = date(2026, 11, 26)
    assert with_next.reveal_at(asked, at("2026-11-26T09:00:00")) == at("2026-11-27T09:00:00")


@pytest.mark.slow
def test_the_calendars_are_imported_only_where_a_quiz_has_one() -> None:
    code = (
        "import sys; from datetime import time; from bot.quiz.schedule import Schedule;"
        "import bot.app; Schedule(time(9), 'UTC').next(0.0); print('holidays' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
