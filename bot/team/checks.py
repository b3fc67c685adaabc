"""A curator's confirmation that a fact was still true on a day.

A check holds for the fact as it was then: once its text changes, the check says nothing about it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from knowledge import Fact
from knowledge.review import is_overdue


@dataclass(frozen=True, slots=True)
class FactCheck:
    """The day (YYYY-MM-DD) of a check, and a digest of what was checked."""

    day: str
    digest: str

    def encode(self) -> str:
        return f"{self.day} {self.digest}"

    @classmethod
    def decode(cls, text: str) -> FactCheck | None:
        """None for anything that this version didn't write."""
        day, _, digest = text.partition(" ")
        try:
            date.fromisoformat(day)
        except ValueError:
            return None
        return cls(day, digest)


def check_of(fact: Fact, day: date) -> FactCheck:
    return FactCheck(day.isoformat(), _digest(fact))


def with_check(fact: Fact, check: FactCheck | None) -> Fact:
    """The fact with the later of both days."""
    if check is None or check.day <= fact.checked or check.digest != _digest(fact):
        return fact
    return replace(fact, checked=check.day)


def share_in_date(facts: Collection[Fact], today: date) -> float:
    """The share of facts whose source needn't be read again yet, from 0 to 1."""
    if not facts:
        return 1.0
    return sum(not is_overdue(fact, today) for fact in facts) / len(facts)


def _digest(fact: Fact) -> str:
    said = "\n".join((fact.title, fact.answer, fact.detail or "", fact.was or "", fact.source))
    return hashlib.sha256(said.encode()).hexdigest()[:16]
