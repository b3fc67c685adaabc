"""A question with its answer: in the channel, in its thread, and for one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot import messages
from bot.quiz import texts
from bot.quiz.question import LETTERS, QuizQuestion, find_source
from bot.quiz.standings import Tally
from bot.slack.mrkdwn import escape
from bot.team.marks import NO_MARKS, Marks
from bot.views import report
from bot.views.card import fact_blocks, fact_text, source_note
from bot.views.marks import mark_blocks, mark_text
from bot.views.message import (
    Block,
    Message,
    actions,
    button,
    header,
    note,
    paragraph,
)
from bot.views.rich_text import emoji, rich_text, run
from bot.views.value import Value
from knowledge import Fact

MINE = "quiz_mine"
REVEALED = "revealed"
"""The block below a revealed question."""
_BAR = "\u2587"
"""Takes the color of the text around it, so it stands out in light and dark themes."""
_NO_BAR = "\u258f"
_MAX_BAR_CHARS = 12
_MAX_NAMED_RIGHT = 10
_MAX_NAMED_STREAKS = 5
_RIGHT, _WRONG = "white_check_mark", "x"


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """One person's answer to a closed question; `choice` is None if they gave none."""

    choice: int | None
    is_late: bool = False
    streak: int = 0


def reveal(
    posting: int,
    question: QuizQuestion,
    fact: Fact | None,
    service: str,
    tally: Tally,
    streaks: Mapping[str, int],
    today: date,
    marks: Marks = NO_MARKS,
) -> Message:
    """The question with its answer: who chose what, who was right, and the fact behind it."""
    blocks: list[Block] = [
        header(messages.QUIZ_TITLE),
        paragraph(question.text),
        rich_text(_options(question, fact, counts=tally.counts)),
        note(_praise(question, tally, streaks)),
    ]
    text_lines = (
        messages.QUIZ_TITLE, question.text, _summary(question, tally),
        *_option_lines(question, fact, tally.counts),
    )  # fmt: skip
    lines = [escape("\n".join(text_lines))]
    mine = button(MINE, texts.HOW_DID_I_DO, str(posting))
    if fact:
        blocks += [{"type": "divider"}, *fact_blocks(fact, service, today), *mark_blocks(marks)]
        wrong = button(report.OPEN, report.TITLE, Value(fact.id).encode())
        blocks.append(actions(REVEALED, [mine, wrong]))
        lines.append(fact_text(fact, service, today) + mark_text(marks))
    else:
        blocks.append(actions(REVEALED, [mine]))
    return Message("\n".join(lines), tuple(blocks))


def thread_reply(posting: int, question: QuizQuestion, tally: Tally) -> Message:
    """What follows in the question's thread, because the edit that reveals notifies nobody."""
    text = _summary(question, tally)
    mine = button(MINE, texts.HOW_DID_I_DO, str(posting))
    return Message(escape(text), (paragraph(text), actions("result", [mine])))


def own_answer(question: QuizQuestion, own: OwnAnswer) -> Message:
    """The reply to a person who asks how they did."""
    if own.choice is None:
        text = f"{texts.YOU_DID_NOT_ANSWER} {right_answer(question)}."
    else:
        is_right = own.choice == question.right_index
        text = texts.you_chose(LETTERS[own.choice], is_right, own.is_late)
        if not is_right:
            text = f"{text} {right_answer(question)}."
        elif own.streak > 1:
            text = f"{text} {texts.in_a_row(own.streak)}"
    return Message(escape(text), (paragraph(text),))


