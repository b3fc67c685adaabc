"""From text to the tokens that the index holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from knowledge.search.language import STOPWORDS, clean, compounds, split, stem
from knowledge.search.names import Names


class Term(NamedTuple):
    """A word or identifier as typed: its plain words, and the tokens they are found by."""

    words: tuple[str, ...]
    tokens: tuple[str, ...]


class Reader:
    """Turns text into terms, remembering every word and identifier it has seen in the facts."""

    def __init__(self, same: Mapping[str, str], names: Names) -> None:
        self.same = same
        self.names = names
        self._learned: set[str] = set()
        self._terms: dict[str, Term] = {}
        self._naming: set[str] = set()

    def __getstate__(self) -> dict[str, object]:
        return self.__dict__ | {"_terms": {}}  # there are thousands, and a question needs a few

    def copy(self) -> Reader:
        """A reader that knows the same, and can learn more by itself."""
        copied = Reader(self.same, self.names)
        copied._learned = self._learned.copy()
        copied._terms = self._terms.copy()
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

    def has_learned(self, compound: str) -> bool:
        """Whether the facts write a compound just like this."""
        return compound in self._learned

    def learned(self, compound: str) -> Term:
        """The term of a compound that has been learned."""
        found = self._terms.get(compound)
        if found is None:
            found = self._terms[compound] = self.term(compound)
        return found

    def learn(self, texts: Sequence[str]) -> list[list[str]]:
        """The compounds of each of a fact's texts."""
        lines = clean("\n".join(text.replace("\n", " ") for text in texts)).split("\n")
        found = [compounds(line) for line in lines]
        for compound in set().union(*found) - self._learned:
            self._learned.add(compound)
            if self.names.may_begin(self.learned(compound).words[0]):
                self._naming.add(compound)
        return found

    def mentions(self, texts: Sequence[Sequence[str]]) -> set[str]:
        """What learned texts, given as compounds, name."""
        mentioned: set[str] = set()
        for text in texts:
            if not self._naming.isdisjoint(text):
                words = [self.learned(compound).words[0] for compound in text]
                mentioned.update(self.names.find(words, text))
        return mentioned
