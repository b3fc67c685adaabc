"""The first thing that people see: who the bot is, and three buttons to start with."""

from __future__ import annotations

from enum import StrEnum

from bot import messages
from bot.slack.mrkdwn import escape
from bot.views.message import Block, Message, actions, button, formatted, header, paragraph
from bot.views.quiz_settings import OPEN
from knowledge.counting import counted

START = "start"
EXAMPLE = "example"
PRACTICE = "start_practice"
_TITLE = "Hi, I'm factbot!"
_TRY = "Type your question here, or try one of these:"
_ADD = "In the channel, type `/invite @factbot`. After that, anyone there can mention me."


class Start(StrEnum):
    """What somebody can begin with."""

    ASK = "ask"
    QUIZ = "quiz"
    CHANNEL = "channel"


_LABELS = {
    Start.ASK: "Ask a question",
    Start.QUIZ: "Start a quiz",
    Start.CHANNEL: "Add me to a channel",
}


def welcome(facts: int, command: str, chosen: Start | None = None) -> Message:
    """A greeting with three buttons; `chosen` is the one pressed, whose explanation is shown."""
    about = introduction(facts)
    buttons = [_start_button(start, start is (chosen or Start.ASK)) for start in Start]
    blocks = [header(_TITLE), paragraph(about), actions("welcome", buttons)]
    lines = [_TITLE, about]
    if chosen:
        explanation = _explanation(chosen, command)
        blocks.append(formatted(explanation))
        lines.insert(0, explanation)
    if chosen is Start.ASK:
        blocks.append(actions("examples", example_buttons()))
    return Message("\n".join(lines), tuple(blocks))


def joined_with_quiz() -> Message:
    """What a channel that already has a quiz sees."""
    text = (
        "Hi, I'm factbot! I post this channel's daily AWS question, and anyone here can mention me "
        "with one of their own."
    )
    return Message(escape(text), (paragraph(text),))


def joined() -> Message:
    """What only the person who adds the bot to a channel sees."""
    text = (
        "Thanks for adding me! Mention me here with an AWS question. If you'd like, I'll post a "
        "daily quiz, too."
    )
    row = [button(OPEN, "Set up a quiz", "open"), _start_button(Start.ASK)]
    return Message(escape(text), (paragraph(text), actions("joined", row)))


def examples() -> Message:
    """Questions to try with one press."""
    return Message(escape(_TRY), (paragraph(_TRY), actions("examples", example_buttons())))


def example_buttons() -> list[Block]:
    return [
        button(f"{EXAMPLE}_{number}", example, example)
        for number, example in enumerate(messages.EXAMPLES)
    ]


def introduction(facts: int) -> str:
    return (
        f"I answer AWS questions from {counted(facts, 'fact')} that people checked, each with its "
        "source. If I don't know, I'll say so."
    )


def _start_button(start: Start, primary: bool = False) -> Block:
    style = {"style": "primary"} if primary else {}
    return button(f"{START}_{start}", _LABELS[start], start) | style


def _explanation(chosen: Start, command: str) -> str:
    if chosen is Start.ASK:
        return _TRY
    if chosen is Start.CHANNEL:
        return _ADD
    return (
        f"Go to the channel, add me with `/invite @factbot`, and type `{escape(command)} quiz`. "
        "You choose the days, the time, and the topics."
    )
