"""Rank the facts by how well they fit a question."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from knowledge.model import FactList
from knowledge.search.index import IN_PHRASE, PHRASES, Index
from knowledge.search.question import QuestionReader, Reading
from knowledge.search.shortlist import Shortlist

MAX_CANDIDATES = 10
"""Facts that are looked at closely."""
MAX_TOPICS = 3
"""Topics without a fact that are looked at beside them."""
MIN_NAMED_SHARE = 0.5
"""Share of the best sum of weights below which no name can lift a fact to the top."""
MIN_CANDIDATE_SHARE = 0.7
"""Share of the best first score that a candidate needs for a close look."""
ASKED_POWER = 0.9
"""How much a long question lowers the fit of a phrase that holds a part of it."""
MAX_EXACT_WORDS = 3
"""Words, names of services aside, up to which a question may be all of a fact's own name."""


_NO_ERROR: Mapping[int, bool] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts; found by trying on `bench/questions`."""

    base: float = 2.0
    phrase: float = 0.32
    second: float = 0.05
    coverage: float = 0.1
    own: float = 1.14
    mentioned: float = 1.0
    foreign: float = 0.83
    unknown: float = 1.15
    everyday: float = 0.05
    explains: float = 1.5
    exact: float = 1.1


@dataclass(frozen=True, slots=True)
class WeighedQuestion:
    """A question with the postings of its words, how rare they are, and the sum of that."""

    reading: Reading
    spans: Sequence[Sequence[tuple[int, int]]]
    rarities: Sequence[float]
    total: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact and the signs that speak for it, each about 0 to 1."""

    score: float
    number: int
    base: float
    phrase: float
    coverage: float


class Ranker:
    """Ranks facts by how much of a question they hold, and how much of it in one phrase."""

    def __init__(
        self,
        facts: FactList,
        topics: range,
        reader: QuestionReader,
        index: Index,
        removed: Collection[int] = (),
    ) -> None:
        """The `facts` whose numbers are in `topics` are topics without a fact; those whose numbers
        are in `removed` are never found."""
        self.facts = facts
        self.topics = topics
        self.index = index
        self.weights = Weights()
        self._reader = reader
        self._removed = removed
        self._shortlist = Shortlist(index)

    def weigh(self, reading: Reading) -> WeighedQuestion:
        """Look a question's words up."""
        spans = [self.index.spans_of(group) for group in reading.groups]
        rarities = [self._rarity(group) for group in reading.groups]
        return WeighedQuestion(reading, spans, rarities, sum(rarities))

    def rank(
        self,
        asked: WeighedQuestion,
        without: Collection[int] = (),
        explained_by: Mapping[int, bool] = _NO_ERROR,
    ) -> list[Candidate]:
        """The facts that share a token with the question, best first, as if some were not there.

        Those that explain its error go before their like; `explained_by` says of each whether the
        error is its own.
        """
        reading, total = asked.reading, asked.total or 1.0
        scores = self._shortlist.scores(asked.spans)
        scores |= dict.fromkeys(
            (number for number, is_own in explained_by.items() if is_own),
            max(scores.values(), default=1.0),
        )
        for number in (*self._removed, *without):
            scores.pop(number, None)
        firsts = []
        least = (MIN_NAMED_SHARE if reading.names else MIN_CANDIDATE_SHARE) * max(
            scores.values(), default=0.0
        )
        for number, score in scores.items():
            explains = number in explained_by
            if score >= least or explains:
                factor = self._name_factor(number, reading) if reading.names else 1.0
                factor *= self.weights.explains if explains else 1.0
                firsts.append((score * factor, number, factor))
        firsts.sort(reverse=True)
        found_words = [
            (rarity, span) for rarity, span in zip(asked.rarities, asked.spans, strict=True) if span
        ]
        facts = [first for first in firsts if first[1] not in self.topics][:MAX_CANDIDATES]
        topics = [first for first in firsts if first[1] in self.topics][:MAX_TOPICS]
        exact = _exact_names(asked)
        found = [
            self._look_closely(number, base / total, factor, found_words, total, exact)
            for base, number, factor in (*facts, *topics)
            if base >= MIN_CANDIDATE_SHARE * firsts[0][0] or number in explained_by
        ]
        return sorted(found, key=lambda candidate: -candidate.score)

    def _rarity(self, group: Sequence[str]) -> float:
        known = [self.index.idf[token] for token in group if token in self.index.idf]
        if known:
            return max(known)
        weights = self.weights
        share = weights.everyday if group[0] in self._reader.everyday else weights.unknown
        return share * math.log(1 + 2 * self.index.size)

    def _look_closely(
        self,
        number: int,
        base: float,
        factor: float,
        asked: Sequence[tuple[float, Sequence[tuple[int, int]]]],
        total: float,
        exact: Sequence[Sequence[str]],
    ) -> Candidate:
        """See how much of the question any one phrase of the fact holds."""
        lengths = self.index.norms
        overlaps: dict[int, float] = {}
        covered = 0.0
        for rarity, group in asked:
            mask = self.index.mask(number, group)
            if mask:
                covered += rarity
                mask &= IN_PHRASE
                while mask:
                    bit = mask & -mask
                    overlaps[bit] = overlaps.get(bit, 0.0) + rarity
                    mask ^= bit
        first = second = 0.0
        last = number * PHRASES - 1
        for bit, overlap in overlaps.items():
            fit = overlap / lengths[last + bit.bit_length()]
            if fit > first:
                first, second = fit, first
            elif fit > second:
                second = fit
        scale = total**-ASKED_POWER
        weights = self.weights
        coverage = covered / total
        score = weights.phrase * first * scale + weights.second * second * scale
        score = weights.base * base + (score + weights.coverage * coverage) * factor
        if any(self.index.is_phrase(number, tokens) for tokens in exact):
            score *= weights.exact
        return Candidate(score, number, base, first * scale, coverage)

    def _name_factor(self, number: int, reading: Reading) -> float:
        factor = 1.0
        own = f":{self.facts[number].service}"
        for name in reading.names:
            if name == own:
                factor *= self.weights.own
            elif name in self.index.mentions[number]:
                factor *= self.weights.mentioned
            else:
                factor *= self.weights.foreign
        return factor


def _exact_names(asked: WeighedQuestion) -> list[list[str]]:
    """The tokens of a short question, with and without the names of services in it.

    A fact that has just these as its title, a keyword or a phrasing goes before one that only
    repeats them more often.
    """
    naming = asked.reading.naming
    held = zip(asked.reading.groups, asked.spans, strict=True)
    tokens = [group[0] for group, spans in held if spans]
    bare = [token for token in tokens if token not in naming]
    if not 1 <= len(bare) <= MAX_EXACT_WORDS:
        return []
    return [bare] if bare == tokens else [bare, tokens]
