"""What asking a question gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from knowledge.model import Fact
from knowledge.reference.answer import ReferenceAnswer


class Outcome(Enum):
    """`REFERENCE` answers from installed packages' data, with no fact; `OVERVIEW` answers a bare
    service name, `SMALL_TALK` is no question at all."""

    ANSWER = "answer"
    SUGGEST = "suggest"
    UNKNOWN = "unknown"
    REFERENCE = "reference"
    OVERVIEW = "overview"
    SMALL_TALK = "small talk"


@dataclass(frozen=True, slots=True)
class Match:
    """A fact and how well it fits, from 0 to 1."""

    fact: Fact
    score: float


@dataclass(frozen=True, slots=True)
class Result:
    """The best match, whether to be confident in it, and up to three others, best first.

    `beside` is the second fact of a comparison that no single fact covers. `outside` names what
    the question is about if no fact speaks of it, `service` is the slug of an overview's service.
    `reference` is what other data says about an exact name, beside a fact or instead of one.
    `detailed` asks to show what the last answer left out. `verdict` is a sentence that settles a
    number in the question by the number that the best fact is about.
    """

    question: str
    best: Match | None
    others: tuple[Match, ...]
    outcome: Outcome
    outside: str | None = None
    beside: Match | None = None
    service: str | None = None
    detailed: bool = False
    verdict: str | None = None
    reference: ReferenceAnswer | None = None

    @property
    def confident(self) -> bool:
        """Whether `best` may be shown as the answer."""
        return self.outcome is Outcome.ANSWER

    @property
    def nearest(self) -> tuple[Match, ...]:
        """The best three facts, best first."""
        return ((self.best, *self.others) if self.best else ())[:3]


def with_reference(result: Result, found: ReferenceAnswer) -> Result:
    """The same with what other data says, which never takes the place of a certain fact.

    It comes after such a fact, unless that says the same. Without one, facts stay only if they may
    be meant, and speak of the name.
    """
    if result.confident and result.best:
        fact = result.best.fact
        said = f"{fact.title} {fact.answer} {fact.milestones}"  # what a short card shows
        return replace(result, reference=found) if found.adds_to(said) else result
    nearest = result.nearest if result.outcome is Outcome.SUGGEST else ()
    meant = [match for match in nearest if found.is_named_in(_whole(match.fact))]
    shown = replace(result, outcome=Outcome.REFERENCE, reference=found)
    return replace(shown, best=meant[0] if meant else None, others=tuple(meant[1:]))


def _whole(fact: Fact) -> str:
    return " ".join((fact.title, fact.answer, fact.detail or "", *fact.keywords, *fact.errors))
