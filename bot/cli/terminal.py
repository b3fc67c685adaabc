"""Print to the terminal: control characters are escaped, and color is optional."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from bot import messages
from bot.answers.plain_text import Hints, Line, Role, fact_lines, result_lines
from knowledge.files.characters import visible

if TYPE_CHECKING:
    from bot.quiz.question import QuizQuestion
    from knowledge import Fact, KnowledgeBase, Result

MAX_WIDTH_CHARS = 100
HINTS = Hints(
    show_one="Run “factbot show ID” to see one.",
    small_talk="I only know AWS facts. Ask me something like: factbot ask sqs message size",
    list_all="Run “factbot facts --service {slug}” to list them all.",
)
EXAMPLES = {
    'factbot ask "what is 429 in api gateway"': "Ask a question:",
    "factbot playground": "Try it in a browser:",
    "factbot manifest": "Install it in Slack:",
}
"""Commands to begin with, and what they are for."""
_STYLES: Mapping[Role, dict[str, Any]] = {
    Role.TITLE: {"bold": True, "fg": "green"},
    Role.VERDICT: {"bold": True},
    Role.CHANGE: {"fg": "yellow"},
    Role.REMARK: {"fg": "yellow"},
    Role.DETAIL: {"dim": True},
    Role.SOURCE: {"fg": "cyan"},
}
_WRAPPED = (Role.VERDICT, Role.TEXT, Role.CHANGE, Role.DETAIL)


def say(text: str = "", *, err: bool = False) -> None:
    """Print a line to standard output or standard error; control characters are escaped."""
    _echo(visible(text), err)


def say_styled(*parts: tuple[str, dict[str, Any]]) -> None:
    """Print one line of parts, each with its `click.style` arguments; honors NO_COLOR.

    https://no-color.org
    """
    _echo("".join(click.style(visible(text), **style) for text, style in parts))


def _echo(text: str, err: bool = False) -> None:
    try:
        click.echo(text, err=err)
    except UnicodeEncodeError as error:  # the terminal's encoding lacks a character
        click.echo(text.encode(error.encoding, "backslashreplace").decode(error.encoding), err=err)


def show_examples() -> None:
    """Print what to begin with."""
    say("factbot answers AWS questions from facts that people wrote, here or in Slack.")
    say()
    width = max(map(len, EXAMPLES.values()))
    for example, meaning in EXAMPLES.items():
        say_styled((f"  {meaning:<{width}}  ", {}), (example, {"fg": "cyan"}))
    say()
    say("“factbot --help” lists all commands.")


def show_result(knowledge: KnowledgeBase, result: Result, today: date) -> None:
    """Print the answer's card, or the closest facts."""
    _show(result_lines(knowledge, result, today, HINTS))


def show_fact(knowledge: KnowledgeBase, fact: Fact, today: date) -> None:
    """Print the whole fact as of `today`."""
    _show(fact_lines(knowledge, fact, today))


def _show(lines: Iterable[Line]) -> None:
    width = min(shutil.get_terminal_size().columns, MAX_WIDTH_CHARS)
    for line in lines:
        style = _STYLES.get(line.role, {})
        if line.fact_id:
            say_styled(("  ", {}), (line.fact_id, {"fg": "cyan"}), (f"  {line.text}", {}))
        elif line.role in _WRAPPED:
            say_styled((textwrap.fill(line.text, width, break_on_hyphens=False), style))
        else:
            say_styled((line.text, style))


def show_question(service: str, question: QuizQuestion, answers: bool) -> None:
    """Print a quiz question as a channel sees it, or with its right option marked."""
    say_styled((messages.quiz_title(service), {"bold": True, "fg": "green"}))
    _show([Line(Role.TEXT, question.text)])
    for number, line in enumerate(question.lettered_options()):
        marked = answers and number == question.right_index
        text = f"  {line}" + (f"  ({messages.RIGHT})" if marked else "")
        say_styled((text, {"bold": marked or None}))
    say()


def in_slack(command: str, text: str) -> str:
    return f"That only works in Slack. Type “{command} {text}” there."
