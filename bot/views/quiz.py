"""The quiz in a channel while it is open: the question, and what a person who answers sees."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot import messages
from bot.quiz import texts
from bot.quiz.question import LETTERS, QuizQuestion
from bot.quiz.zones import say_zone
from bot.slack.mrkdwn import escape
from bot.views.message import (
    Block,
    Message,
    actions,
    button,
    header,
    note,
    paragraph,
    small,
    when,
)
from bot.views.rich_text import rich_text, run

ANSWER = "quiz_answer"
_VERSION = 1
_SAME_DAY, _OTHER_DAY = "{time}", "{date_short_pretty} at {time}"


@dataclass(frozen=True, slots=True)
class Choice:
    """What an option's button carries: the question and the place of the option, no more."""

    posting: int
    option: int

    def encode(self) -> str:
        return json.dumps([_VERSION, self.posting, self.option])

    @classmethod
    def decode(cls, text: object) -> Choice | None:
        """Read a value; None for anything that this version did not write."""
        try:
            fields = json.loads(text) if isinstance(text, str) else None
        except (ValueError, RecursionError):
            return None
        if (
            isinstance(fields, list)
            and len(fields) == 3
            and all(type(field) is int for field in fields)
            and fields[0] == _VERSION
            and 0 <= fields[2] < len(LETTERS)
            and 0 < fields[1] < 2**31
        ):
            return cls(fields[1], fields[2])
        return None


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a question's answer comes (seconds since 1970), seen from the question's local day."""

    at: float
    tz: str
    day: date

    def text(self) -> str:
        """As the channel's clock shows it, for notifications and screen readers."""
        moment = datetime.fromtimestamp(self.at, ZoneInfo(self.tz))
        shown = f"{moment:%H:%M}" if moment.date() == self.day else f"{moment:%a %H:%M}"
        return f"{shown} ({say_zone(self.tz)})"

    def mrkdwn(self) -> str:
        """In each reader's own time zone."""
        is_same_day = datetime.fromtimestamp(self.at, ZoneInfo(self.tz)).date() == self.day
        return when(self.at, self.text(), _SAME_DAY if is_same_day else _OTHER_DAY)


def question(
    posting: int,
    question: QuizQuestion,
    service: str,
    deadline: Deadline,
    answered: int = 0,
    difficulty: int | None = None,
) -> Message:
    """The question of the day, with a button per option and how many have answered so far."""
    level = [messages.DIFFICULTIES[difficulty]] if difficulty else []
    small_print = (
        escape(service), *level, texts.answer_by(deadline.mrkdwn()),
        texts.answered(answered),
    )  # fmt: skip
    blocks = (
        header(messages.QUIZ_TITLE),
        paragraph(question.text),
        options_list(question),
        actions(f"quiz-{posting}-{answered}", options(posting, question, ANSWER)),
        note(" \u00b7 ".join(small_print)),
    )
    last_line = " \u00b7 ".join((service, *level, texts.answer_by(deadline.text())))
    lines = (messages.QUIZ_TITLE, question.text, *question.lettered_options(), last_line)
    return Message(escape("\n".join(lines)), blocks)


def voided(question: QuizQuestion, service: str) -> Message:
    """A question that doesn't count, before and after its answer would have come."""
    blocks = (
        header(messages.QUIZ_TITLE),
        paragraph(question.text),
        options_list(question),
        note(f"\u26a0\ufe0f {escape(texts.VOIDED)}"),
        small(service),
    )
    lines = (messages.QUIZ_TITLE, question.text, *question.lettered_options(), texts.VOIDED)
    return Message(escape("\n".join(lines)), blocks)


def pick(posting: int, question: QuizQuestion, option: int, deadline: Deadline) -> Message:
    """What a person who answered sees: their choice, and buttons to change it right there."""
    picked = texts.picked(question.lettered_options()[option])
    others = options(posting, question, ANSWER)
    del others[option]
    blocks = (
        paragraph(picked),
        actions(f"pick-{posting}-{option}", others),
        note(texts.change_until(deadline.mrkdwn())),
    )
    return Message(escape(f"{picked}\n{texts.change_until(deadline.text())}"), blocks)


def options(asked: int, question: QuizQuestion, action: str) -> list[Block]:
    """A button per option; which of them is right cannot be picked from any."""
    return [
        button(
            f"{action}_{number}",
            LETTERS[number],
            Choice(asked, number).encode(),
            f"Answer {LETTERS[number]}: {option}",
        )
        for number, option in enumerate(question.options)
    ]


def options_list(question: QuizQuestion) -> Block:
    """The options to read, a line each."""
    pairs = list(zip(LETTERS, question.options, strict=False))
    parts: list[Block] = []
    for number, (letter, option) in enumerate(pairs):
        ending = "\n" if number < len(pairs) - 1 else ""
        parts += [run(letter, bold=True), run(f"  {option}{ending}")]
    return rich_text(parts)
