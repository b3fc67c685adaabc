"""Choose the fact that a channel is asked about next."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from knowledge import Fact

MISSED_BELOW_SHARE = 0.5
"""A channel missed a question if a smaller share of its answers than this was right."""


@dataclass(frozen=True, slots=True)
class PastQuestion:
    """A fact that a channel was asked about, and how many people answered it, rightly or not."""

    fact: str
    service: str
    answer_count: int = 0
    right_count: int = 0

    @property
    def is_missed(self) -> bool:
        return self.answer_count > 0 and self.right_count < MISSED_BELOW_SHARE * self.answer_count


def quiz_facts(facts: Iterable[Fact], services: Collection[str] = ()) -> list[Fact]:
    """The facts with a quiz question, ordered by id; only those of `services` if there are any."""
    found = [fact for fact in facts if fact.quiz and (not services or fact.service in services)]
    return sorted(found, key=lambda fact: fact.id)


def choose(
    facts: Sequence[Fact],
    history: Sequence[PastQuestion],
    seed: str,
    preferences: Sequence[Callable[[Fact], bool]] = (),
) -> Fact | None:
    """Pick one of the facts; `history` is what the channel was asked before, oldest first.

    No fact repeats before every other fact has come up. When they start over, those that the
    channel missed come first. The service of the last question is avoided. Each preference counts
    where a fact is left that meets it, the first one most. None without facts.
    """
    if not facts:
        return None
    counts = Counter(past.fact for past in history)
    times = [counts.get(fact.id, 0) for fact in facts]
    fewest = min(times)
    due = [fact for fact, count in zip(facts, times, strict=True) if count == fewest]
    missed = {past.fact for past in history if past.is_missed}
    missed -= {past.fact for past in _latest(history) if not past.is_missed}
    if missed:
        due = [fact for fact in due if fact.id in missed] or due
    last_service = history[-1].service if history else None
    due = [fact for fact in due if fact.service != last_service] or due
    for is_preferred in preferences:
        due = [fact for fact in due if is_preferred(fact)] or due
    return random.Random(seed).choice(due)


def times_asked(fact: Fact, history: Iterable[PastQuestion]) -> int:
    return sum(past.fact == fact.id for past in history)


def _latest(history: Iterable[PastQuestion]) -> Iterable[PastQuestion]:
    """The last time that each fact was asked about."""
    return {past.fact: past for past in history}.values()
