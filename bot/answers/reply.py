"""A text that somebody sent, and the reply to it."""

from __future__ import annotations

from dataclasses import dataclass

from bot import messages
from bot.views.card import sentence
from bot.views.message import Message
from knowledge import Outcome


@dataclass(frozen=True, slots=True)
class IncomingText:
    """A text from `read_message`, its author, and its context.

    `last_fact` is the ID of the fact that the conversation saw last. If `private`, only the author
    sees the reply and may share it. `command` is what people type before a question here; `slash`
    is the name of the slash command if that differs. `brief` asks for a shorter card, for
    threads that others read.
    """

    text: str
    user: str
    command: str
    last_fact: str | None = None
    private: bool = False
    slash: str = ""
    brief: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """The message to send; if the text was a question, also the question, fact, and outcome.

    `is_gap` says that a question about AWS got no certain answer.
    """

    message: Message
    question: str | None = None
    fact: str | None = None
    outcome: Outcome | None = None
    is_gap: bool = False


def too_old() -> Message:
    return sentence(messages.OLD_BUTTON)
