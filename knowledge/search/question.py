"""Read a question: correct its spelling, split and join words, recognize what it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field

from knowledge.search.language import STOPWORDS, clean, compounds
from knowledge.search.reader import Reader
from knowledge.search.spelling import Spelling

MAX_CHARS = 2_000
"""Characters of a question that are read, after what surrounds an error has been left out."""
MAX_WORDS = 60
MAX_CORRECTIONS = 6
"""Unknown words of a question that are compared with known ones, which takes time."""

RARE_SHARE = 0.5
"""An abbreviation that facts use less than this often, beside the name, is read as the name."""
_CAMEL = re.compile(r"[a-z][A-Z]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as the matcher sees it.

    `groups` are the tokens asked for, each with the other readings of a misspelt word; `names`
    are the services and technologies named, with their spans in `words`, and `naming_words` the
    positions of the words that do nothing but name one. `naming` holds the first tokens of their
    groups, unless the question sets several against each other that have no facts: then they are
    what it is about.
    """

    words: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    names: Mapping[str, tuple[int, int]]
    naming_words: frozenset[int]
    naming: frozenset[str]


@dataclass(slots=True)
class _Words:
    """What has been read so far: words, as typed, and the tokens of each."""

    plain: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    groups: list[list[list[str]]] = field(default_factory=list)
    corrections: int = 0

    def add(self, plain: str, typed: str, groups: list[list[str]]) -> None:
        self.plain.append(plain)
        self.typed.append(typed)
        self.groups.append(groups)

    def join(self, start: int, end: int, token: Callable[[str], str]) -> None:
        """Make one word of several."""
        plain = "".join(self.plain[start:end])
        self.plain[start:end] = [plain]
        self.typed[start:end] = ["".join(self.typed[start:end])]
        self.groups[start:end] = [[[token(plain)]]]

    def part(self, at: int, parts: Sequence[str], token: Callable[[str], str]) -> None:
        """Put several words in the place of one."""
        self.plain[at : at + 1] = parts
        self.typed[at : at + 1] = parts
        self.groups[at : at + 1] = [[[token(part)]] for part in parts]


class QuestionReader:
    """`counts` says how many facts use each word; `everyday` words are spelt right, too."""

    def __init__(self, reader: Reader, counts: Counter[str], everyday: Collection[str]) -> None:
        self._reader = reader
        self._spelled_out = {
            short: parts
            for short, parts in reader.names.abbreviations()
            if counts[short] < RARE_SHARE * min(counts[part] for part in parts)
        }
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

    def with_words(self, reader: Reader, counts: Mapping[str, int]) -> QuestionReader:
        """The same with more words; `reader` has learned them, `counts` says how often."""
        extended = copy(self)
        extended._reader = reader
        added = {reader.token(word) for word in counts}
        extended._tokens = self._tokens | added
        extended.everyday = self.everyday - added
        extended._known = self._known.union(counts)
        extended._spelling = self._spelling.with_words(counts)
        return extended

    def read(self, text: str) -> Reading:
        """Read a question's first MAX_CHARS characters and MAX_WORDS words."""
        words = _Words()
        for compound in compounds(clean(text[:MAX_CHARS]))[:MAX_WORDS]:
            if self._reader.has_learned(compound):
                term = self._reader.learned(compound)
                words.add(term.words[0], compound, [[token] for token in term.tokens])
            else:
                term = self._reader.term(compound)
                self._read_term(term.words, compound, words)
        names = self._names(words)
        naming = self._naming(words, names)
        covered = {name: span for name, span in names.items() if name.startswith(":")}
        compares = len(names) - len(covered) > 1
        silent = self._naming(words, covered) if compares else naming
        return Reading(
            tuple(words.plain),
            self._groups(words),
            names,
            naming,
            frozenset(group[0] for at in silent for group in words.groups[at]),
        )

    def is_written(self, identifier: str) -> bool:
        """Whether the facts write an identifier just like this."""
        return self._reader.has_learned(identifier)

    def _names(self, words: _Words) -> dict[str, tuple[int, int]]:
        """The names in the words; those written apart are joined to the word that facts use."""
        find = self._reader.names.find
        names = find(words.plain, words.typed)
        for entity, (start, end) in sorted(names.items(), key=lambda name: -name[1][0]):
            if apart := self._reader.names.apart(entity, words.plain[start:end]):
                words.join(start, start + apart, self._reader.token)
            elif end == start + 1 and (parts := self._spelled_out.get(words.plain[start], ())):
                words.part(start, parts, self._reader.token)
        return find(words.plain, words.typed)

    def _groups(self, words: _Words) -> tuple[tuple[str, ...], ...]:
        groups = [group for groups in words.groups for group in groups]
        for left, right in zip(words.plain, words.plain[1:], strict=False):
            joined = left + right
            if len(joined) > 4 and joined in self._tokens and not self._are_found(left, right):
                groups.append([joined])
        distinct: dict[str, tuple[str, ...]] = {}
        for group in groups:
            distinct.setdefault(group[0], tuple(dict.fromkeys(group)))
        return tuple(distinct.values())

    def _naming(self, words: _Words, names: Mapping[str, tuple[int, int]]) -> frozenset[int]:
        found: set[int] = set()
        for name, (start, end) in names.items():
            flags = self._reader.names.naming(name, words.plain[start:end])
            found.update(at for at, only in enumerate(flags, start) if only)
        return frozenset(found)

    def _are_found(self, *words: str) -> bool:
        """Whether the facts hold each of these words by itself."""
        return all(self._reader.token(word) in self._tokens for word in words)

    def _is_known(self, word: str) -> bool:
        token = self._reader.token(word)
        return word in self._known or token in self._tokens or token in self.everyday

    def _read_term(self, term: Sequence[str], typed: str, words: _Words) -> None:
        whole, *parts = term
        token = self._reader.token
        if self._is_known(whole):
            words.add(whole, typed, [[found] for word in term if (found := token(word))])
        elif near := self._nearest(whole, words):
            readings = [found for word in near if (found := token(word))]
            words.add(near[0], typed, [readings] if token(near[0]) else [])
        elif parts and _CAMEL.search(typed):
            # Parts of an identifier name nothing: EventInvokeConfig does not mean AWS Config.
            words.add(whole, typed, [[found] for part in parts if (found := token(part))])
        elif parts:
            for part in parts:
                self._read_term((part,), part, words)
        elif halves := self._split(whole):
            for half in halves:
                self._read_term((half,), half, words)
        else:
            words.add(whole, typed, [[whole]])

    def _nearest(self, word: str, words: _Words) -> list[str]:
        """The known words nearest to an unknown one, for the first few of a question."""
        words.corrections += 1
        return self._spelling.nearest(word) if words.corrections <= MAX_CORRECTIONS else []

    def _split(self, word: str) -> tuple[str, str] | None:
        """Two known words that someone wrote as one."""
        for at in range(3, min(len(word), 40) - 2):
            if word[:at] in self._known and word[at:] in self._known:
                return word[:at], word[at:]
        return None
