"""What a workspace says about a fact, below its answer."""

from __future__ import annotations

from dataclasses import dataclass

from bot.slack.mrkdwn import escape, literal
from bot.views.message import Block, note, small

MAX_NOTE_CHARS = 300
UNDER_REVIEW = "Someone reported a mistake in this answer. The curators are checking it."
OWN = "Written by your team"


@dataclass(frozen=True, slots=True)
class Marks:
    """`is_own` if the workspace wrote the fact, `is_disputed` if it is under review there."""

    is_own: bool = False
    is_disputed: bool = False
    note: str = ""


NO_MARKS = Marks()


def mark_blocks(marks: Marks) -> list[Block]:
    """Nothing for most facts."""
    blocks = []
    if marks.is_disputed:
        blocks.append(note(f"\u26a0\ufe0f *Under review.* {UNDER_REVIEW}"))
    if marks.note:
        blocks.append(note(f"*Team note:* {literal(marks.note, MAX_NOTE_CHARS)}"))
    if marks.is_own:
        blocks.append(small(OWN))
    return blocks


def mark_text(marks: Marks) -> str:
    """The same as lines of text, escaped, each with a line break before it."""
    lines = []
    if marks.is_disputed:
        lines.append(f"Under review. {UNDER_REVIEW}")
    if marks.note:
        lines.append(f"Team note: {marks.note}")
    if marks.is_own:
        lines.append(OWN)
    return "".join(f"\n{escape(line)}" for line in lines)