def result(
    question: QuizQuestion,
    fact: Fact | None,
    choice: int,
    service: str,
    today: date,
    remark: str = "",
    marks: Marks = NO_MARKS,
) -> Message:
    """One person's result: every option with their pick, and the answer of the fact behind it.

    It's short, for half a phone screen: the source has the rest of the fact.
    """
    verdict = messages.verdict(choice == question.right_index, LETTERS[question.right_index])
    blocks: list[Block] = [
        paragraph(question.text),
        rich_text(_options(question, fact, choice=choice)),
    ]
    first_line = f"{verdict} {question.options[question.right_index]}"
    option_lines = _option_lines(question, fact, choice=choice)
    lines = [escape("\n".join((first_line, question.text, *option_lines)))]
    if fact:
        blocks += [paragraph(fact.answer), source_note(fact, service, today, remark)]
        blocks += mark_blocks(marks)
        lines.append(fact_text(fact, service, today) + mark_text(marks))
    elif remark:
        blocks.append(note(escape(remark)))
    if remark:
        lines.append(escape(remark))
    return Message("\n".join(lines), tuple(blocks))


def right_answer(question: QuizQuestion) -> str:
    return f"{messages.RIGHT_ANSWER} {question.lettered_options()[question.right_index]}"


def _summary(question: QuizQuestion, tally: Tally) -> str:
    right_count = tally.counts[question.right_index]
    how_many = texts.got_it_right(right_count, tally.answer_count)
    return f"{right_answer(question)}. {how_many}"


def explain_options(question: QuizQuestion, fact: Fact | None) -> dict[str, str]:
    """What wrong options really are, by option; those of which that is known."""
    source = find_source(fact, question)
    return dict(source.because) if source else {}


def _options(
    question: QuizQuestion,
    fact: Fact | None,
    *,
    counts: tuple[int, ...] = (),
    choice: int | None = None,
) -> list[Block]:
    """Every option with its mark and what it really is, and under it a bar of its answers.

    To a person who made a `choice`, only that is explained.
    """
    because = explain_options(question, fact)
    parts: list[Block] = []
    for number, option in enumerate(question.options):
        is_right = number == question.right_index
        if parts:
            parts.append(run("\n"))
        if is_right or number == choice:
            parts += [emoji(_RIGHT if is_right else _WRONG), run(" ")]
        parts += [run(LETTERS[number], bold=True), run(f"  {option}", bold=is_right)]
        if number == choice:
            parts.append(run(f"  {texts.YOUR_PICK}", bold=True))
        if option in because and choice in (None, number):
            parts.append(run(f"  ({because[option]})", italic=True))
        if counts:
            parts.append(run(f"\n{_bar(counts[number], max(counts))}"))
    return parts


def _bar(count: int, most: int) -> str:
    length = -(-count * _MAX_BAR_CHARS // most) if most else 0
    return f"{_BAR * length or _NO_BAR} {count}"


def _option_lines(
    question: QuizQuestion,
    fact: Fact | None,
    counts: tuple[int, ...] = (),
    choice: int | None = None,
) -> list[str]:
    """The options for notifications and screen readers."""
    because = explain_options(question, fact)
    lines = []
    for number, line in enumerate(question.lettered_options()):
        votes = [texts.votes(counts[number])] if counts else []
        why = because.get(question.options[number]) if choice in (None, number) else None
        lines.append(" \u00b7 ".join((line, *votes, *filter(None, [why]))))
    return lines


def _praise(question: QuizQuestion, tally: Tally, streaks: Mapping[str, int]) -> str:
    """Who was right, first of all who was first, and whose streak lasts."""
    right_count = tally.counts[question.right_index]
    if not tally.answer_count:
        return texts.NOBODY_ANSWERED
    parts = [texts.got_it_right(right_count, tally.answer_count)]
    named = [f"<@{user}>" for user in tally.right_users[:_MAX_NAMED_RIGHT]]
    if named:
        first, *others = named
        others += [texts.more(right_count - len(named))] if right_count > len(named) else []
        parts.append(texts.right_people(first, others))
    best = sorted(streaks.items(), key=lambda streak: (-streak[1], streak[0]))[:_MAX_NAMED_STREAKS]
    if best:
        listed = ", ".join(f"<@{user}> {length}" for user, length in best)
        parts.append(f"{messages.STREAKS} {listed}")
    return "\n".join(parts)
