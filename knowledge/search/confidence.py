"""How likely it is that the best fact is what was asked for."""

from __future__ import annotations

import math

from knowledge.search.signs import Signs

CONFIDENT = 0.45
"""From this chance on a fact is given as the answer."""
NEAR = 0.2
"""From this chance on it is worth asking 'did you mean'."""
JUST_NEAR = (CONFIDENT + NEAR) / 2
"""The most that a fact gets which a guard rules out."""


WEIGHTS = {
    "score": 1.88,
    "margin": 1.08,
    "unwritten": -1.14,
    "phrase": 7.61,
    "evidence": 1.53,
    "held": 0.40,
    "rarest": -0.58,
    "missing": -0.41,
    "identifiers": -0.67,
    "status": 0.12,
    "explains": 0.97,
}
BIAS = -7.22
"""A logistic regression over questions with known answers: `bench/calibrate.py` prints both."""


def chance(signs: Signs) -> float:
    """The chance, from 0 to 1."""
    odds = BIAS + sum(float(getattr(signs, name)) * weight for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-min(30.0, max(-30.0, odds))))
