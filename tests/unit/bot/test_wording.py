"""Schedules as people type them."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quiz.schedule import EVERY_DAY, WORKDAYS, Schedule
from bot.quiz.wording import UnreadableError, Wanted, apply, read, read_time, read_zone, say_days


def find_service(name: str) -> str | None:
    return {"s3": "s3", "lambda": "lambda"}.get(name.lower())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", Wanted()),
        ("09:30", Wanted(at=time(9, 30))),
        ("9am", Wanted(at=time(9))),
        ("12am", Wanted(at=time(0))),
        ("12:15 pm", Wanted(at=time(12, 15))),
        ("9.30", Wanted(at=time(9, 30))),
        ("0930", Wanted(at=time(9, 30))),
        ("at 17 on weekdays", Wanted(at=time(17), weekdays=WORKDAYS)),
        ("mon-fri", Wanted(weekdays=WORKDAYS)),
        ("Mon - Fri", Wanted(weekdays=WORKDAYS)),
        ("mon, wed , fri", Wanted(weekdays=frozenset({0, 2, 4}))),
        ("fri-mon", Wanted(weekdays=frozenset({4, 5, 6, 0}))),
        ("tuesdays", Wanted(weekdays=frozenset({1}))),
        ("daily", Wanted(weekdays=EVERY_DAY)),
        ("europe/berlin", Wanted(tz="Europe/Berlin")),
        ("in berlin", Wanted(tz="Europe/Berlin")),
        ("UTC", Wanted(tz="UTC")),
        ("new_york", Wanted(tz="America/New_York")),
        ("reveal next", Wanted(reveal="next")),
        ("reveal 16:00", Wanted(reveal=time(16))),
        ("services S3,lambda", Wanted(services=("s3", "lambda"))),
        ("services all", Wanted(services=())),
    ],
)
def test_words_in_any_form(text: str, wanted: Wanted) -> None:
    assert read(text, find_service) == wanted


@pytest.mark.parametrize("word", ["24:00", "9:60", "13pm", "0am", "12345", "noon", "-1", "9:3"])
def test_what_is_no_time(word: str) -> None:
    with pytest.raises(UnreadableError, match="A time looks like"):
        read_time(word)


def test_every_zone_is_found_by_its_own_name() -> None:
    assert read_zone("america/argentina/buenos_aires") == "America/Argentina/Buenos_Aires"
    assert read_zone("GMT") == "GMT"
    with pytest.raises(UnreadableError, match="A time zone looks like"):
        read_zone("")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        read(text, find_service)
    except UnreadableError as error:
        assert str(error).endswith((".", "”."))


def test_what_is_not_typed_stays_as_it_was() -> None:
    before = Schedule(time(8), "Asia/Tokyo", frozenset({5}), None)
    assert apply(Wanted(at=time(10)), before, "UTC") == Schedule(
        time(10), "Asia/Tokyo", frozenset({5}), None
    )


def test_a_late_question_gets_its_answer_with_the_next_one() -> None:
    assert apply(Wanted(at=time(18)), None, "UTC").reveal is None
    with pytest.raises(UnreadableError, match="ten minutes"):
        apply(Wanted(at=time(18), reveal=time(17)), None, "UTC")


@pytest.mark.parametrize(
    ("days", "said"), [({0, 1, 2, 3, 4}, "Mon-Fri"), (range(7), "daily"), ({6, 2}, "Wed, Sun")]
)
def test_days_are_said_as_people_write_them(days: set[int], said: str) -> None:
    assert say_days(frozenset(days)) == said
