"""Choose the fact that a question asks for, and say whether to be confident in it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from knowledge.index import PHRASES, Index, bits
from knowledge.language import terms
from knowledge.model import Fact, Service
from knowledge.names import Names
from knowledge.reader import QuestionReader, Reader, Reading
from knowledge.result import Match, Outcome, Result

CANDIDATES = 16
"""Facts that are looked at closely."""
FREQUENT = 2000
"""Facts from which on a token only adds to candidates that a rarer one has found."""


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
        weights: Weights | None = None,
    ) -> None:
        self.facts = list(facts)
        self.names = Names(services.values(), outside)
        reader = Reader(same)
        self.index = Index(self.facts, reader)
        self.reader = QuestionReader(reader, self.names, self.facts)
        self.weights = weights or Weights()
        self._mentions = [self._mentioned(fact) for fact in self.facts]

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
        if reading.names:
            for number in scores:
                scores[number] *= self._name_factor(number, reading)
        best = nlargest(CANDIDATES, scores, key=scores.__getitem__)
        found = [self._look_closely(n, scores[n] / total, reading, rarities, total) for n in best]
        return sorted(found, key=lambda candidate: -candidate.score)

    def _rarity(self, group: Sequence[str]) -> float:
        known = [self.index.idf[token] for token in group if token in self.index.idf]
        return max(known) if known else self.weights.unknown * math.log(1 + 2 * self.index.size)

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
                    for number in scores:
                        at = index.find(token, number)
                        if at >= 0:
                            scores[number] += index.weights[at]
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
                    mask |= index.masks[at]
            if held:
                covered += rarity
            for phrase in bits(mask):
                overlaps[phrase] = overlaps.get(phrase, 0.0) + rarity
        asked = total**weights.asked_power
        norm = number * PHRASES
        first = second = 0.0
        for phrase, overlap in overlaps.items():
            fit = overlap / (asked * index.norms[norm + phrase] ** weights.phrase_power)
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
            elif name in self._mentions[number]:
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

    def _mentioned(self, fact: Fact) -> frozenset[str]:
        found = {f":{fact.service}"}
        for text in (fact.title, fact.answer, fact.detail or "", fact.was or "",
                     *fact.keywords, *fact.phrasings):  # fmt: skip
            found.update(self.names.find([term[0] for term in terms(text)]))
        return frozenset(found)
