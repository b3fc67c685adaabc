"""Choose what to ask next."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from knowledge import Fact

MISSED = 0.5
"""A channel has missed a question that a smaller share of it answered right."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact that a channel was asked about, and how many answered, and right."""

    fact: str
    service: str
    answers: int = 0
    right: int = 0

    @property
    def is_missed(self) -> bool:
        return self.answers > 0 and self.right < MISSED * self.answers


def pool(facts: Iterable[Fact], services: Collection[str] = ()) -> list[Fact]:
    """The facts that can be asked about, of these services or of all, by id."""
    found = [fact for fact in facts if fact.quiz and (not services or fact.service in services)]
    return sorted(found, key=lambda fact: fact.id)


def choose(facts: Sequence[Fact], asked: Sequence[Asked], seed: str) -> Fact | None:
    """The fact of a pool to ask about; `asked` is what the channel was asked before, oldest first.

    No fact comes again before every fact of the pool has come; what was missed comes first then,
    and the last question's service is avoided. None if the pool is empty.
    """
    if not facts:
        return None
    counts = Counter(each.fact for each in asked)
    times = [counts.get(fact.id, 0) for fact in facts]
    fewest = min(times)
    due = [fact for fact, count in zip(facts, times, strict=True) if count == fewest]
    missed = {each.fact for each in asked if each.is_missed}
    missed -= {each.fact for each in _latest(asked) if not each.is_missed}
    if missed:
        due = [fact for fact in due if fact.id in missed] or due
    last = asked[-1].service if asked else None
    due = [fact for fact in due if fact.service != last] or due
    return random.Random(seed).choice(due)


def times_asked(fact: Fact, asked: Iterable[Asked]) -> int:
    return sum(each.fact == fact.id for each in asked)


def _latest(asked: Iterable[Asked]) -> Iterable[Asked]:
    """The last time that each fact was asked about."""
    return {each.fact: each for each in asked}.values()
