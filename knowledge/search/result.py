"""What asking a question gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from knowledge.model import Fact


class Outcome(Enum):
    """`OVERVIEW` answers a bare service name, `SMALL_TALK` is no question at all."""

    ANSWER = "answer"
    SUGGEST = "suggest"
    UNKNOWN = "unknown"
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

    @property
    def confident(self) -> bool:
        return self.outcome is Outcome.ANSWER

    @property
    def nearest(self) -> tuple[Match, ...]:
        """The best three facts, best first."""
        return ((self.best, *self.others) if self.best else ())[:3]
