"""Rank the facts by how well they fit a question."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import accumulate
from operator import itemgetter
from types import MappingProxyType

from knowledge.model import Fact
from knowledge.search.index import IN_PHRASE, PHRASES, Index
from knowledge.search.question import QuestionReader, Reading

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
MAX_READ_POSTINGS = 8_000
"""Postings that are read through to find facts, those of the rarest tokens first."""
SHORTLIST_SIZE = 150
"""Facts, found by rare tokens, for which frequent ones count."""
MAX_UNPACKED_POSTINGS = 100_000
"""Postings that are kept unpacked, at about 100 bytes each."""


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
        self, facts: Sequence[Fact], known: int, reader: QuestionReader, index: Index
    ) -> None:
        """`facts` from number `known` on are topics that nobody has written a fact about."""
        self.facts = facts
        self.known = known
        self.index = index
        self.weights = Weights()
        self._reader = reader
        self._unpacked: dict[tuple[int, int], list[tuple[int, float]]] = {}
        self._room = MAX_UNPACKED_POSTINGS

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
        scores = self._scores(asked.spans)
        scores |= dict.fromkeys(
            (number for number, is_own in explained_by.items() if is_own),
            max(scores.values(), default=1.0),
        )
        for number in without:
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
        facts = [first for first in firsts if first[1] < self.known][:MAX_CANDIDATES]
        topics = [first for first in firsts if first[1] >= self.known][:MAX_TOPICS]
        found = [
            self._look_closely(number, base / total, factor, found_words, total)
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

    def _scores(self, spans: Iterable[Sequence[tuple[int, int]]]) -> dict[int, float]:
        """The weights of the question's tokens, summed by fact.

        Tokens that many facts hold find no fact by themselves, but count for those found.
        """
        found = sorted(
            (sum(end - start for start, end in group), group) for group in spans if group
        )
        if not found:
            return {}
        read = accumulate(count for count, _ in found)
        rare = [
            group
            for total, (_, group) in zip(read, found, strict=True)
            if total <= MAX_READ_POSTINGS
        ]
        rare = rare or [found[0][1]]
        scores = dict(self._weights_of(rare[0]))
        so_far = scores.get
        for group in rare[1:]:
            for number, weight in self._weights_of(group):
                scores[number] = so_far(number, 0.0) + weight
        frequent = [group for _, group in found[len(rare) :]]
        if frequent and len(scores) > SHORTLIST_SIZE:
            scores = dict(nlargest(SHORTLIST_SIZE, scores.items(), key=itemgetter(1)))
        for group in frequent:
            for number in scores:
                scores[number] += self.index.weight(number, group)
        return scores

    def _weights_of(self, group: Sequence[tuple[int, int]]) -> list[tuple[int, float]]:
        """How weighty a word is in each fact that holds one of its readings."""
        if len(group) == 1:
            return self._postings(group[0])
        best: dict[int, float] = {}
        for span in group:
            for number, weight in self._postings(span):
                if weight > best.get(number, 0.0):
                    best[number] = weight
        return list(best.items())

    def _postings(self, span: tuple[int, int]) -> list[tuple[int, float]]:
        """A token's facts and weights; unpacked once, as long as there is room."""
        kept = self._unpacked.get(span)
        if kept is None:
            start, end = span
            index = self.index
            kept = list(zip(index.facts[start:end], index.weights[start:end], strict=True))
            if self._room >= len(kept):
                self._room -= len(kept)
                self._unpacked[span] = kept
        return kept

    def _look_closely(
        self,
        number: int,
        base: float,
        factor: float,
        asked: Sequence[tuple[float, Sequence[tuple[int, int]]]],
        total: float,
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
