"""From text to the tokens that the index holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from knowledge.search.language import STOPWORDS, clean, compounds, split, stem
from knowledge.search.names import Names


class Term(NamedTuple):
    """A word or identifier as typed: its plain words, and the tokens they are found by.

    There are thousands, and named tuples are read from the cache several times as fast as
    dataclasses with slots, whose state is set field by field in Python.
    """

    words: tuple[str, ...]
    tokens: tuple[str, ...]


class Reader:
    """Turns text into terms, remembering every one it has seen in the facts."""

    def __init__(self, same: Mapping[str, str], names: Names) -> None:
        self.same = same
        self.names = names
        self.learned: dict[str, Term] = {}
        self._naming: set[str] = set()

    def copy(self) -> Reader:
        """A reader that knows the same, and can learn more by itself."""
        copied = Reader(self.same, self.names)
        copied.learned = self.learned.copy()
        copied._naming = self._naming.copy()
        return copied

    def token(self, word: str) -> str:
        """The token of a word, empty for a stopword."""
        same = self.same.get(word, word)
        return "" if same in STOPWORDS else stem(same)

    def term(self, compound: str) -> Term:
        """Read one compound; names and single letters are not taken apart."""
        whole, *parts = split(compound)
        if self.names.is_name(whole):
            parts = []
        words = (whole, *(part for part in parts if len(part) > 1))
        return Term(words, tuple(token for word in words if (token := self.token(word))))

    def learn(self, texts: Sequence[str]) -> list[list[str]]:
        """The compounds of each of a fact's texts; their terms are kept in `learned`."""
        lines = clean("\n".join(text.replace("\n", " ") for text in texts)).split("\n")
        found = [compounds(line) for line in lines]
        for compound in set().union(*found).difference(self.learned):
            term = self.learned[compound] = self.term(compound)
            if self.names.may_begin(term.words[0]):
                self._naming.add(compound)
        return found

    def mentions(self, texts: Sequence[Sequence[str]]) -> set[str]:
        """What learned texts, given as compounds, name."""
        mentioned: set[str] = set()
        for text in texts:
            if not self._naming.isdisjoint(text):
                words = [self.learned[compound].words[0] for compound in text]
                mentioned.update(self.names.find(words, text))
        return mentioned
