"""When a quiz takes a break: what its settings say about it, and the modal's inputs."""

from __future__ import annotations

from typing import Any

from bot.quiz import texts
from bot.quiz.public_holidays import countries
from bot.quiz.schedule import Schedule
from bot.slack import limits
from bot.views.message import Block, plain_text
from bot.views.quiz_inputs import HOLIDAYS, PAUSE, build_input, build_option

NONE = "none"
"""The value of the option that skips no holidays: a chosen option can't be taken back."""


def break_lines(schedule: Schedule) -> list[str]:
    """Until when the quiz is paused, and whose holidays it skips."""
    lines = []
    if schedule.paused_until:
        lines.append(texts.paused_until(schedule.paused_until))
    if schedule.holidays:
        lines.append(texts.skips_holidays(countries()[schedule.holidays]))
    return lines


def break_inputs(schedule: Schedule) -> list[Block]:
    paused = schedule.paused_until
    date: dict[str, Any] = {"initial_date": paused.isoformat()} if paused else {}
    chosen = _country_option(schedule.holidays) if schedule.holidays else _no_holidays()
    return [
        build_input(
            PAUSE, texts.PAUSE_UNTIL, "datepicker", optional=True, hint=texts.PAUSE_HINT, **date
        ),
        build_input(
            HOLIDAYS,
            texts.SKIP_HOLIDAYS,
            "external_select",
            optional=True,
            min_query_length=0,
            placeholder=plain_text(texts.NO_HOLIDAYS, limits.PLACEHOLDER),
            initial_option=chosen,
        ),
    ]


def country_options(typed: str) -> list[Block]:
    """The countries whose names have what was typed, those that begin with it first."""
    wanted = typed.strip().lower()
    found = [code for code, name in countries().items() if wanted in name.lower()]
    found.sort(key=lambda code: not countries()[code].lower().startswith(wanted))
    options = [_country_option(code) for code in found[: limits.OPTIONS - 1]]
    return [_no_holidays(), *options]


def _country_option(code: str) -> Block:
    return build_option(countries()[code], code)


def _no_holidays() -> Block:
    return build_option(texts.NO_HOLIDAYS, NONE)
