"""A result as it looks in a terminal."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING

import click

from bot import messages

if TYPE_CHECKING:
    from bot.quiz.posed import Posed
    from knowledge import Fact, KnowledgeBase, Result


def show(knowledge: KnowledgeBase, result: Result) -> None:
    """Print the card, or what comes nearest."""
    if result.confident and result.best:
        _card(knowledge, result.best.fact)
        return
    click.secho(messages.remark(result), fg="yellow")
    for match in result.nearest:
        service = knowledge.services[match.fact.service].name
        click.echo(f"  {click.style(service, fg='cyan')}  {match.fact.title}")


def show_question(service: str, posed: Posed, answers: bool) -> None:
    """Print a quiz question as a channel sees it, or with its right option marked."""
    click.secho(messages.quiz_title(service), bold=True, fg="green")
    _wrapped(posed.question)
    for number, line in enumerate(posed.lettered()):
        marked = answers and number == posed.right
        click.secho(f"  {line}" + (f"  ({messages.RIGHT})" if marked else ""), bold=marked or None)
    click.echo()


def _card(knowledge: KnowledgeBase, fact: Fact) -> None:
    click.secho(fact.title, bold=True, fg="green")
    _wrapped(fact.answer)
    if fact.was:
        _wrapped(messages.was(fact.was), fg="yellow")
    if fact.detail:
        _wrapped(fact.detail, dim=True)
    service = knowledge.services[fact.service].name
    click.secho(f"{service} \u00b7 {fact.source} \u00b7 checked {fact.checked}", fg="cyan")


def _wrapped(text: str, fg: str | None = None, dim: bool = False) -> None:
    width = min(shutil.get_terminal_size().columns, 100)
    click.secho(textwrap.fill(text, width, break_on_hyphens=False), fg=fg, dim=dim or None)
