"""What the command prints: nothing in it can steer a terminal, and colors only where wanted."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, Any

import click

from bot import messages
from knowledge.files.characters import visible

if TYPE_CHECKING:
    from bot.quiz.posed import Posed
    from knowledge import Fact, KnowledgeBase, Result


def say(text: str = "", *, err: bool = False) -> None:
    """Print a line to standard output or standard error; control characters are written out."""
    _echo(visible(text), err)


def say_styled(*parts: tuple[str, dict[str, Any]]) -> None:
    """Print a line of texts, each with `click.style`'s arguments; plain where no color is wanted.

    https://no-color.org
    """
    _echo("".join(click.style(visible(text), **style) for text, style in parts))


def _echo(text: str, err: bool = False) -> None:
    try:
        click.echo(text, err=err)
    except UnicodeEncodeError as error:  # the terminal's encoding lacks a character
        click.echo(text.encode(error.encoding, "backslashreplace").decode(error.encoding), err=err)


def show(knowledge: KnowledgeBase, result: Result) -> None:
    """Print the card, or what comes nearest."""
    if result.confident and result.best:
        if result.verdict:
            _wrapped(result.verdict, bold=True)
        _card(knowledge, result.best.fact)
        return
    say_styled((messages.remark(result), {"fg": "yellow"}))
    for match in result.nearest:
        service = knowledge.services[match.fact.service].name
        say_styled(("  ", {}), (service, {"fg": "cyan"}), (f"  {match.fact.title}", {}))


def show_question(service: str, posed: Posed, answers: bool) -> None:
    """Print a quiz question as a channel sees it, or with its right option marked."""
    say_styled((messages.quiz_title(service), {"bold": True, "fg": "green"}))
    _wrapped(posed.question)
    for number, line in enumerate(posed.lettered()):
        marked = answers and number == posed.right
        text = f"  {line}" + (f"  ({messages.RIGHT})" if marked else "")
        say_styled((text, {"bold": marked or None}))
    say()


def _card(knowledge: KnowledgeBase, fact: Fact) -> None:
    say_styled((fact.title, {"bold": True, "fg": "green"}))
    _wrapped(fact.answer)
    if fact.was:
        _wrapped(messages.was(fact.was), fg="yellow")
    if fact.misread:
        _wrapped(messages.misread(fact.misread), fg="yellow")
    if fact.detail:
        _wrapped(fact.detail, dim=True)
    service = knowledge.services[fact.service].name
    line = f"{service} \u00b7 {fact.source} \u00b7 checked {fact.checked}"
    say_styled((line, {"fg": "cyan"}))


def _wrapped(text: str, fg: str | None = None, dim: bool = False, bold: bool = False) -> None:
    width = min(shutil.get_terminal_size().columns, 100)
    filled = textwrap.fill(text, width, break_on_hyphens=False)
    say_styled((filled, {"fg": fg, "dim": dim or None, "bold": bold or None}))
