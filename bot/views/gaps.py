"""The questions without an answer, for curators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.slack.mrkdwn import escape, literal
from bot.views.message import Block, Message, button, formatted, header, note, when
from bot.views.value import Value
from knowledge.counting import counted

WRITE = "gap_write"
TITLE = "Questions without an answer"
NOTHING = "There are none: every question had an answer, or nobody has asked one yet."
HINT = "I don't show who asked. I keep each question for 180 days after someone last asked it."
MAX_QUOTED_CHARS = 150
WRITE_TEXT = "Write an answer"
MAX_OTHER_WORDINGS = 2


@dataclass(frozen=True, slots=True)
class ListedGap:
    """Similar questions: how many people asked, how often, when last, and titles of close facts."""

    questions: tuple[str, ...]
    people: int
    times: int
    latest_at: float
    nearest: tuple[str, ...]


def gap_list(gaps: Sequence[ListedGap]) -> Message:
    """Each group of similar questions, in the order given."""
    if not gaps:
        shown = (header(TITLE), formatted(escape(NOTHING)))
        return Message(f"{TITLE}\n{escape(NOTHING)}", shown, is_private=True)
    blocks: list[Block] = [header(TITLE)]
    for number, gap in enumerate(gaps):
        question, *small_print = gap_blocks(gap)
        value = Value("", "", gap.questions[0]).encode()
        write = button(f"{WRITE}_{number}", WRITE_TEXT, value)
        blocks += [{**question, "accessory": write}, *small_print]
    lines = [f"\u2022 {gap_line(gap)}" for gap in gaps]
    text = "\n".join((TITLE, *lines, escape(HINT)))
    return Message(text, (*blocks, note(escape(HINT))), is_private=True)


def gap_blocks(gap: ListedGap) -> list[Block]:
    """The question, and below it how often it was asked, other wordings, and the closest facts."""
    question, *others = gap.questions
    details = [_asked(gap)]
    if others:
        quoted = ", ".join(_quoted(other) for other in others[:MAX_OTHER_WORDINGS])
        left = len(others) - MAX_OTHER_WORDINGS
        details.append(f"Also: {quoted}{f' and {left} more' if left > 0 else ''}")
    if gap.nearest:
        titles = ", ".join(literal(title, MAX_QUOTED_CHARS) for title in gap.nearest)
        details.append(f"Closest: {titles}")
    return [formatted(f"*{literal(question, MAX_QUOTED_CHARS)}*"), note("\n".join(details))]


def gap_line(gap: ListedGap) -> str:
    """The same in one line of escaped text."""
    return f"{literal(gap.questions[0], MAX_QUOTED_CHARS)} ({_counts(gap)})"


def _asked(gap: ListedGap) -> str:
    day = datetime.fromtimestamp(gap.latest_at, UTC).date().isoformat()
    return f"Asked {_counts(gap)}, last {when(gap.latest_at, day, '{date_short_pretty}')}"


def _counts(gap: ListedGap) -> str:
    return f"{counted(gap.times, 'time')} by {counted(gap.people, 'person', 'people')}"


def _quoted(question: str) -> str:
    return f"\u201c{literal(question, MAX_QUOTED_CHARS)}\u201d"
