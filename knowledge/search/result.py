"""What asking a question gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from knowledge.model import Fact


class Outcome(Enum):
    ANSWER = "answer"
    SUGGEST = "suggest"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """A fact and how well it fits, from 0 to 1."""

    fact: Fact
    score: float


@dataclass(frozen=True, slots=True)
class Result:
    """The best match, whether to be confident in it, and up to three others, best first.

    `outside` names what the question is about if no fact speaks of it. `verdict` is a sentence
    that settles a number in the question by the number that the best fact is about.
    """

    question: str
    best: Match | None
    others: tuple[Match, ...]
    outcome: Outcome
    outside: str | None = None
    verdict: str | None = None

    @property
    def confident(self) -> bool:
        return self.outcome is Outcome.ANSWER

    @property
    def nearest(self) -> tuple[Match, ...]:
        """The best three facts, best first."""
        return ((self.best, *self.others) if self.best else ())[:3]
