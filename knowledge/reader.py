"""From text to the tokens that the index holds, and from a question to what it asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.language import STOPWORDS, stem, terms
from knowledge.model import Fact
from knowledge.names import Names
from knowledge.spelling import Spelling


class Reader:
    """Turns text into tokens, remembering every word it has seen."""

    def __init__(self, same: Mapping[str, str]) -> None:
        self.same = same
        self._tokens: dict[str, str] = {}

    def token(self, word: str) -> str:
        """The token of a word, empty for a stopword."""
        token = self._tokens.get(word)
        if token is None:
            kept = self.same.get(word, word)
            token = self._tokens[word] = "" if kept in STOPWORDS else stem(kept)
        return token

    def tokens(self, text: str) -> list[str]:
        return [t for term in terms(text) for word in term if (t := self.token(word))]


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
    """Reads questions: corrects spelling, splits and joins words, recognizes names."""

    def __init__(self, reader: Reader, names: Names, facts: Iterable[Fact]) -> None:
        self._reader = reader
        self.names = names
        counts = _count_words(facts)
        for name in names.all():
            counts[name] += 5
        self._tokens = {reader.token(word) for word in counts}
        for word in (*STOPWORDS, *reader.same):
            counts[word] += 20
        self._known = counts.keys()
        self._spelling = Spelling(counts)

    def read(self, text: str) -> Reading:
        words: list[str] = []
        groups: list[list[str]] = []
        for term in terms(text):
            self._read_term(term, words, groups)
        for left, right in zip(words, words[1:], strict=False):
            if left + right in self._tokens:
                groups.append([left + right])
        distinct = {group[0]: tuple(dict.fromkeys(group)) for group in reversed(groups)}
        return Reading(tuple(words), tuple(reversed(distinct.values())), self.names.find(words))

    def is_content(self, word: str) -> bool:
        """Whether a word says something beyond grammar."""
        return bool(self._reader.token(word))

    def _is_known(self, word: str) -> bool:
        return word in self._known or self._reader.token(word) in self._tokens

    def _read_term(
        self, term: Sequence[str], words: list[str], groups: list[list[str]]
    ) -> None:
        whole, *parts = term
        if self._is_known(whole):
            words.append(whole)
            groups += ([token] for word in term if (token := self._reader.token(word)))
        elif parts:
            for part in parts:
                self._read_term((part,), words, groups)
        elif near := self._spelling.nearest(whole):
            words.append(near[0])
            if self._reader.token(near[0]):
                groups.append([token for word in near if (token := self._reader.token(word))])
        elif split := self._split(whole):
            for part in split:
                self._read_term((part,), words, groups)
        else:
            words.append(whole)
            groups.append([whole])

    def _split(self, word: str) -> tuple[str, str] | None:
        """Two known words that someone wrote as one."""
        for at in range(3, len(word) - 2):
            if word[:at] in self._known and word[at:] in self._known:
                return word[:at], word[at:]
        return None


def _count_words(facts: Iterable[Fact]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for fact in facts:
        texts = (*fact.phrasings, *fact.keywords, fact.title, fact.answer, fact.detail or "")
        for text in texts:
            for term in terms(text):
                counts.update(term)
    return counts
