"""From text to the tokens that the index holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.language import STOPWORDS, clean, compounds, split, stem
from knowledge.names import Names


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A word or identifier as typed: its plain words, and the tokens they are found by."""

    words: tuple[str, ...]
    tokens: tuple[str, ...]


class Reader:
    """Turns text into terms, remembering every one it has seen in the facts."""

    def __init__(self, same: Mapping[str, str], names: Names) -> None:
        self.same = same
        self.names = names
        self._terms = _Terms(self)

    def token(self, word: str) -> str:
        """The token of a word, empty for a stopword."""
        kept = self.same.get(word, word)
        return "" if kept in STOPWORDS else stem(kept)

    def term(self, compound: str) -> Term:
        """Read one compound; names and single letters are not taken apart."""
        whole, *parts = split(compound)
        if self.names.is_name(whole):
            parts = []
        words = (whole, *(part for part in parts if len(part) > 1))
        return Term(words, tuple(token for word in words if (token := self.token(word))))

    def learned(self, compound: str) -> Term | None:
        """The term of a compound that some fact holds."""
        return self._terms.get(compound)

    def learn(self, texts: Sequence[str]) -> list[list[Term]]:
        """The terms of each of a fact's texts."""
        lines = clean("\n".join(text.replace("\n", " ") for text in texts)).split("\n")
        read = self._terms.__getitem__
        return [list(map(read, compounds(line))) for line in lines]

    def naming(self) -> set[Term]:
        """The terms learned so far that can begin a name."""
        return self._terms.naming


class _Terms(dict[str, Term]):
    """Terms by compound, read when first looked up."""

    def __init__(self, reader: Reader) -> None:
        self.naming: set[Term] = set()
        self._reader = reader

    def __missing__(self, compound: str) -> Term:
        term = self[compound] = self._reader.term(compound)
        if self._reader.names.may_begin(term.words[0]):
            self.naming.add(term)
        return term
