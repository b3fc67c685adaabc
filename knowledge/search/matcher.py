"""Choose the fact that a question asks for, and say whether to be confident in it."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.model import Fact, Service
from knowledge.search.confidence import CONFIDENT, NEAR, Signs, chance
from knowledge.search.index import IN_PHRASE, PHRASES, Index
from knowledge.search.names import Names
from knowledge.search.question import QuestionReader, Reading
from knowledge.search.reader import Reader
from knowledge.search.result import Match, Outcome, Result

CANDIDATES = 10
"""Facts that are looked at closely."""
TOPICS = 3
"""Topics without a fact that are looked at beside them."""
POSSIBLE = 0.5
"""Share of the best sum of weights below which no name can lift a fact to the top."""
PROMISING = 0.7
"""Share of the best first score that a candidate needs for a close look."""
ASKED_POWER = 0.9
"""How much a long question lowers the fit of a phrase that holds a part of it."""
FREQUENT = 2000
"""Facts from which on a token finds no candidates if a rarer one has found some."""
ROOM = 100_000
"""Postings that are kept unpacked, at about 100 bytes each."""


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


@dataclass(frozen=True, slots=True)
class Weighed:
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


class Matcher:
    def __init__(
        self,
        facts: Iterable[Fact],
        services: Mapping[str, Service],
        same: Mapping[str, str],
        outside: Iterable[Sequence[str]],
        everyday: Collection[str] = (),
        unwritten: Iterable[tuple[str, Sequence[str]]] = (),
        weights: Weights | None = None,
    ) -> None:
        self.facts = list(facts)
        self.known = len(self.facts)
        self.facts += [_topic(services.get(slug), slug, words) for slug, words in unwritten]
        self.names = Names(services.values(), outside)
        reader = Reader(same, self.names)
        self.index = Index(self.facts, reader)
        self.reader = QuestionReader(reader, self.index.words, everyday)
        self.weights = weights or Weights()
        self._unpacked: dict[tuple[int, int], list[tuple[int, float]]] = {}
        self._room = ROOM

    def ask(self, question: str) -> Result:
        """Answer a question; never raises, whatever the text."""
        asked = self.weigh(self.reader.read(question))
        ranked = self.rank(asked)
        candidates = [candidate for candidate in ranked if candidate.number < self.known]
        outside = self._outside(asked.reading)
        if not candidates:
            return Result(question, None, (), Outcome.UNKNOWN, outside)
        likely = chance(self.signs(asked, ranked)) if candidates[0] is ranked[0] else 0.0
        outcome = (
            Outcome.ANSWER if likely >= CONFIDENT
            else Outcome.SUGGEST if likely >= NEAR and not outside
            else Outcome.UNKNOWN
        )  # fmt: skip
        top = candidates[0].score
        best, *others = (
            Match(self.facts[c.number], round(max(likely, 0.05) * c.score / top, 4))
            for c in candidates[:4]
        )
        return Result(question, best, tuple(others), outcome, outside)

    def weigh(self, reading: Reading) -> Weighed:
        """Look a question's words up."""
        spans = [self._spans(group) for group in reading.groups]
        rarities = [self._rarity(group) for group in reading.groups]
        return Weighed(reading, spans, rarities, sum(rarities))

    def signs(self, asked: Weighed, ranked: Sequence[Candidate]) -> Signs:
        """What speaks for the first of the ranked facts."""
        best = ranked[0]
        runner_up = ranked[1].score if len(ranked) > 1 else 0.0
        unknown = sum(
            rarity for spans, rarity in zip(asked.spans, asked.rarities, strict=True) if not spans
        )
        names = asked.reading.names
        mentions = self.index.mentions[best.number]
        unwritten = max((c.score for c in ranked if c.number >= self.known), default=0.0)
        return Signs(
            margin=(best.score - runner_up) / best.score,
            coverage=best.coverage,
            phrase=best.phrase,
            base=best.base,
            tokens=math.log(1 + len(asked.rarities)),
            unknown=unknown / asked.total,
            named=f":{self.facts[best.number].service}" in names,
            conflict=any(name not in mentions for name in names),
            weight=math.log(asked.total),
            unwritten=unwritten / best.score,
        )

    def rank(self, asked: Weighed) -> list[Candidate]:
        """The facts that share a token with the question, best first."""
        reading, total = asked.reading, asked.total
        scores = self._scores(asked.spans)
        firsts = []
        least = (POSSIBLE if reading.names else PROMISING) * max(scores.values(), default=0.0)
        for number, score in scores.items():
            if score >= least:
                factor = self._name_factor(number, reading) if reading.names else 1.0
                firsts.append((score * factor, number, factor))
        firsts.sort(reverse=True)
        found_words = [
            (rarity, span) for rarity, span in zip(asked.rarities, asked.spans, strict=True) if span
        ]
        facts = [first for first in firsts if first[1] < self.known][:CANDIDATES]
        topics = [first for first in firsts if first[1] >= self.known][:TOPICS]
        found = [
            self._look_closely(number, base / total, factor, found_words, total)
            for base, number, factor in (*facts, *topics)
            if base >= PROMISING * firsts[0][0]
        ]
        return sorted(found, key=lambda candidate: -candidate.score)

    def _spans(self, group: Sequence[str]) -> list[tuple[int, int]]:
        """Where the postings of a group's tokens stand."""
        return [span for token in group if (span := self.index.spans.get(token))]

    def _rarity(self, group: Sequence[str]) -> float:
        known = [self.index.idf[token] for token in group if token in self.index.idf]
        if known:
            return max(known)
        weights = self.weights
        share = weights.everyday if group[0] in self.reader.everyday else weights.unknown
        return share * math.log(1 + 2 * self.index.size)

    def _scores(self, spans: Iterable[Sequence[tuple[int, int]]]) -> dict[int, float]:
        """The weights of the question's tokens, summed by fact."""
        found = sorted(
            (sum(end - start for start, end in group), group) for group in spans if group
        )
        few = [group for count, group in found if count <= FREQUENT] or [
            group for _, group in found[:1]
        ]
        if not few:
            return {}
        scores = dict(self._weights_of(few.pop()))
        so_far = scores.get
        for group in few:
            for number, weight in self._weights_of(group):
                scores[number] = so_far(number, 0.0) + weight
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
        facts, masks, lengths = self.index.facts, self.index.masks, self.index.norms
        overlaps: dict[int, float] = {}
        covered = 0.0
        for rarity, group in asked:
            mask = 0
            for start, end in group:
                at = bisect_left(facts, number, start, end)
                if at < end and facts[at] == number:
                    mask |= masks[at]
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

    def _outside(self, reading: Reading) -> str | None:
        for name in reading.names:
            if not name.startswith(":"):
                return name
        return None


def _topic(service: Service | None, slug: str, words: Sequence[str]) -> Fact:
    """A topic without a fact, made to compete with the facts."""
    names = (service.name, *service.aliases) if service else (slug,)
    return Fact(
        id="", service=slug, title=f"{names[0]} {words[0]}", answer="", detail=None, was=None,
        keywords=names, phrasings=tuple(words), related=(), source="", checked="", quiz=(),
    )  # fmt: skip
