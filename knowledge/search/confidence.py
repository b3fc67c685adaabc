"""How likely it is that the best fact is what was asked for."""

from __future__ import annotations

import math
from dataclasses import dataclass

CONFIDENT = 0.66
"""From this chance on a fact is given as the answer."""
NEAR = 0.35
"""From this chance on it is worth asking 'did you mean'."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for the best fact; shares are from 0 to 1.

    `margin` is its lead over the runner-up as a share of its score, `tokens` and `weight` the
    logarithms of the question's tokens and of their summed rarity; `named` and `conflict` say
    whether the question names the fact's own service, or something the fact does not speak of.
    """

    margin: float
    coverage: float
    phrase: float
    base: float
    tokens: float
    unknown: float
    named: bool
    conflict: bool
    weight: float
    unwritten: float


WEIGHTS = (0.78, 2.104, 11.567, 5.067, 1.248, -0.631, 0.342, -1.5, 2.829, -1.277)
BIAS = -16.549
"""A logistic regression over questions with known answers: `bench/calibrate.py` prints both."""


def chance(signs: Signs) -> float:
    """The chance, from 0 to 1."""
    values = (
        signs.margin, signs.coverage, signs.phrase, signs.base, signs.tokens,
        signs.unknown, signs.named, signs.conflict, signs.weight, signs.unwritten,
    )  # fmt: skip
    odds = BIAS + sum(value * weight for value, weight in zip(values, WEIGHTS, strict=True))
    return 1 / (1 + math.exp(-min(30.0, max(-30.0, odds))))
