"""Schedules as people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quiz.schedule import EVERY_DAY, WORKDAYS, Schedule
from bot.quiz.wording import (
    Reveal,
    ScheduleRequest,
    UnreadableError,
    build_schedule,
    read_schedule,
    read_time,
    read_zone,
    say_days,
)
from bot.quiz.zones import say_zone
from bot.views.quiz_settings import zone_options


def find_service(name: str) -> str | None:
    return {"s3": "s3", "lambda": "lambda", "api gateway": "apigateway"}.get(name.lower())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ScheduleRequest()),
        ("09:30", ScheduleRequest(at=time(9, 30))),
        ("9am", ScheduleRequest(at=time(9))),
        ("12am", ScheduleRequest(at=time(0))),
        ("12:15 pm", ScheduleRequest(at=time(12, 15))),
        ("9.30", ScheduleRequest(at=time(9, 30))),
        ("0930", ScheduleRequest(at=time(9, 30))),
        ("at 17 on weekdays", ScheduleRequest(at=time(17), weekdays=WORKDAYS)),
        ("mon-fri", ScheduleRequest(weekdays=WORKDAYS)),
        ("Mon - Fri", ScheduleRequest(weekdays=WORKDAYS)),
        ("mon, wed , fri", ScheduleRequest(weekdays=frozenset({0, 2, 4}))),
        ("fri-mon", ScheduleRequest(weekdays=frozenset({4, 5, 6, 0}))),
        ("tuesdays", ScheduleRequest(weekdays=frozenset({1}))),
        ("daily", ScheduleRequest(weekdays=EVERY_DAY)),
        ("europe/berlin", ScheduleRequest(tz="Europe/Berlin")),
        ("in berlin", ScheduleRequest(tz="Europe/Berlin")),
        ("UTC", ScheduleRequest(tz="UTC")),
        ("new_york", ScheduleRequest(tz="America/New_York")),
        ("reveal next", ScheduleRequest(reveal=Reveal.WITH_NEXT_QUESTION)),
        ("reveal 16:00", ScheduleRequest(reveal=time(16))),
        ("services S3,lambda", ScheduleRequest(services=("s3", "lambda"))),
        ("services all", ScheduleRequest(services=())),
        ("mon wed fri", ScheduleRequest(weekdays=frozenset({0, 2, 4}))),
        ("mon wed-fri, sun 8", ScheduleRequest(at=time(8), weekdays=frozenset({0, 2, 3, 4, 6}))),
        ("mon/wed+fri", ScheduleRequest(weekdays=frozenset({0, 2, 4}))),
        ("mondays and thursdays", ScheduleRequest(weekdays=frozenset({0, 3}))),
        ("Mon. Wed. Fri.", ScheduleRequest(weekdays=frozenset({0, 2, 4}))),
        ("mon, tue & thu", ScheduleRequest(weekdays=frozenset({0, 1, 3}))),
        ("tues thurs weds", ScheduleRequest(weekdays=frozenset({1, 2, 3}))),
        ("monday's, friday's", ScheduleRequest(weekdays=frozenset({0, 4}))),
        ("mon\u2013fri", ScheduleRequest(weekdays=WORKDAYS)),
        ("mon \u2014 fri", ScheduleRequest(weekdays=WORKDAYS)),
        ("mon\u2212fri", ScheduleRequest(weekdays=WORKDAYS)),
        ("mon--fri", ScheduleRequest(weekdays=WORKDAYS)),
        ("monday to friday", ScheduleRequest(weekdays=WORKDAYS)),
        ("mon thru thu", ScheduleRequest(weekdays=frozenset(range(4)))),
        ("from monday through friday", ScheduleRequest(weekdays=WORKDAYS)),
        ("M-F", ScheduleRequest(weekdays=WORKDAYS)),
        ("MWF", ScheduleRequest(weekdays=frozenset({0, 2, 4}))),
        ("every weekday", ScheduleRequest(weekdays=WORKDAYS)),
        ("work days", ScheduleRequest(weekdays=WORKDAYS)),
        ("business days", ScheduleRequest(weekdays=WORKDAYS)),
        ("every day at 9", ScheduleRequest(at=time(9), weekdays=EVERY_DAY)),
        ("all week", ScheduleRequest(weekdays=EVERY_DAY)),
        ("weekends at noon", ScheduleRequest(at=time(12), weekdays=frozenset({5, 6}))),
        ("midnight", ScheduleRequest(at=time(0))),
        ("9h30", ScheduleRequest(at=time(9, 30))),
        ("17h", ScheduleRequest(at=time(17))),
        ("930", ScheduleRequest(at=time(9, 30))),
        ("9 o'clock", ScheduleRequest(at=time(9))),
        ("9:30 a.m.", ScheduleRequest(at=time(9, 30))),
        ("9.30 P.M.", ScheduleRequest(at=time(21, 30))),
        ("9:30 at 9:30am please", ScheduleRequest(at=time(9, 30))),
        ("@9:30, daily", ScheduleRequest(at=time(9, 30), weekdays=EVERY_DAY)),
        ("9:30+02:00", ScheduleRequest(at=time(9, 30), tz="Etc/GMT-2")),
        ("9:30 -0500", ScheduleRequest(at=time(9, 30), tz="Etc/GMT+5")),
        ("GMT+2", ScheduleRequest(tz="Etc/GMT-2")),
        ("gmt -3", ScheduleRequest(tz="Etc/GMT+3")),
        ("UTC + 2 9am", ScheduleRequest(at=time(9), tz="Etc/GMT-2")),
        ("UTC+02:00", ScheduleRequest(tz="Etc/GMT-2")),
        ("UTC-0", ScheduleRequest(tz="UTC")),
        ("UTC+5:30", ScheduleRequest(tz="Asia/Kolkata")),
        ("Etc/GMT-2", ScheduleRequest(tz="Etc/GMT-2")),
        ("EST", ScheduleRequest(tz="America/New_York")),
        ("9am EDT", ScheduleRequest(at=time(9), tz="America/New_York")),
        ("PST", ScheduleRequest(tz="America/Los_Angeles")),
        ("10am pacific time", ScheduleRequest(at=time(10), tz="America/Los_Angeles")),
        ("MST", ScheduleRequest(tz="America/Denver")),
        ("CET", ScheduleRequest(tz="Europe/Berlin")),
        ("BST", ScheduleRequest(tz="Europe/London")),
        ("JST", ScheduleRequest(tz="Asia/Tokyo")),
        ("10:00 New York", ScheduleRequest(at=time(10), tz="America/New_York")),
        ("port of spain", ScheduleRequest(tz="America/Port_of_Spain")),
        ("st. johns", ScheduleRequest(tz="America/St_Johns")),
        ("berlin time", ScheduleRequest(tz="Europe/Berlin")),
        ("reveal at 5 pm, 9am", ScheduleRequest(at=time(9), reveal=time(17))),
        ("reveal: 17:00", ScheduleRequest(reveal=time(17))),
        ("answer with the next question", ScheduleRequest(reveal=Reveal.WITH_NEXT_QUESTION)),
        ("services lambda, s3", ScheduleRequest(services=("lambda", "s3"))),
        ("services lambda and s3 at 9", ScheduleRequest(at=time(9), services=("lambda", "s3"))),
        (
            "services lambda s3 mon-fri",
            ScheduleRequest(weekdays=WORKDAYS, services=("lambda", "s3")),
        ),
        ("services: api gateway utc", ScheduleRequest(tz="UTC", services=("apigateway",))),
        ("about s3", ScheduleRequest(services=("s3",))),
        ("all services", ScheduleRequest(services=())),
    ],
)
def test_words_in_any_form(text: str, expected: ScheduleRequest) -> None:
    assert read_schedule(text, find_service) == expected


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("9:30 17:00", "two times, 09:30 and 17:00"),
        ("mon-fri at 9, sat at 11", "two times, 09:00 and 11:00"),
        ("UTC 9:30 Europe/Berlin", "two time zones, UTC and Europe/Berlin"),
        ("GMT+2 EST", "two time zones, UTC+2 and America/New_York"),
        ("daily mon-fri", "“daily” and “mon-fri”"),
        ("reveal 16:00 reveal next", "“reveal” twice"),
        ("services s3 services lambda", "“services” twice"),
        ("mon-fri except wed", "“except”"),
        ("not on friday", "“not”"),
        ("every other day", "“other day”"),
        ("every 2 weeks", "“weeks”"),
        ("first monday of the month", "“first”, “of”, and “month”"),
        ("9:30 foo mon bar baz", "“foo” and “bar baz”"),
        ("9:30-17:00", "“9:30-17:00”"),
        ("9:30 - 17:00", "two times, 09:30 and 17:00"),
        ("9-10", "“9-10”"),
        ("9 30", "“30”"),
        ("9:30:00", "“9:30:00”"),
        ("2026-12-01 09:30", "“2026-12-01”"),
        ("9:30 13pm", "“13pm”"),
        ("in 5 minutes", "“in” and “minutes”"),
        ("tomorrow 9:30", "“tomorrow”"),
        ("mon-wed-fri", "“mon-wed-fri”"),
        ("mon-", "“mon-”"),
        ("09:30 Uhr", "“Uhr”"),
        ("UTC+10:30", "“UTC+10:30”"),
        ("GMT+25", "“GMT+25”"),
        ("CST", "“CST” can mean America/Chicago or Asia/Shanghai"),
        ("9am IST", "“IST” can mean Asia/Kolkata, Europe/Dublin, or Asia/Jerusalem"),
        ("mon-fri lambda", "“lambda”. Choose services like this"),
        ("services lambda, foo", "service called “foo”"),
        ("services 9:30", "service called “9:30”"),
        ("services", "Choose services like this"),
        ("reveal", "Type “reveal 17:00”"),
        ("reveal soon", "“soon”. Type “reveal 17:00”"),
        ("reveal next day", "“day”"),
    ],
)
def test_what_was_not_understood_is_named(text: str, part: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read_schedule(text, find_service)
    assert part in str(raised.value)


@pytest.mark.parametrize("word", ["mon", "9:30", "berlin", "utc+2", "daily", "reveal", "services"])
@pytest.mark.parametrize("unknown", ["zorb", "maybe", "1st", "29.11.", "\u65e5\u672c"])
def test_no_unknown_word_is_dropped_wherever_it_stands(word: str, unknown: str) -> None:
    for text in (f"{unknown} {word}", f"{word} {unknown}", f"9am {word} {unknown}"):
        with pytest.raises(UnreadableError):
            read_schedule(text, find_service)


def test_an_abbreviation_knows_daylight_saving() -> None:
    """EST in July is what New York's clocks show."""
    request = read_schedule("9am EST", find_service)
    schedule = build_schedule(request, None, "UTC")
    for day, hour in ((date(2026, 1, 15), 14), (date(2026, 7, 15), 13)):
        moment = datetime.fromtimestamp(schedule.moment(day, schedule.at), UTC)
        assert moment.hour == hour


