"""How likely it is that the best fact is what was asked for."""

from __future__ import annotations

import math

from knowledge.search.signs import Signs

CONFIDENT = 0.5
"""From this chance up, a fact is given as the answer."""
NEAR = 0.2
"""From this chance up, it's worth asking "did you mean"."""
FAINT = 0.08
"""Below this chance a fact isn't worth showing at all, unless its service is named."""
EXPLAINED = 0.8
"""The minimum for the only fact that explains the error in the question."""
JUST_NEAR = (CONFIDENT + NEAR) / 2
"""The highest chance for a fact that a guard rules out."""


WEIGHTS = {
    "score": 2.03,
    "margin": 1.29,
    "same_service": 0.68,
    "unwritten": -1.33,
    "phrase": 2.13,
    "rival": -19.86,
    "evidence": 0.21,
    "held": 0.42,
    "missing": -0.50,
    "explains": 2.15,
    "explaining": -1.36,
    "is_error": -0.70,
}
BIAS = -5.02
"""A logistic regression over questions with known answers: `bench/calibrate.py` prints both."""


def chance(signs: Signs) -> float:
    """The chance, from 0 to 1."""
    odds = BIAS + sum(float(getattr(signs, name)) * weight for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-min(30.0, max(-30.0, odds))))
