"""Right answers in a row. One missed question a month is forgiven, so a day off ends no streak."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Streak:
    """How often a person was right in a row, and the month of the latest miss that was forgiven."""

    length: int
    missed_in: str | None = None


@dataclass(frozen=True, slots=True)
class ClosedQuestion:
    """A question that people have seen: its local day, who answered it in time, and who rightly."""

    day: date
    answered: Set[str]
    right: Set[str]


def month_of(day: date) -> str:
    """The calendar month that a miss counts for: `2026-11`."""
    return f"{day:%Y-%m}"


def count_streaks(questions: Iterable[ClosedQuestion]) -> Mapping[str, Streak]:
    """The streaks after these questions of a channel, oldest first.

    A wrong answer ends a streak, and so does a second question without an answer in one month.
    """
    streaks: dict[str, Streak] = {}
    for question in questions:
        month = month_of(question.day)
        after = {}
        for user in streaks.keys() | question.right:
            before = streaks.get(user, Streak(0))
            if user in question.right:
                after[user] = Streak(before.length + 1, before.missed_in)
            elif user not in question.answered and before.missed_in != month:
                after[user] = Streak(before.length, month)
        streaks = after
    return streaks
