"""Which facts say that they explain an error in a text, by its code or message."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from copy import copy
from typing import Self

from knowledge.error_patterns import occurs, pieces
from knowledge.model import Fact
from knowledge.search.codes import find_codes, is_generic_error

MAX_CHARS = 4_000
"""Characters, from the end of a text, in which an error is looked for."""


class Explanations:
    """The `errors` of all facts; facts are given by number."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._patterns = list(_patterns(facts))

    def with_changes(self, facts: Iterable[Fact], start: int, without: Collection[int]) -> Self:
        """The same with more facts, numbered from `start` on, and without some others."""
        changed = copy(self)
        kept = [pattern for pattern in self._patterns if pattern[2] not in without]
        changed._patterns = [*kept, *_patterns(facts, start)]
        return changed

    def of(self, text: str) -> dict[int, bool]:
        """The facts one of whose patterns occurs in the text, and whether by one of its own.

        Codes and messages that any service may give, such as AccessDenied, belong to none.
        """
        said = " ".join(text[-MAX_CHARS:].lower().split())
        found: dict[int, bool] = {}
        for literal, pattern, number in self._patterns:
            if literal in said and occurs(pattern, said):
                own = not is_generic_error(pattern, find_codes(pattern))
                found[number] = found.get(number, False) or own
        return found


def _patterns(facts: Iterable[Fact], start: int = 0) -> Iterator[tuple[str, str, int]]:
    """The longest literal piece of each pattern, the pattern, and its fact's number."""
    for number, fact in enumerate(facts, start):
        for pattern in fact.errors:
            yield max(pieces(pattern), key=len), pattern, number
