"""Who chose what, and who leads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass

SHORTEST_STREAK = 2
"""Right answers in a row from which on a person is named for them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's choice; `at` is when they last changed it."""

    user: str
    choice: int
    at: float


@dataclass(frozen=True, slots=True)
class Tally:
    """How a question was answered. `first` gave the right answer before all others."""

    counts: tuple[int, ...]
    first: str | None

    @property
    def answers(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of the leaderboard; people with as many right answers share a rank."""

    rank: int
    user: str
    right: int
    answered: int


@dataclass(frozen=True, slots=True)
class Round:
    """A question whose answer is out: who answered in time, and who of them was right."""

    answered: frozenset[str]
    right: frozenset[str]


def tally(answers: Iterable[Answer], right: int, options: int) -> Tally:
    answers = list(answers)
    counts = Counter(answer.choice for answer in answers)
    first = min(
        (answer for answer in answers if answer.choice == right),
        key=lambda answer: (answer.at, answer.user),
        default=None,
    )
    shown = tuple(counts[option] for option in range(options))
    return Tally(shown, first.user if first else None)


def rank(rounds: Iterable[Round], hidden: Set[str] = frozenset()) -> list[Standing]:
    """Everybody who answered, best first; ties are broken by name only in the order."""
    right: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    for each in rounds:
        right.update(each.right - hidden)
        answered.update(each.answered - hidden)
    order = sorted(answered, key=lambda user: (-right[user], user))
    scores = [right[user] for user in order]
    return [
        Standing(scores.index(right[user]) + 1, user, right[user], answered[user]) for user in order
    ]
