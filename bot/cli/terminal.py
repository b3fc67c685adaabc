"""Print to the terminal: control characters are escaped, and color is optional."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from bot import messages
from bot.views import about
from knowledge import Outcome
from knowledge.files.characters import visible
from knowledge.milestones import say_milestones
from knowledge.review import is_overdue

if TYPE_CHECKING:
    from bot.quiz.question import QuizQuestion
    from knowledge import Fact, KnowledgeBase, Overview, Result
    from knowledge.files.faults import Fault

SMALL_TALK_HERE = "I only know AWS facts. Ask me something like: factbot ask sqs message size"
SHOW_ONE = "Run “factbot show ID” to see one."


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


def show_result(knowledge: KnowledgeBase, result: Result, today: date) -> None:
    """Print the answer's card, or the closest facts."""
    if result.confident and result.best:
        if result.verdict:
            _wrapped(result.verdict, bold=True)
        show_fact(knowledge, result.best.fact, today)
        if result.beside:
            say()
            show_fact(knowledge, result.beside.fact, today)
        return
    if result.outcome is Outcome.SMALL_TALK:
        say_styled((SMALL_TALK_HERE, {"fg": "yellow"}))
        return
    if result.service:
        _overview(knowledge.overview(result.service))
        return
    say_styled((messages.remark(result), {"fg": "yellow"}))
    for match in result.nearest:
        say_styled(("  ", {}), (match.fact.id, {"fg": "cyan"}), (f"  {match.fact.title}", {}))
    if result.nearest:
        say(SHOW_ONE)


def show_question(service: str, question: QuizQuestion, answers: bool) -> None:
    """Print a quiz question as a channel sees it, or with its right option marked."""
    say_styled((messages.quiz_title(service), {"bold": True, "fg": "green"}))
    _wrapped(question.text)
    for number, line in enumerate(question.lettered_options()):
        marked = answers and number == question.right_index
        text = f"  {line}" + (f"  ({messages.RIGHT})" if marked else "")
        say_styled((text, {"bold": marked or None}))
    say()


def _overview(overview: Overview) -> None:
    service = overview.service
    title = about.overview_title(service.name, overview.count)
    say_styled((title, {"bold": True, "fg": "green"}))
    if service.summary:
        _wrapped(service.summary)
    say(messages.MOST_ASKED)
    for fact in overview.most_asked:
        say_styled(("  ", {}), (fact.id, {"fg": "cyan"}), (f"  {fact.title}", {}))
    say(f"{SHOW_ONE} {list_all(service.slug)}")


def show_fact(knowledge: KnowledgeBase, fact: Fact, today: date) -> None:
    """Print the whole fact as of `today`."""
    say_styled((fact.title, {"bold": True, "fg": "green"}))
    _wrapped(fact.answer)
    if milestones := say_milestones(fact, today, detailed=True):
        _wrapped(milestones)
    if fact.was:
        _wrapped(messages.was(fact.was), fg="yellow")
    if fact.misread:
        _wrapped(messages.misread(fact.misread), fg="yellow")
    if fact.detail:
        _wrapped(fact.detail, dim=True)
    service = knowledge.services[fact.service].name
    checked = messages.checked(fact.checked, is_overdue(fact, today))
    line = f"{service} \u00b7 {fact.source} \u00b7 {checked}"
    say_styled((line, {"fg": "cyan"}))


def _wrapped(text: str, fg: str | None = None, dim: bool = False, bold: bool = False) -> None:
    width = min(shutil.get_terminal_size().columns, 100)
    filled = textwrap.fill(text, width, break_on_hyphens=False)
    say_styled((filled, {"fg": fg, "dim": dim or None, "bold": bold or None}))


def count_faults(faults: Sequence[Fault]) -> str:
    return "1 fault" if len(faults) == 1 else f"{len(faults)} faults"


def list_all(slug: str) -> str:
    return f"Run “factbot facts --service {slug}” to list them all."


def in_slack(command: str, text: str) -> str:
    return f"That only works in Slack. Type “{command} {text}” there."