def test_gmt_plus_two_is_two_hours_ahead_and_says_so() -> None:
    schedule = build_schedule(read_schedule("9:30 GMT+2", find_service), None, "UTC")
    moment = schedule.moment(date(2026, 7, 15), schedule.at)
    assert datetime.fromtimestamp(moment, UTC).hour == 7
    assert say_zone(schedule.tz) == "UTC+2"


def test_every_zone_is_read_by_its_name_and_as_it_is_said() -> None:
    for name in available_timezones() - {"Factory", "localtime"}:
        found = ZoneInfo(read_zone(say_zone(name)))
        for month in (1, 7):
            moment = datetime(2026, month, 15, tzinfo=UTC)
            same = (
                moment.astimezone(found).utcoffset()
                == moment.astimezone(ZoneInfo(name)).utcoffset()
            )
            assert same or name in ("EST", "MST", "HST"), name


def test_the_menu_of_zones_offers_what_people_type() -> None:
    for typed, first in (
        ("gmt+2", "UTC+2"),
        ("est", "America/New_York"),
        ("berl", "Europe/Berlin"),
    ):
        assert zone_options(typed)[0]["text"]["text"] == first
    assert zone_options("utc+2")[0]["value"] == "Etc/GMT-2"
    assert {o["value"] for o in zone_options("cst")} >= {"America/Chicago", "Asia/Shanghai"}


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
        read_schedule(text, find_service)
    except UnreadableError as error:
        assert str(error).endswith((".", "”."))


def test_what_is_not_typed_stays_as_it_was() -> None:
    before = Schedule(time(8), "Asia/Tokyo", frozenset({5}), None)
    assert build_schedule(ScheduleRequest(at=time(10)), before, "UTC") == Schedule(
        time(10), "Asia/Tokyo", frozenset({5}), None
    )


def test_a_late_question_gets_its_answer_with_the_next_one() -> None:
    assert build_schedule(ScheduleRequest(at=time(18)), None, "UTC").reveal is None
    with pytest.raises(UnreadableError, match="ten minutes"):
        build_schedule(ScheduleRequest(at=time(18), reveal=time(17)), None, "UTC")


@pytest.mark.parametrize(
    ("days", "said"), [({0, 1, 2, 3, 4}, "Mon-Fri"), (range(7), "daily"), ({6, 2}, "Wed, Sun")]
)
def test_days_are_said_as_people_write_them(days: set[int], said: str) -> None:
    assert say_days(frozenset(days)) == said
