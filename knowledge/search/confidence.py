"""How likely it is that the best fact is what was asked for."""

from __future__ import annotations

import math

from knowledge.search.signs import Signs

CONFIDENT = 0.46
"""From this chance on a fact is given as the answer."""
NEAR = 0.2
"""From this chance on it is worth asking 'did you mean'."""
EXPLAINED = 0.8
"""The least that a fact gets which alone says that it explains the error given."""
JUST_NEAR = (CONFIDENT + NEAR) / 2
"""The most that a fact gets which a guard rules out."""


WEIGHTS = {
    "score": 1.80,
    "margin": 1.09,
    "unwritten": -1.15,
    "phrase": 7.94,
    "evidence": 1.53,
    "held": 0.41,
    "rarest": -0.56,
    "missing": -0.52,
    "identifiers": -0.54,
    "status": 0.10,
    "explains": 1.00,
}
BIAS = -7.19
"""A logistic regression over questions with known answers: `bench/calibrate.py` prints both."""


def chance(signs: Signs) -> float:
    """The chance, from 0 to 1."""
    odds = BIAS + sum(float(getattr(signs, name)) * weight for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-min(30.0, max(-30.0, odds))))
