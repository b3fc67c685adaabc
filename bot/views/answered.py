"""The answer to a question that someone was waiting for."""

from __future__ import annotations

from bot.slack.mrkdwn import literal
from bot.views.message import Message, note
from bot.views.value import Value

MAX_QUOTED_CHARS = 300


def answered(shown: Message, value: Value) -> Message:
    """A card, under a line that says who it's for and what they asked."""
    question = literal(value.question, MAX_QUOTED_CHARS)
    said = f"<@{value.asker}>, I know this now. You asked: {question}"
    return Message(f"{said}\n{shown.text}", (note(said), *shown.blocks))
