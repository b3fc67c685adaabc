"""Who chose which option, and who leads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass

MIN_STREAK = 2
"""Right answers in a row that make a streak worth mentioning."""


@dataclass(frozen=True, slots=True)
class QuizAnswer:
    """One person's answer: the index of an option, and when they last changed it (seconds)."""

    user: str
    choice: int
    at: float


@dataclass(frozen=True, slots=True)
class Tally:
    """How a question was answered: a count per option, and who gave the right answer first."""

    counts: tuple[int, ...]
    first_right_user: str | None

    @property
    def answer_count(self) -> int:
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
    """A closed question: the users who answered in time, and those of them who were right."""

    answered: frozenset[str]
    right: frozenset[str]


def tally(answers: Iterable[QuizAnswer], right_index: int, option_count: int) -> Tally:
    answers = list(answers)
    counts = Counter(answer.choice for answer in answers)
    first = min(
        (answer for answer in answers if answer.choice == right_index),
        key=lambda answer: (answer.at, answer.user),
        default=None,
    )
    per_option = tuple(counts[option] for option in range(option_count))
    return Tally(per_option, first.user if first else None)


def rank(rounds: Iterable[Round], hidden: Set[str] = frozenset()) -> list[Standing]:
    """Everybody who answered, except hidden users, best first.

    People with equal scores share a rank and are listed by their ids.
    """
    right: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    for past in rounds:
        right.update(past.right - hidden)
        answered.update(past.answered - hidden)
    order = sorted(answered, key=lambda user: (-right[user], user))
    scores = [right[user] for user in order]
    return [
        Standing(scores.index(right[user]) + 1, user, right[user], answered[user]) for user in order
    ]
