"""Results and facts as lines of plain text: a terminal styles them, agents get them as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from bot import messages
from bot.views import about
from knowledge import Fact, KnowledgeBase, Outcome, Overview, Result
from knowledge.milestones import say_milestones
from knowledge.reference.answer import ReferenceAnswer
from knowledge.review import is_overdue


class Role(Enum):
    """What a line says."""

    TITLE = auto()
    VERDICT = auto()
    TEXT = auto()
    CHANGE = auto()
    DETAIL = auto()
    SOURCE = auto()
    REMARK = auto()
    LISTED = auto()
    HINT = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One line; only a `LISTED` one has the ID of the fact whose title it shows."""

    role: Role
    text: str
    fact_id: str = ""

    def __str__(self) -> str:
        return f"  {self.fact_id}  {self.text}" if self.fact_id else self.text


@dataclass(frozen=True, slots=True)
class Hints:
    """What to do next, worded for the reader; `list_all` contains `{slug}`."""

    show_one: str
    small_talk: str
    list_all: str = ""


def result_lines(
    knowledge: KnowledgeBase, result: Result, today: date, hints: Hints
) -> Iterator[Line]:
    """The fact, or what there is instead of one: an overview, a choice, a refusal."""
    if result.confident and result.best:
        if result.verdict:
            yield Line(Role.VERDICT, result.verdict)
        yield from fact_lines(knowledge, result.best.fact, today)
        if result.beside:
            yield Line(Role.TEXT, "")
            yield from fact_lines(knowledge, result.beside.fact, today)
        if result.reference:
            yield Line(Role.TEXT, "")
            yield from _reference_lines(result.reference)
    elif result.outcome is Outcome.SMALL_TALK:
        yield Line(Role.REMARK, hints.small_talk)
    elif result.service:
        yield from _overview_lines(knowledge.overview(result.service), hints)
    else:
        if result.reference:
            yield from _reference_lines(result.reference)
            if result.nearest:
                yield Line(Role.REMARK, messages.FACTS_NEARBY)
        else:
            yield Line(Role.REMARK, messages.remark(result))
        for match in result.nearest:
            yield Line(Role.LISTED, match.fact.title, match.fact.id)
        if result.nearest:
            yield Line(Role.HINT, hints.show_one)


def _reference_lines(found: ReferenceAnswer) -> Iterator[Line]:
    yield Line(Role.TITLE, found.title)
    yield Line(Role.TEXT, found.text)
    yield Line(Role.SOURCE, found.source)


def fact_lines(knowledge: KnowledgeBase, fact: Fact, today: date) -> Iterator[Line]:
    """The whole fact as of `today`."""
    yield Line(Role.TITLE, fact.title)
    yield Line(Role.TEXT, fact.answer)
    if milestones := say_milestones(fact, today, detailed=True):
        yield Line(Role.TEXT, milestones)
    if fact.was:
        yield Line(Role.CHANGE, messages.was(fact.was))
    if fact.misread:
        yield Line(Role.CHANGE, messages.misread(fact.misread))
    if fact.detail:
        yield Line(Role.DETAIL, fact.detail)
    service = knowledge.services[fact.service].name
    checked = messages.checked(fact.checked, is_overdue(fact, today))
    yield Line(Role.SOURCE, f"{service} \u00b7 {fact.source} \u00b7 {checked}")


def _overview_lines(overview: Overview, hints: Hints) -> Iterator[Line]:
    service = overview.service
    yield Line(Role.TITLE, about.overview_title(service.name, overview.count))
    if service.summary:
        yield Line(Role.TEXT, service.summary)
    yield Line(Role.TEXT, messages.MOST_ASKED)
    for fact in overview.most_asked:
        yield Line(Role.LISTED, fact.title, fact.id)
    list_all = hints.list_all.format(slug=service.slug)
    yield Line(Role.HINT, " ".join(filter(None, (hints.show_one, list_all))))
