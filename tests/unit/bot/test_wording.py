"""Schedules as people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quiz.schedule import EVERY_DAY, WORKDAYS, Schedule
from bot.quiz.wording import UnreadableError, Wanted, apply, read, read_time, read_zone, say_days
from bot.quiz.zones import say_zone
from bot.views.quiz_settings import zone_options


def find_service(name: str) -> str | None:
    return {"s3": "s3", "lambda": "lambda", "api gateway": "apigateway"}.get(name.lower())


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
        ("mon wed fri", Wanted(weekdays=frozenset({0, 2, 4}))),
        ("mon wed-fri, sun 8", Wanted(at=time(8), weekdays=frozenset({0, 2, 3, 4, 6}))),
        ("mon/wed+fri", Wanted(weekdays=frozenset({0, 2, 4}))),
        ("mondays and thursdays", Wanted(weekdays=frozenset({0, 3}))),
        ("Mon. Wed. Fri.", Wanted(weekdays=frozenset({0, 2, 4}))),
        ("mon, tue & thu", Wanted(weekdays=frozenset({0, 1, 3}))),
        ("tues thurs weds", Wanted(weekdays=frozenset({1, 2, 3}))),
        ("monday's, friday's", Wanted(weekdays=frozenset({0, 4}))),
        ("mon\u2013fri", Wanted(weekdays=WORKDAYS)),
        ("mon \u2014 fri", Wanted(weekdays=WORKDAYS)),
        ("mon\u2212fri", Wanted(weekdays=WORKDAYS)),
        ("mon--fri", Wanted(weekdays=WORKDAYS)),
        ("monday to friday", Wanted(weekdays=WORKDAYS)),
        ("mon thru thu", Wanted(weekdays=frozenset(range(4)))),
        ("from monday through friday", Wanted(weekdays=WORKDAYS)),
        ("M-F", Wanted(weekdays=WORKDAYS)),
        ("MWF", Wanted(weekdays=frozenset({0, 2, 4}))),
        ("every weekday", Wanted(weekdays=WORKDAYS)),
        ("work days", Wanted(weekdays=WORKDAYS)),
        ("business days", Wanted(weekdays=WORKDAYS)),
        ("every day at 9", Wanted(at=time(9), weekdays=EVERY_DAY)),
        ("all week", Wanted(weekdays=EVERY_DAY)),
        ("weekends at noon", Wanted(at=time(12), weekdays=frozenset({5, 6}))),
        ("midnight", Wanted(at=time(0))),
        ("9h30", Wanted(at=time(9, 30))),
        ("17h", Wanted(at=time(17))),
        ("930", Wanted(at=time(9, 30))),
        ("9 o'clock", Wanted(at=time(9))),
        ("9:30 a.m.", Wanted(at=time(9, 30))),
        ("9.30 P.M.", Wanted(at=time(21, 30))),
        ("9:30 at 9:30am please", Wanted(at=time(9, 30))),
        ("@9:30, daily", Wanted(at=time(9, 30), weekdays=EVERY_DAY)),
        ("9:30+02:00", Wanted(at=time(9, 30), tz="Etc/GMT-2")),
        ("9:30 -0500", Wanted(at=time(9, 30), tz="Etc/GMT+5")),
        ("GMT+2", Wanted(tz="Etc/GMT-2")),
        ("gmt -3", Wanted(tz="Etc/GMT+3")),
        ("UTC + 2 9am", Wanted(at=time(9), tz="Etc/GMT-2")),
        ("UTC+02:00", Wanted(tz="Etc/GMT-2")),
        ("UTC-0", Wanted(tz="UTC")),
        ("UTC+5:30", Wanted(tz="Asia/Kolkata")),
        ("Etc/GMT-2", Wanted(tz="Etc/GMT-2")),
        ("EST", Wanted(tz="America/New_York")),
        ("9am EDT", Wanted(at=time(9), tz="America/New_York")),
        ("PST", Wanted(tz="America/Los_Angeles")),
        ("10am pacific time", Wanted(at=time(10), tz="America/Los_Angeles")),
        ("MST", Wanted(tz="America/Denver")),
        ("CET", Wanted(tz="Europe/Berlin")),
        ("BST", Wanted(tz="Europe/London")),
        ("JST", Wanted(tz="Asia/Tokyo")),
        ("10:00 New York", Wanted(at=time(10), tz="America/New_York")),
        ("port of spain", Wanted(tz="America/Port_of_Spain")),
        ("st. johns", Wanted(tz="America/St_Johns")),
        ("berlin time", Wanted(tz="Europe/Berlin")),
        ("reveal at 5 pm, 9am", Wanted(at=time(9), reveal=time(17))),
        ("reveal: 17:00", Wanted(reveal=time(17))),
        ("answer with the next question", Wanted(reveal="next")),
        ("services lambda, s3", Wanted(services=("lambda", "s3"))),
        ("services lambda and s3 at 9", Wanted(at=time(9), services=("lambda", "s3"))),
        ("services lambda s3 mon-fri", Wanted(weekdays=WORKDAYS, services=("lambda", "s3"))),
        ("services: api gateway utc", Wanted(tz="UTC", services=("apigateway",))),
        ("about s3", Wanted(services=("s3",))),
        ("all services", Wanted(services=())),
    ],
)
def test_words_in_any_form(text: str, wanted: Wanted) -> None:
    assert read(text, find_service) == wanted


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
        ("first monday of the month", "“first”, “of” and “month”"),
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
        ("9am IST", "“IST” can mean Asia/Kolkata, Europe/Dublin or Asia/Jerusalem"),
        ("mon-fri lambda", "“lambda”. Name services like this"),
        ("services lambda, foo", "no service “foo”"),
        ("services 9:30", "no service “9:30”"),
        ("services", "Name services like this"),
        ("reveal", "Write “reveal 17:00”"),
        ("reveal soon", "“soon”. Write “reveal 17:00”"),
        ("reveal next day", "“day”"),
    ],
)
def test_what_was_not_understood_is_named(text: str, part: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read(text, find_service)
    assert part in str(raised.value)


@pytest.mark.parametrize("word", ["mon", "9:30", "berlin", "utc+2", "daily", "reveal", "services"])
@pytest.mark.parametrize("unknown", ["zorb", "maybe", "1st", "29.11.", "\u65e5\u672c"])
def test_no_unknown_word_is_dropped_wherever_it_stands(word: str, unknown: str) -> None:
    for text in (f"{unknown} {word}", f"{word} {unknown}", f"9am {word} {unknown}"):
        with pytest.raises(UnreadableError):
            read(text, find_service)


def test_an_abbreviation_knows_daylight_saving() -> None:
    """EST in July is what New York's clocks show."""
    wanted = read("9am EST", find_service)
    schedule = apply(wanted, None, "UTC")
    for day, hour in ((date(2026, 1, 15), 14), (date(2026, 7, 15), 13)):
        moment = datetime.fromtimestamp(schedule.moment(day, schedule.at), UTC)
        assert moment.hour == hour


def test_gmt_plus_two_is_two_hours_ahead_and_says_so() -> None:
    schedule = apply(read("9:30 GMT+2", find_service), None, "UTC")
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
