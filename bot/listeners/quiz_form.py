"""Read the modal that sets up a quiz."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

from bot.listeners.payload import Payload
from bot.quiz import texts
from bot.quiz.pausing import check_pause
from bot.quiz.public_holidays import is_country
from bot.quiz.schedule import Schedule
from bot.quiz.subscription import Subscription
from bot.quiz.wording import (
    DEFAULT_REVEAL,
    Reveal,
    ScheduleRequest,
    UnreadableError,
    build_schedule,
    read_time,
    read_zone,
)
from bot.views.quiz_answer_time import REVEAL, REVEAL_AT, SAME_DAY, has_answer_time
from bot.views.quiz_breaks import NONE
from bot.views.quiz_inputs import (
    AT,
    HOLIDAYS,
    PAUSE,
    TZ,
    WEEKDAYS,
    has_input,
    read_state,
)


def read_form(view: Payload, now: float) -> tuple[Schedule | None, dict[str, str]]:
    """The schedule from the modal, and what is wrong with it by input. One of them is empty."""
    state = read_state(view)
    errors: dict[str, str] = {}

    def read(name: str, reader: Any, missing: str) -> Any:
        entered = state[name]
        try:
            return reader(entered if isinstance(entered, str) else "")
        except UnreadableError:
            errors[name] = missing
            return None

    at = read(AT, read_time, texts.NEED_TIME)
    tz = read(TZ, read_zone, texts.NEED_ZONE)
    weekdays = frozenset(int(day) for day in state[WEEKDAYS] or () if day in tuple("0123456"))
    if not weekdays:
        errors[WEEKDAYS] = texts.NEED_DAYS
    reveal: time | Reveal = Reveal.WITH_NEXT_QUESTION
    if state[REVEAL] == SAME_DAY:
        reveal = DEFAULT_REVEAL
        if has_answer_time(view):
            reveal = read(REVEAL_AT, read_time, texts.NEED_TIME) or DEFAULT_REVEAL
    if errors:
        return None, errors
    try:
        schedule = build_schedule(ScheduleRequest(at, weekdays, tz, reveal), None, tz)
    except UnreadableError as error:
        return None, {REVEAL_AT if has_answer_time(view) else REVEAL: str(error)}
    return _with_breaks(schedule, state, now)


def keep_breaks(schedule: Schedule, view: Payload, before: Subscription | None) -> Schedule:
    """The schedule with the breaks it had, if the modal doesn't ask for them."""
    if before is None or has_input(view, PAUSE) or has_input(view, HOLIDAYS):
        return schedule
    kept = before.schedule
    return replace(schedule, paused_until=kept.paused_until, holidays=kept.holidays)


def _with_breaks(
    schedule: Schedule, state: dict[str, Any], now: float
) -> tuple[Schedule | None, dict[str, str]]:
    try:
        until = _read_pause(state[PAUSE], schedule.day_of(now))
    except (UnreadableError, ValueError) as error:
        return None, {PAUSE: str(error) if isinstance(error, UnreadableError) else texts.DATES}
    country = state[HOLIDAYS]
    if country in (None, "", NONE):
        country = ""
    elif not isinstance(country, str) or not is_country(country):
        return None, {HOLIDAYS: texts.NEED_COUNTRY}
    return replace(schedule, paused_until=until, holidays=country), {}


def _read_pause(entered: Any, today: date) -> date | None:
    """The day; None if there is no pause, or it is over."""
    until = date.fromisoformat(entered) if isinstance(entered, str) and entered else None
    return check_pause(until, today) if until and until > today else None
