"""Fit `knowledge/confidence.py`: how likely is it that the best fact is the right one?

    uv run python -m bench.calibrate [FILE ...]

A logistic regression over questions with known answers, and messages without one. Prints the
weights, and what each threshold would do on the same questions.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import astuple, fields, replace
from pathlib import Path

import numpy as np

from bench.answers import QUESTIONS
from bot.slack.incoming import read_message
from knowledge import KnowledgeBase
from knowledge.evaluation import Asked, is_right, read_questions
from knowledge.search.confidence import Signs

STEPS, RATE, PENALTY = 4000, 0.5, 0.002


def main(files: Sequence[str]) -> None:
    knowledge = KnowledgeBase.load()
    paths = [Path(file) for file in files] or QUESTIONS
    asked = [q for path in paths for q in read_questions(path.read_text(encoding="utf-8"))]
    asked = [replace(q, text=read_message(q.text)) for q in asked]
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    questions: list[Asked] = []
    for question in asked:
        signs, good = _look(knowledge, question)
        if signs is not None:
            rows.append(tuple(map(float, astuple(signs))))
            right.append(good)
            questions.append(question)
    signs_of = np.array(rows)
    mean, spread = signs_of.mean(0), signs_of.std(0) + 1e-9
    scaled = np.c_[(signs_of - mean) / spread, np.ones(len(rows))]
    target = np.array(right, float)
    weights = np.zeros(scaled.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (chance - target) / len(target)
        weights -= RATE * (slope + PENALTY * np.r_[weights[:-1], 0])
    plain = weights[:-1] / spread
    print([known.name for known in fields(Signs)])
    print("WEIGHTS =", tuple(round(float(weight), 3) for weight in plain))
    print("BIAS =", round(float(weights[-1] - (plain * mean).sum()), 3))
    _show_thresholds(1 / (1 + np.exp(-scaled @ weights)), target, questions, asked)


def _look(knowledge: KnowledgeBase, question: Asked) -> tuple[Signs | None, bool]:
    matcher = knowledge.matcher
    asked = matcher.weigh(matcher.reader.read(question.text))
    ranked = matcher.rank(asked)
    if not ranked or ranked[0].number >= matcher.known:
        return None, False
    fact = matcher.facts[ranked[0].number]
    good = bool(question.must) and is_right(knowledge, fact, question)
    return matcher.signs(asked, ranked), good


def _show_thresholds(
    chance: np.ndarray, target: np.ndarray, questions: Sequence[Asked], asked: Sequence[Asked]
) -> None:
    answerable = sum(bool(question.must) for question in asked)
    silent = sorted({question.kind for question in asked if not question.must})
    for threshold in (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8):
        sure = chance >= threshold
        wrong = sum(
            bool(q.must) and s and not t for q, s, t in zip(questions, sure, target, strict=True)
        )
        answered = [
            f"{kind} {sum(q.kind == kind and s for q, s in zip(questions, sure, strict=True))}"
            f"/{sum(q.kind == kind for q in asked)}"
            for kind in silent
        ]
        share = f"right {100 * (sure * target).sum() / answerable:.1f} %"
        print(threshold, share, f"wrong {100 * wrong / answerable:.1f} %", *answered)


if __name__ == "__main__":
    main(sys.argv[1:])
