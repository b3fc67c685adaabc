"""What speaks for and against the best fact."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.model import Kind
from knowledge.search.parsing import ParsedQuestion
from knowledge.search.ranking import Candidate, Ranker, WeighedQuestion

MAX_EVIDENCE = 2.0
MAX_HELD_WORDS = 8
MAX_EXPLAINING = 3


@dataclass(frozen=True, slots=True)
class Signs:
    """Names of services count for none of these; rarity is relative to the rarest possible word.

    `score` is the fact's own, `margin` its lead over the runner-up as a share of it, `same_service`
    says whether that is of the same service, and `unwritten` how near the best topic without a fact
    comes. `phrase` is how much of the question a single title, keyword or phrasing holds, `rival`
    how much more of it one of another fact does. Of the question's words, `evidence` sums the
    rarity of those that the fact may be asked by, and `held` counts them; `missing` is the share
    that other facts use, but not this one. `explains` says whether the fact explains the error
    given, `explaining` how many facts do, and `is_error` whether it is about an error at all.
    """

    score: float
    margin: float
    same_service: float
    unwritten: float
    phrase: float
    rival: float
    evidence: float
    held: float
    missing: float
    explains: float
    explaining: float
    is_error: float


def signs_of(
    question: ParsedQuestion, asked: WeighedQuestion, ranked: Sequence[Candidate], ranker: Ranker
) -> Signs:
    """The signs of the first of the ranked facts."""
    best, fact = ranked[0], ranker.facts[ranked[0].number]
    runner_up = ranked[1] if len(ranked) > 1 else None
    unwritten = max((c.score for c in ranked if c.number in ranker.topics), default=0.0)
    total = evidence = missing = 0.0
    held = 0
    reading = question.reading
    for group, spans, rarity in zip(reading.groups, asked.spans, asked.rarities, strict=True):
        if group[0] in reading.naming:
            continue
        total += rarity
        if ranker.index.is_asked_by(best.number, spans):
            evidence += rarity
            held += 1
        elif not ranker.index.holds(best.number, spans):
            missing += rarity * bool(spans)
    rarest_possible = math.log(1 + 2 * ranker.index.size)
    return Signs(
        score=best.score,
        margin=(best.score - runner_up.score) / best.score if runner_up else 1.0,
        same_service=bool(runner_up and ranker.facts[runner_up.number].service == fact.service),
        unwritten=unwritten / best.score,
        phrase=best.phrase,
        rival=max(candidate.phrase for candidate in ranked) - best.phrase,
        evidence=min(evidence / rarest_possible, MAX_EVIDENCE),
        held=min(held, MAX_HELD_WORDS),
        missing=missing / total if total else 0.0,
        explains=best.number in question.explained_by,
        explaining=min(len(question.explained_by), MAX_EXPLAINING),
        is_error=fact.kind is Kind.ERROR,
    )
