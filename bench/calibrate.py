"""Fit `knowledge/search/confidence.py`: how likely is it that the best fact is the right one?

    uv run --group dev python -m bench.calibrate

A logistic regression over three kinds of examples: questions with a known answer; the same
questions as if their right facts did not exist, because most real questions have no fact yet; and
messages without an answer. Only lines of the fitting half are used (`bench/questions/README.md`).
Prints the weights, and for each threshold what it does on the scoring half.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np

from bench.questions import FIELD, UNSEEN, WRITTEN, Half, read
from knowledge import KnowledgeBase
from knowledge.evaluation import EvalQuestion, is_right
from knowledge.search.guards import mismatches
from knowledge.search.signs import Signs, signs_of

PENALTY = 0.002
"""Strength of the L2 penalty, per unit of summed weight."""
NEAR_MISS_WEIGHT = 0.25
"""How much a written question without its right fact counts beside the question itself."""
FIELD_WEIGHT = 1.0
"""How much a real question counts beside a written one: there are fewer of them."""
ITERATIONS = 30
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)


@dataclass(frozen=True, slots=True)
class Example:
    """A question and the best fact's signs; `ruled_out` if a guard speaks against the fact."""

    asked: EvalQuestion
    signs: Signs
    right: bool
    ruled_out: bool
    weight: float = 1.0


def main() -> None:
    knowledge = KnowledgeBase.load()
    written, field = read(WRITTEN, Half.FIT), read((*FIELD, *UNSEEN), Half.FIT)
    examples = [
        *_examples(knowledge, written),
        *_examples(knowledge, written, NEAR_MISS_WEIGHT, with_answer=False),
        *_examples(knowledge, field, FIELD_WEIGHT),
        *_examples(knowledge, field, FIELD_WEIGHT / 2, with_answer=False),
    ]
    weights, bias = _fit([example for example in examples if not example.ruled_out])
    names = [known.name for known in fields(Signs)]
    print("WEIGHTS = {")
    for name, weight in zip(names, weights, strict=True):
        print(f'    "{name}": {weight:.2f},')
    print(f"}}\nBIAS = {bias:.2f}")
    for label, files in (("written", WRITTEN), ("field", FIELD), ("unseen", UNSEEN)):
        asked = read(files, Half.SCORE)
        _show(label, asked, list(_examples(knowledge, asked)), weights, bias)


def _examples(
    knowledge: KnowledgeBase,
    questions: Iterable[EvalQuestion],
    weight: float = 1.0,
    with_answer: bool = True,
) -> Iterator[Example]:
    """What the matcher sees of each question; without its answer, as if no right fact existed."""
    matcher = knowledge.matcher
    for asked in questions:
        if not with_answer and not asked.must:
            continue
        parsed = matcher.parser.parse(asked.text)
        weighed = matcher.ranker.weigh(parsed.reading)
        right = {
            number
            for number, fact in enumerate(matcher.facts)
            if asked.must and number not in matcher.topics and is_right(knowledge, fact, asked)
        }
        hidden = () if with_answer else right
        ranked = matcher.ranker.rank(weighed, hidden, parsed.explained_by)
        if ranked and ranked[0].number not in matcher.topics:
            best = ranked[0].number
            signs = signs_of(parsed, weighed, ranked, matcher.ranker)
            ruled_out = bool(mismatches(parsed, best, matcher.index, matcher.rivals(ranked)))
            yield Example(asked, signs, best in right, ruled_out, weight)


def _fit(examples: Sequence[Example]) -> tuple[np.ndarray, float]:
    """Newton's method on standardized signs; the weights are for the signs as they are."""
    signs, target = _matrix(examples), np.array([e.right for e in examples], float)
    share = np.array([e.weight for e in examples])
    share /= share.sum()
    mean, spread = signs.mean(0), signs.std(0) + 1e-9
    scaled = np.c_[(signs - mean) / spread, np.ones(len(signs))]
    penalty = np.r_[np.full(signs.shape[1], PENALTY), 1e-9]
    weights = np.zeros(scaled.shape[1])
    for _ in range(ITERATIONS):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (share * (chance - target)) + penalty * weights
        curvature = (scaled * (share * chance * (1 - chance))[:, None]).T @ scaled
        weights -= np.linalg.solve(curvature + np.diag(penalty), slope)
    plain = weights[:-1] / spread
    return plain, float(weights[-1] - (plain * mean).sum())


def _matrix(examples: Sequence[Example]) -> np.ndarray:
    return np.array([tuple(map(float, astuple(example.signs))) for example in examples])


def _show(
    label: str,
    asked: Sequence[EvalQuestion],
    examples: Sequence[Example],
    weights: np.ndarray,
    bias: float,
) -> None:
    chances = 1 / (1 + np.exp(-(_matrix(examples) @ weights + bias)))
    kinds = list(dict.fromkeys(question.kind for question in asked))
    print(f"\n{label}: right and confident / wrong and confident, percent of {len(asked)}")
    for threshold in THRESHOLDS:
        cells = []
        for kind in kinds:
            count = sum(question.kind == kind for question in asked)
            sure = [
                example.right
                for example, chance in zip(examples, chances, strict=True)
                if example.asked.kind == kind and chance >= threshold and not example.ruled_out
            ]
            right = 100 * sum(sure) / count
            cells.append(f"{kind} {right:.1f}/{100 * len(sure) / count - right:.1f}")
        print(f"{threshold:.2f}  " + "  ".join(cells))


if __name__ == "__main__":
    main()
