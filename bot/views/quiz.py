"""The quiz in a channel: the question, its reveal, what a press is answered with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot import messages
from bot.quiz.question import LETTERS, QuizQuestion, find_source
from bot.quiz.standings import Tally
from bot.quiz.zones import say_zone
from bot.slack.mrkdwn import escape
from bot.views.card import fact_blocks, fact_text
from bot.views.card_actions import WRONG
from bot.views.message import (
    Block,
    Message,
    actions,
    button,
    formatted,
    header,
    note,
    paragraph,
    small,
    when,
)
from bot.views.value import Value
from knowledge import Fact

ANSWER = "quiz_answer"
REVEALED = "revealed"
"""The block below a revealed question."""
_VERSION = 1
_BAR = 12
"""Characters of the longest bar."""
_NAMED = 5
"""People named for their streaks."""


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


def question(
    posting: int,
    question: QuizQuestion,
    service: str,
    reveal_at: float,
    tz: str,
    answered: int = 0,
    difficulty: int | None = None,
) -> Message:
    """The question of the day, with a button an option and how many have answered so far."""
    level = [messages.DIFFICULTIES[difficulty]] if difficulty else []
    title = messages.quiz_title(service)
    told = messages.answer_comes(local(reveal_at, tz))
    shown = messages.answer_comes(when(reveal_at, local(reveal_at, tz)))
    blocks = (
        header(title),
        paragraph(question.text),
        paragraph("\n".join(question.lettered_options())),
        actions(f"quiz-{posting}-{answered}", options(posting, question, ANSWER)),
        note(" \u00b7 ".join((*level, shown, messages.answered(answered)))),
    )
    text = escape("\n".join((title, question.text, *question.lettered_options(), told)))
    return Message(text, blocks)


def reveal(
    question: QuizQuestion,
    fact: Fact | None,
    service: str,
    tally: Tally,
    streaks: Mapping[str, int],
    today: date,
) -> Message:
    """The question with its answer: who chose what, who was first, and the fact behind it."""
    right = f"{LETTERS[question.right_index]}: {question.options[question.right_index]}"
    title = messages.quiz_title(service)
    blocks: list[Block] = [
        header(title),
        paragraph(question.text),
        formatted(f"*{messages.RIGHT_ANSWER}* {escape(right)}"),
        formatted(_bars(question, tally)),
    ]
    explained = explain_options(question, fact)
    if explained:
        blocks.append(small(explained))
    praise = _praise(tally, streaks)
    if praise:
        blocks.append(note(praise))
    text = [title, question.text, f"{messages.RIGHT_ANSWER} {right}", _counts(question, tally)]
    lines = [escape("\n".join(filter(None, (*text, explained))))]
    if fact:
        blocks += [{"type": "divider"}, *fact_blocks(fact, service, today)]
        wrong = button(WRONG, messages.THIS_IS_WRONG, Value(fact.id).encode())
        blocks.append(actions(REVEALED, [wrong]))
        lines.append(fact_text(fact, service, today))
    return Message("\n".join(lines), tuple(blocks))


def result(
    question: QuizQuestion,
    fact: Fact | None,
    choice: int,
    service: str,
    today: date,
    remark: str = "",
) -> Message:
    """What one person is told about an answer of theirs, with the fact behind the question."""
    verdict = messages.verdict(choice == question.right_index, LETTERS[question.right_index])
    right = question.options[question.right_index]
    blocks: list[Block] = [paragraph(f"{verdict} {right}")]
    lines = [escape(f"{verdict} {right}")]
    if explained := explain_options(question, fact):
        blocks.append(small(explained))
        lines.append(escape(explained))
    if fact:
        blocks += fact_blocks(fact, service, today)
        lines.append(fact_text(fact, service, today))
    if remark:
        blocks.append(note(escape(remark)))
        lines.append(escape(remark))
    return Message("\n".join(lines), tuple(blocks))


def options(asked: int, question: QuizQuestion, action: str) -> list[Block]:
    """A button an option; which of them is right cannot be told from any."""
    return [
        button(
            f"{action}_{number}",
            LETTERS[number],
            Choice(asked, number).encode(),
            f"Answer {LETTERS[number]}: {option}",
        )
        for number, option in enumerate(question.options)
    ]


def explain_options(question: QuizQuestion, fact: Fact | None) -> str:
    """What the wrong options really are, a line each; "" if that is not known."""
    source = find_source(fact, question)
    because = source.because if source else {}
    lettered = zip(question.lettered_options(), question.options, strict=False)
    return "\n".join(
        f"{line} \u00b7 {because[option]}" for line, option in lettered if option in because
    )


def local(moment: float, tz: str) -> str:
    """A moment as the channel's clock shows it."""
    return f"{datetime.fromtimestamp(moment, ZoneInfo(tz)):%a %H:%M} ({say_zone(tz)})"


def _bars(question: QuizQuestion, tally: Tally) -> str:
    most = max(tally.counts, default=0) or 1
    lines = []
    for number, count in enumerate(tally.counts):
        length = -(-count * _BAR // most)
        bar = "\u2588" * length + "\u2591" * (_BAR - length)
        mark = f" {messages.RIGHT}" if number == question.right_index else ""
        lines.append(f"`{LETTERS[number]} {bar}` {count}{mark}")
    return "\n".join(lines)


def _counts(question: QuizQuestion, tally: Tally) -> str:
    parts = [f"{LETTERS[number]} {count}" for number, count in enumerate(tally.counts)]
    return f"{messages.answered(tally.answer_count)}: {', '.join(parts)}"


def _praise(tally: Tally, streaks: Mapping[str, int]) -> str:
    parts = []
    if tally.first_right_user:
        parts.append(messages.first_right(f"<@{tally.first_right_user}>"))
    best = sorted(streaks.items(), key=lambda each: (-each[1], each[0]))[:_NAMED]
    if best:
        named = ", ".join(f"<@{user}> {length}" for user, length in best)
        parts.append(f"{messages.STREAKS} {named}")
    return " \u00b7 ".join(parts)
