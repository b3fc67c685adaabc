"""What can be wrong with files of facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """Where a fact is: the path of its file, and its first line, counted from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong with a file of facts, and where. `line` counts from 1."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class FactsError(ValueError):
    """The fact files have faults; `faults` lists all of them by file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(map(str, self.faults)))
