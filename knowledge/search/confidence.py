"""How likely it is that the best fact is what was asked for."""

from __future__ import annotations

import math

from knowledge.search.signs import Signs

CONFIDENT = 0.45
"""From this chance on a fact is given as the answer."""
NEAR = 0.2
"""From this chance on it is worth asking 'did you mean'."""
FAINT = 0.05
"""Below this chance a fact isn't worth showing at all, unless its service is named."""
EXPLAINED = 0.8
"""The minimum for the only fact that explains the error in the question."""
JUST_NEAR = (CONFIDENT + NEAR) / 2
"""The most that a fact gets which a guard rules out."""


WEIGHTS = {
    "score": 2.20,
    "margin": 1.56,
    "unwritten": -1.68,
    "phrase": 3.60,
    "evidence": 0.98,
    "held": 0.43,
    "rarest": -0.55,
    "missing": -0.94,
    "identifiers": -0.12,
    "status": -0.20,
    "explains": -0.01,
}
BIAS = -6.21
"""A logistic regression over questions with known answers: `bench/calibrate.py` prints both."""


def chance(signs: Signs) -> float:
    """The chance, from 0 to 1."""
    odds = BIAS + sum(float(getattr(signs, name)) * weight for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-min(30.0, max(-30.0, odds))))
