"""Choose the fact that a question asks for, and say whether to be confident in it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from knowledge.index import IN_PHRASE, PHRASES, Index
from knowledge.model import Fact, Service
from knowledge.names import Names
from knowledge.question import QuestionReader, Reading
from knowledge.reader import Reader
from knowledge.result import Match, Outcome, Result

CANDIDATES = 16
"""Facts that are looked at closely."""
PROMISING = 0.5
"""Share of the best first score that a candidate needs for a close look."""
FREQUENT = 2000
"""Facts from which on a token finds no candidates if a rarer one has found some."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts; found with `bench/tune.py` on questions of our own."""

    base: float = 1.0
    phrase: float = 1.0
    second: float = 0.3
    coverage: float = 0.2
    asked_power: float = 0.5
    phrase_power: float = 0.5
    own: float = 1.3
    mentioned: float = 1.0
    foreign: float = 0.6
    unknown: float = 0.8
    everyday: float = 0.3
    leaning: float = 0.3


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
        weights: Weights | None = None,
    ) -> None:
        self.facts = list(facts)
        self.names = Names(services.values(), outside)
        reader = Reader(same, self.names)
        self.index = Index(self.facts, reader)
        self.reader = QuestionReader(reader, self.index.words, everyday)
        self.weights = weights or Weights()

    def ask(self, question: str) -> Result:
        """Answer a question; never raises, whatever the text."""
        reading = self.reader.read(question)
        candidates = self.rank(reading)
        matches = tuple(
            Match(self.facts[c.number], round(min(1.0, c.score / 3), 4)) for c in candidates[:4]
        )
        if not matches:
            return Result(question, None, (), Outcome.UNKNOWN, self._outside(reading))
        outcome = self._outcome(reading, candidates)
        return Result(question, matches[0], matches[1:], outcome, self._outside(reading))

    def rank(self, reading: Reading) -> list[Candidate]:
        """The facts that share a token with the question, best first."""
        rarities = [self._rarity(group) for group in reading.groups]
        total = sum(rarities)
        scores = self._scores(reading, rarities)
        leanings = self._leanings(reading)
        firsts = []
        for number in nlargest(3 * CANDIDATES, scores, key=scores.__getitem__):
            leaning = leanings.get(self.facts[number].service, 0.0)
            score = scores[number] + self.weights.leaning * leaning
            firsts.append((score * self._name_factor(number, reading), number))
        firsts.sort(reverse=True)
        found = [
            self._look_closely(number, score / total, reading, rarities, total)
            for score, number in firsts[:CANDIDATES]
            if score >= PROMISING * firsts[0][0]
        ]
        return sorted(found, key=lambda candidate: -candidate.score)

    def _leanings(self, reading: Reading) -> dict[str, float]:
        """How much the question's words point at each service, named or not."""
        shares = self.index.shares
        found: dict[str, float] = {}
        for group in reading.groups:
            for service, share in shares.get(group[0], ()):
                found[service] = found.get(service, 0.0) + share
        return found

    def _rarity(self, group: Sequence[str]) -> float:
        known = [self.index.idf[token] for token in group if token in self.index.idf]
        if known:
            return max(known)
        weights = self.weights
        share = weights.everyday if group[0] in self.reader.everyday else weights.unknown
        return share * math.log(1 + 2 * self.index.size)

    def _scores(self, reading: Reading, rarities: Sequence[float]) -> dict[int, float]:
        index = self.index
        scores: dict[int, float] = {}
        by_rarity = sorted(zip(rarities, reading.groups, strict=True), reverse=True)
        for _, group in by_rarity:
            known = [token for token in group if token in index.spans]
            if len(known) == 1:
                (token,) = known
                start, end = index.spans[token]
                if end - start > FREQUENT and scores:
                    continue
                for number, weight in zip(
                    index.facts[start:end], index.weights[start:end], strict=True
                ):
                    scores[number] = scores.get(number, 0.0) + weight
            elif known:
                best: dict[int, float] = {}
                for token in known:
                    for number, weight in index.postings(token):
                        if weight > best.get(number, 0.0):
                            best[number] = weight
                for number, weight in best.items():
                    scores[number] = scores.get(number, 0.0) + weight
        return scores

    def _look_closely(
        self, number: int, base: float, reading: Reading, rarities: Sequence[float], total: float
    ) -> Candidate:
        index, weights = self.index, self.weights
        overlaps: dict[int, float] = {}
        covered = 0.0
        for group, rarity in zip(reading.groups, rarities, strict=True):
            mask = 0
            held = False
            for token in group:
                at = index.find(token, number)
                if at >= 0:
                    held = True
                    mask |= index.masks[at] & IN_PHRASE
            if held:
                covered += rarity
            while mask:
                low = mask & -mask
                overlaps[low] = overlaps.get(low, 0.0) + rarity
                mask ^= low
        asked = total**weights.asked_power
        norm = number * PHRASES - 1
        first = second = 0.0
        for bit, overlap in overlaps.items():
            length = index.norms[norm + bit.bit_length()]
            fit = overlap / (asked * length**weights.phrase_power)
            if fit > first:
                first, second = fit, first
            elif fit > second:
                second = fit
        coverage = covered / total
        score = weights.phrase * first + weights.second * second + weights.coverage * coverage
        score = weights.base * base + score * self._name_factor(number, reading)
        return Candidate(score, number, base, first, coverage)

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

    def _outcome(self, reading: Reading, candidates: Sequence[Candidate]) -> Outcome:
        best = candidates[0]
        margin = best.score - (candidates[1].score if len(candidates) > 1 else 0.0)
        if best.score > 1.2 and margin > 0.1:
            return Outcome.ANSWER
        return Outcome.SUGGEST if best.score > 0.8 else Outcome.UNKNOWN

    def _outside(self, reading: Reading) -> str | None:
        for name in reading.names:
            if not name.startswith(":"):
                return name
        return None
