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
    """How a question was answered: a count per option, and who was right, the first one first."""

    counts: tuple[int, ...]
    right_users: tuple[str, ...] = ()

    @property
    def answer_count(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of the leaderboard: how many of the questions asked a person answered, and rightly.

    People who are level share a rank; without a right answer there is none.
    """

    rank: int | None
    user: str
    right: int
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class Round:
    """A closed question: the users who answered in time, and those of them who were right."""

    answered: frozenset[str]
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class MissedQuestion:
    """A question that many people got wrong."""

    text: str
    right: int
    answered: int


def tally(answers: Iterable[QuizAnswer], right_index: int, option_count: int) -> Tally:
    answers = list(answers)
    counts = Counter(answer.choice for answer in answers)
    right = [answer for answer in answers if answer.choice == right_index]
    right.sort(key=lambda answer: (answer.at, answer.user))
    per_option = tuple(counts[option] for option in range(option_count))
    return Tally(per_option, tuple(answer.user for answer in right))


def rank(rounds: Iterable[Round], hidden: Set[str] = frozenset()) -> list[Standing]:
    """Everybody who answered, except hidden users, best first.

    Most right answers come first, so taking part counts; of those, the fewest wrong ones, so
    accuracy counts, too. People who are level are listed by their ids.
    """
    right: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    asked = 0
    for past in rounds:
        right.update(past.right - hidden)
        answered.update(past.answered - hidden)
        asked += 1
    scores = {user: (-right[user], answered[user]) for user in answered}
    ordered = sorted(scores.values())
    return [
        Standing(
            ordered.index(scores[user]) + 1 if right[user] else None,
            user, right[user], answered[user], asked,
        )
        for user in sorted(answered, key=lambda user: (scores[user], user))
    ]  # fmt: skip
