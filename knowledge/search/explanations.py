"""Which facts say that they explain an error in a text, by its code or message."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from typing import Self

from knowledge.error_patterns import occurs, pieces
from knowledge.model import Fact
from knowledge.search.codes import find_codes, is_generic_error

MAX_CHARS = 4_000
"""Characters, from the end of a text, in which an error is looked for."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class ErrorPattern:
    """A fact's pattern; the fact is given by number.

    `word` occurs as a whole word in every text that the pattern matches; "" if there is no such
    word.
    """

    text: str
    number: int
    word: str
    literal: str


class Explanations:
    """The `errors` of all facts; facts are given by number."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._arrange(_patterns(facts))

    def with_changes(self, facts: Iterable[Fact], start: int, without: Collection[int]) -> Self:
        """The same with more facts, numbered from `start` on, and without some others."""
        changed = copy(self)
        kept = [pattern for pattern in self._patterns if pattern.number not in without]
        changed._arrange([*kept, *_patterns(facts, start)])
        return changed

    def of(self, text: str) -> dict[int, bool]:
        """The facts one of whose patterns occurs in the text, and whether by one of its own.

        Codes and messages that any service may give, such as AccessDenied, belong to none.
        """
        said = " ".join(text[-MAX_CHARS:].lower().split())
        found: dict[int, bool] = {}
        for word in dict.fromkeys(["", *_WORD.findall(said)]):
            for pattern in self._by_word.get(word, ()):
                if pattern.literal in said and occurs(pattern.text, said):
                    own = not is_generic_error(pattern.text, find_codes(pattern.text))
                    found[pattern.number] = found.get(pattern.number, False) or own
        return found

    def _arrange(self, patterns: Iterable[ErrorPattern]) -> None:
        """Arrange the patterns by a word, because most texts have none of these words."""
        self._patterns = list(patterns)
        self._by_word: dict[str, list[ErrorPattern]] = {}
        for pattern in self._patterns:
            self._by_word.setdefault(pattern.word, []).append(pattern)


def _patterns(facts: Iterable[Fact], start: int = 0) -> Iterator[ErrorPattern]:
    for number, fact in enumerate(facts, start):
        for text in fact.errors:
            word = max(_whole_words(text), key=len, default="")
            yield ErrorPattern(text, number, word, max(pieces(text), key=len))


def _whole_words(pattern: str) -> Iterator[str]:
    """The words of a pattern that don't touch an asterisk, behind which they might go on."""
    wanted = pieces(pattern)
    for number, piece in enumerate(wanted):
        is_open = number > 0 or pattern.startswith("*")
        goes_on = number < len(wanted) - 1 or pattern.endswith("*")
        for word in _WORD.finditer(piece):
            if not (word.start() == 0 and is_open) and not (word.end() == len(piece) and goes_on):
                yield word[0]
