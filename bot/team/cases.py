"""Reported facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CaseOutcome(StrEnum):
    """What the curators did with a reported fact."""

    KEPT = "kept"
    CORRECTED = "corrected"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Report:
    """What a person says is wrong, with a link or ""; `user` is "" if they were erased."""

    id: int
    user: str
    complaint: str
    link: str
    at: float


@dataclass(frozen=True, slots=True)
class Case:
    """A reported fact, with its reports, oldest first. Times are seconds since 1970.

    `title` is what the fact was called when it was first reported.
    `outcome` is None while the case is open; `decided_by` is "" if that person was erased.
    """

    id: int
    team: str
    fact: str
    title: str
    opened_at: float
    reminded_at: float | None
    outcome: CaseOutcome | None
    decided_by: str
    decided_at: float | None
    reports: tuple[Report, ...]

    @property
    def is_open(self) -> bool:
        return self.outcome is None
