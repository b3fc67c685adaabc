"""What a workspace says about a fact, below its answer."""

from __future__ import annotations

from bot.slack.mrkdwn import escape, literal
from bot.team.limits import MAX_NOTE_CHARS
from bot.team.marks import Marks
from bot.views.message import Block, note, small

UNDER_REVIEW = "Someone reported a mistake in this answer. The curators are checking it."
OWN = "Written by your team"


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
