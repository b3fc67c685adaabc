"""The private question that comes before a quiz begins in a busy channel."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from bot.quiz import texts
from bot.quiz.public_holidays import is_country
from bot.quiz.schedule import Schedule, ScheduleError
from bot.quiz.subscription import Subscription
from bot.slack import limits
from bot.slack.mrkdwn import escape
from bot.views.message import Block, Message, actions, button, paragraph
from bot.views.quiz_settings import settings_lines

CONFIRM, DECLINE = "quiz_confirm", "quiz_decline"


@dataclass(frozen=True, slots=True)
class ProposedQuiz:
    """Settings that wait for a yes; the button carries them, so that nothing is stored.

    Buttons of earlier versions carry no `channel`, because they are in it.
    """

    schedule: Schedule
    services: tuple[str, ...]
    standings: bool
    channel: str = ""
    broadcast: bool = False

    def encode(self) -> str:
        schedule = self.schedule
        return json.dumps([
            f"{schedule.at:%H:%M}", schedule.tz, sorted(schedule.weekdays),
            f"{schedule.reveal:%H:%M}" if schedule.reveal else "",
            " ".join(self.services), int(self.standings), self.channel, int(self.broadcast),
            schedule.holidays,
            schedule.paused_until.isoformat() if schedule.paused_until else "",
        ], separators=(",", ":"))  # fmt: skip

    @classmethod
    def decode(cls, value: str) -> ProposedQuiz | None:
        """None for anything that this version didn't write."""
        try:
            fields: list[Any] = list(json.loads(value))
            fields += ("", 0, "", "")[len(fields) - 6 :]
            at, tz, weekdays, reveal, services, standings, *more = fields
            channel, broadcast, holidays, pause = more
            if not isinstance(channel, str) or (holidays and not is_country(holidays)):
                return None
            schedule = Schedule(
                time.fromisoformat(at), tz, frozenset(weekdays),
                time.fromisoformat(reveal) if reveal else None,
                date.fromisoformat(pause) if pause else None,
                holidays,
            )  # fmt: skip
            services = tuple(services.split())
            return cls(schedule, services, bool(standings), channel, bool(broadcast))
        except (ValueError, TypeError, AttributeError, RecursionError, ScheduleError):
            return None


def confirmation(wanted: Subscription, services: list[str], members: int) -> Message | None:
    """Ask before anything is posted; None if the settings are too long for a button."""
    value = ProposedQuiz(
        wanted.schedule, wanted.services, wanted.standings, wanted.channel, wanted.broadcast
    ).encode()
    if len(value) > limits.BUTTON_VALUE:
        return None
    question = texts.start_here(members)
    lines = ". ".join(settings_lines(wanted, services))
    buttons = [_start(value), button(DECLINE, texts.NOT_NOW, "decline")]
    blocks = (paragraph(question), paragraph(f"{lines}."), actions("quiz-confirmation", buttons))
    return Message(escape(f"{question} {lines}."), blocks, is_private=True)


def _start(value: str) -> Block:
    return {**button(CONFIRM, texts.START_QUIZ, value), "style": "primary"}
