"""How likely it is that the best fact is what was asked for."""

from __future__ import annotations

import math

from knowledge.search.signs import Signs

CONFIDENT = 0.32
"""From this chance on a fact is given as the answer."""
NEAR = 0.2
"""From this chance on it is worth asking 'did you mean'."""
JUST_NEAR = (CONFIDENT + NEAR) / 2
"""The most that a fact gets which a guard rules out."""


WEIGHTS = {
    "score": 1.89,
    "margin": 0.99,
    "unwritten": -0.98,
    "phrase": 4.61,
    "evidence": 0.43,
    "held": 0.50,
    "rarest": 2.04,
    "missing": -1.35,
    "identifiers": -0.40,
    "status": 1.23,
}
BIAS = -7.32
"""A logistic regression over questions with known answers: `bench/calibrate.py` prints both."""


def chance(signs: Signs) -> float:
    """The chance, from 0 to 1."""
    odds = BIAS + sum(float(getattr(signs, name)) * weight for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-min(30.0, max(-30.0, odds))))
