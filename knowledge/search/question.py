"""Read a question: correct its spelling, split and join words, recognize what it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from knowledge.search.language import LONGEST, STOPWORDS, clean, compounds
from knowledge.search.reader import Reader
from knowledge.search.spelling import Spelling


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as the matcher sees it.

    `groups` are the tokens asked for, each with the other readings of a misspelt word; `names`
    are the services and technologies named, with their spans in `words`.
    """

    words: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    names: Mapping[str, tuple[int, int]]


class QuestionReader:
    """`counts` says how many facts use each word; `everyday` words are spelt right, too."""

    def __init__(self, reader: Reader, counts: Counter[str], everyday: Collection[str]) -> None:
        self._reader = reader
        counts = counts.copy()
        for name in reader.names.all():
            counts[name] += 5
        self._tokens = {reader.token(word) for word in counts}
        for word in (*STOPWORDS, *reader.same):
            counts[word] += 20
        self.everyday = frozenset(map(reader.token, everyday)) - self._tokens
        counts.update(everyday)
        self._known = frozenset(counts)
        self._spelling = Spelling(counts)

    def read(self, text: str) -> Reading:
        """Read a question's first LONGEST characters."""
        words: list[str] = []
        groups: list[list[str]] = []
        for compound in compounds(clean(text[:LONGEST])):
            term = self._reader.learned.get(compound)
            if term:
                words.append(term.words[0])
                groups += ([token] for token in term.tokens)
            else:
                self._read_term(self._reader.term(compound).words, words, groups)
        for left, right in zip(words, words[1:], strict=False):
            joined = left + right
            if len(joined) > 4 and joined in self._tokens and not self._are_found(left, right):
                groups.append([joined])
        distinct: dict[str, tuple[str, ...]] = {}
        for group in groups:
            distinct.setdefault(group[0], tuple(dict.fromkeys(group)))
        names = self._reader.names.find(words)
        return Reading(tuple(words), tuple(distinct.values()), names)

    def is_content(self, word: str) -> bool:
        """Whether a word says something beyond grammar."""
        return bool(self._reader.token(word))

    def _are_found(self, *words: str) -> bool:
        """Whether the facts hold each of these words by itself."""
        return all(self._reader.token(word) in self._tokens for word in words)

    def _is_known(self, word: str) -> bool:
        token = self._reader.token(word)
        return word in self._known or token in self._tokens or token in self.everyday

    def _read_term(self, term: Sequence[str], words: list[str], groups: list[list[str]]) -> None:
        whole, *parts = term
        token = self._reader.token
        if self._is_known(whole):
            words.append(whole)
            groups += ([found] for word in term if (found := token(word)))
        elif near := self._spelling.nearest(whole):
            words.append(near[0])
            if token(near[0]):
                groups.append([found for word in near if (found := token(word))])
        elif parts:
            for part in parts:
                self._read_term((part,), words, groups)
        elif halves := self._split(whole):
            for half in halves:
                self._read_term((half,), words, groups)
        else:
            words.append(whole)
            groups.append([whole])

    def _split(self, word: str) -> tuple[str, str] | None:
        """Two known words that someone wrote as one."""
        for at in range(3, min(len(word), 40) - 2):
            if word[:at] in self._known and word[at:] in self._known:
                return word[:at], word[at:]
        return None
