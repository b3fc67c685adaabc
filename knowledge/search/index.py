"""The inverted index: which facts hold a token, how weighty it is there, and in which phrases."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from functools import partial
from itertools import chain

from knowledge.model import Fact, FactList, Kind
from knowledge.search.profile import FactProfile, profile_of
from knowledge.search.reader import Reader

PHRASES = 39
"""Phrases of a fact that are kept apart: 12 phrasings, the title, its head, 25 keywords."""

_PHRASINGS, _TITLE, _HEAD, _KEYWORDS, _ANSWER, _DETAIL = 0, 12, 13, 14, 39, 40
_FIELD_WEIGHTS = (
    ((1 << _TITLE) - 1, 1.0),
    (1 << _TITLE, 2.0),
    ((1 << _ANSWER) - (1 << _KEYWORDS), 1.0),
    (1 << _ANSWER, 1.0),
    (1 << _DETAIL, 0.5),
)
IN_PHRASE = (1 << PHRASES) - 1
_IN_NAME = IN_PHRASE & ~((1 << _TITLE) - 1)
_BITS = 41
_FIELDS = (1 << _BITS) - 1
SATURATION = 1.0
LENGTH_POWER = 0.44
"""How much a long phrase counts less than a short one that holds the same tokens."""
_CHANGING = (
    " change set configure adjust increase raise extend enlarge higher bigger larger more lower"
    " reduce decrease"
)
"""What people want to do with a limit or a default, whatever its fact says."""

_GROWING = (
    "facts", "weights", "masks", "norms", "spans", "idf", "words", "mentions", "_profiles",
)  # fmt: skip
"""What an index with more facts has of its own."""
PHRASE_TOLERANCE = 1.01
"""How much heavier a phrase may be than the tokens that are compared with it."""


class Index:
    """Postings in a few flat arrays; a token owns the slice that `spans` gives.

    `weights` already hold the token's rarity (idf), `norms` the length of each phrase,
    `words` in how many facts a word stands, and `profiles` what each fact is about.
    """

    def __init__(self, facts: FactList, reader: Reader) -> None:
        self.size = len(facts)
        self.spans: dict[str, tuple[int, int]] = {}
        self.idf: dict[str, float] = {}
        self.facts = array("I")
        self.weights = array("f")
        self.masks = array("Q")
        self.norms = array("f")
        self.words: Counter[str] = Counter()
        self.mentions: list[frozenset[str]] = []
        self._profiled = facts
        self._reader = reader
        self._profiles: dict[int, FactProfile] = {}
        self._lay_out(self._gather(facts, reader), len(facts))

    def with_facts(self, facts: FactList, reader: Reader) -> Index:
        """An index of `facts`, which are those of this one and then some more; takes milliseconds.

        Known tokens keep their rarity, so other facts score as before. The postings of tokens that
        the new facts hold move to the end of the arrays.
        """
        extended = copy(self)
        for name in _GROWING:
            setattr(extended, name, copy(getattr(self, name)))
        extended._profiled = facts
        extended._reader = reader
        added = [facts[number] for number in range(len(self._profiled), len(facts))]
        extended._lay_out(extended._gather(added, reader), len(added))
        return extended

    def profile(self, number: int) -> FactProfile:
        """What a fact is about; found out when it is first asked for."""
        known = self._profiles.get(number)
        if known is None:
            fact, mentions = self._profiled[number], self.mentions[number]
            known = self._profiles[number] = profile_of(fact, mentions, self._reader)
        return known

    def rarity(self, token: str) -> float:
        """From 0 for a token that every fact holds to 1 for one that none holds."""
        return self.idf.get(token, math.inf) / math.log(1 + 2 * self.size)

    def spans_of(self, group: Sequence[str]) -> list[tuple[int, int]]:
        """Where the postings of these tokens are."""
        return [span for token in group if (span := self.spans.get(token))]

    def holds(self, number: int, spans: Sequence[tuple[int, int]]) -> bool:
        """Whether a fact holds one of these tokens."""
        return self.mask(number, spans) != 0

    def is_asked_by(self, number: int, spans: Sequence[tuple[int, int]]) -> bool:
        """Whether a fact holds one of these tokens in what it may be asked by."""
        return self.mask(number, spans) & IN_PHRASE != 0

    def weight(self, number: int, spans: Sequence[tuple[int, int]]) -> float:
        """How weighty the weightiest of these tokens is in a fact."""
        heaviest = 0.0
        for start, end in spans:
            at = bisect_left(self.facts, number, start, end)
            if at < end and self.facts[at] == number:
                heaviest = max(heaviest, self.weights[at])
        return heaviest

    def is_named_by(self, number: int, spans: Sequence[tuple[int, int]]) -> bool:
        """Whether a fact's title or a keyword holds one of these tokens."""
        return self.mask(number, spans) & _IN_NAME != 0

    def is_titled_by(self, number: int, spans: Sequence[tuple[int, int]]) -> bool:
        """Whether a fact's title holds one of these tokens."""
        return self.mask(number, spans) >> _TITLE & 1 == 1

    def is_phrase(self, number: int, tokens: Sequence[str]) -> bool:
        """Whether these tokens are all of a title's head, a keyword or a phrasing of the fact."""
        if not tokens:
            return False
        together = IN_PHRASE
        for token in tokens:
            together &= self.mask(number, self.spans_of([token]))
        weight = sum(self.idf.get(token, 0.0) for token in tokens) ** LENGTH_POWER
        norms = self.norms[number * PHRASES : (number + 1) * PHRASES]
        return any(
            together >> phrase & 1 and norm <= weight * PHRASE_TOLERANCE
            for phrase, norm in enumerate(norms)
        )

    def mask(self, number: int, spans: Sequence[tuple[int, int]]) -> int:
        """The fields of a fact that hold one of the tokens whose spans are given."""
        mask = 0
        for start, end in spans:
            at = bisect_left(self.facts, number, start, end)
            if at < end and self.facts[at] == number:
                mask |= self.masks[at]
        return mask

    def _gather(self, facts: Iterable[Fact], reader: Reader) -> dict[str, array[int]]:
        """By token, the facts that hold it and the mask of their fields, packed in one number."""
        places: defaultdict[str, array[int]] = defaultdict(partial(array, "Q"))
        for number, fact in enumerate(facts, len(self.mentions)):
            fields = _fields(fact)
            lines = reader.learn([text for _, text in fields])
            masks: dict[str, int] = {}
            held = masks.get
            for (place, _), line in zip(fields, lines, strict=True):
                bit = 1 << place
                for compound in line:
                    masks[compound] = held(compound, 0) | bit
            shifted = number << _BITS
            for compound, mask in masks.items():
                places[compound].append(shifted | mask)
            mentions = frozenset((f":{fact.service}", *reader.mentions(lines)))
            self.mentions.append(mentions)
        return self._by_token(places, reader)

    def _by_token(self, places: dict[str, array[int]], reader: Reader) -> dict[str, array[int]]:
        """Bring the compounds that share a token together; counts their words on the way."""
        parts: defaultdict[str, list[array[int]]] = defaultdict(list)
        for compound, packed in places.items():
            term = reader.learned(compound)
            for word in term.words:
                self.words[word] += len(packed)
            for token in term.tokens:
                parts[token].append(packed)
        return {
            token: packed[0] if len(packed) == 1 else _merge(packed)
            for token, packed in parts.items()
        }

    def _lay_out(self, holders: dict[str, array[int]], count: int) -> None:
        """Add the postings of `count` new facts, each token's behind those it had."""
        total = len(self.mentions)
        first = total - count
        lengths = array("d", bytes(8 * PHRASES * count))
        weights = _Weights()
        phrases = _Phrases()
        for token, packed in holders.items():
            numbers = [entry >> _BITS for entry in packed]
            masks = [entry & _FIELDS for entry in packed]
            rarity = self.idf.get(token)
            if rarity is None:
                rarity = math.log(1 + (total - len(packed) + 0.5) / (len(packed) + 0.5))
                self.idf[token] = rarity
            start, end = self.spans.get(token, (0, 0))
            self.spans[token] = (len(self.facts), len(self.facts) + end - start + len(packed))
            self.facts.extend((*self.facts[start:end], *numbers))
            self.weights.extend(self.weights[start:end])
            self.weights.extend([rarity * weights[mask] for mask in masks])
            self.masks.extend((*self.masks[start:end], *masks))
            for number, mask in zip(numbers, masks, strict=True):
                base = (number - first) * PHRASES
                for phrase in phrases[mask]:
                    lengths[base + phrase] += rarity
        self.norms.extend([length**LENGTH_POWER for length in lengths])


