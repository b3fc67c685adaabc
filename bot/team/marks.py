"""What a workspace says about one fact."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marks:
    """`is_own` if the workspace wrote the fact, `is_disputed` if it is under review there."""

    is_own: bool = False
    is_disputed: bool = False
    note: str = ""


NO_MARKS = Marks()
