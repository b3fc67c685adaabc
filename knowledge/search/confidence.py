"""How likely it is that the best fact is what was asked for."""

from __future__ import annotations

import math

from knowledge.search.signs import Signs

CONFIDENT = 0.34
"""From this chance on a fact is given as the answer."""
NEAR = 0.2
"""From this chance on it is worth asking 'did you mean'."""
JUST_NEAR = (CONFIDENT + NEAR) / 2
"""The most that a fact gets which a guard rules out."""


WEIGHTS = {
    "score": 1.92,
    "margin": 1.03,
    "unwritten": -0.85,
    "phrase": 6.70,
    "evidence": 1.62,
    "held": 0.29,
    "rarest": -1.07,
    "missing": -1.04,
    "identifiers": -0.26,
    "status": 0.44,
    "explains": 1.21,
}
BIAS = -6.97
"""A logistic regression over questions with known answers: `bench/calibrate.py` prints both."""


def chance(signs: Signs) -> float:
    """The chance, from 0 to 1."""
    odds = BIAS + sum(float(getattr(signs, name)) * weight for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-min(30.0, max(-30.0, odds))))