class _Weights(dict[int, float]):
    """How weighty a token is in a fact, from 0 to 1, by the mask of the fields it stands in."""

    def __missing__(self, mask: int) -> float:
        weight = sum((mask & field).bit_count() * factor for field, factor in _FIELD_WEIGHTS)
        self[mask] = weight / (weight + SATURATION)
        return self[mask]


class _Phrases(dict[int, tuple[int, ...]]):
    """The numbers of the phrases in a mask."""

    def __missing__(self, mask: int) -> tuple[int, ...]:
        self[mask] = tuple(bit for bit in range(PHRASES) if mask >> bit & 1)
        return self[mask]


def _merge(parts: Sequence[array[int]]) -> array[int]:
    """One list of packed entries from several, with one entry a fact."""
    merged = array("Q")
    last = -1
    for entry in sorted(chain.from_iterable(parts)):
        if entry >> _BITS == last:
            merged[-1] |= entry
        else:
            merged.append(entry)
            last = entry >> _BITS
    return merged


def _fields(fact: Fact) -> list[tuple[int, str]]:
    """A fact's texts, each with the bit that stands for it."""
    dated = " ".join(f"{milestone.of} {milestone.event}" for milestone in fact.milestones)
    prose = f"{fact.detail or ''} {fact.was or ''} {fact.misread or ''} {dated}"
    if fact.kind in (Kind.LIMIT, Kind.DEFAULT):
        prose += _CHANGING
    return [
        *enumerate(fact.phrasings[: _TITLE - _PHRASINGS]),
        (_TITLE, fact.title),
        (_HEAD, fact.title.partition(":")[0]),
        *enumerate(fact.keywords[: _ANSWER - _KEYWORDS], _KEYWORDS),
        (_ANSWER, fact.answer),
        (_DETAIL, prose),
    ]
