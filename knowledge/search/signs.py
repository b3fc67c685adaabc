"""What speaks for and against the best fact."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.search.parsing import ParsedQuestion
from knowledge.search.ranking import Candidate, Ranker, WeighedQuestion

MAX_EVIDENCE = 2.0
MAX_HELD_WORDS = 5
MAX_IDENTIFIERS = 2


@dataclass(frozen=True, slots=True)
class Signs:
    """Names of services count for none of these; rarity is relative to the rarest possible word.

    `score` is the fact's own, `margin` its lead over the runner-up as a share of it, and
    `unwritten` how near the best topic without a fact comes to it. `phrase` is how much of the
    question a single title, keyword or phrasing holds. Of the question's words, `evidence` sums the
    rarity of those that the fact may be asked by, `held` counts them and `rarest` is the rarest;
    `missing` is the share that other facts use, but not this one. `identifiers` counts names in
    code that the fact lacks; `status` says that it speaks of the HTTP status given, `explains` that
    it explains the error given.
    """

    score: float
    margin: float
    unwritten: float
    phrase: float
    evidence: float
    held: float
    rarest: float
    missing: float
    identifiers: float
    status: float
    explains: float


def signs_of(
    question: ParsedQuestion, asked: WeighedQuestion, ranked: Sequence[Candidate], ranker: Ranker
) -> Signs:
    """The signs of the first of the ranked facts."""
    best = ranked[0]
    runner_up = ranked[1].score if len(ranked) > 1 else 0.0
    unwritten = max((c.score for c in ranked if c.number in ranker.topics), default=0.0)
    total = evidence = missing = rarest = 0.0
    held = identifiers = 0
    reading = question.reading
    for group, spans, rarity in zip(reading.groups, asked.spans, asked.rarities, strict=True):
        if group[0] in reading.naming:
            continue
        total += rarity
        holds, is_asked_by = ranker.index.holds(best.number, spans)
        if is_asked_by:
            evidence += rarity
            held += 1
            rarest = max(rarest, rarity)
        if not holds:
            missing += rarity * bool(spans)
            identifiers += group[0] in reading.identifiers
    rarest_possible = math.log(1 + 2 * ranker.index.size)
    codes = ranker.index.profile(best.number).codes
    return Signs(
        score=best.score,
        margin=(best.score - runner_up) / best.score,
        unwritten=unwritten / best.score,
        phrase=best.phrase,
        evidence=min(evidence / rarest_possible, MAX_EVIDENCE),
        held=min(held, MAX_HELD_WORDS),
        rarest=rarest / rarest_possible,
        missing=missing / total if total else 0.0,
        identifiers=min(identifiers, MAX_IDENTIFIERS),
        status=bool(question.codes.statuses & codes.statuses),
        explains=best.number in question.explained_by,
    )
