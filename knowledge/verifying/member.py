"""What a model says about one member of a request or one property of a resource."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from knowledge.values import UNITS, Dimension, Quantity, Unit

_NAME_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_NAMED_UNIT = re.compile(r"(?:\bin|[0-9]) ?\(?([A-Za-z]+)")
_SMALLEST = (Unit.SECONDS, Unit.B)
"""What AWS counts in where neither name nor documentation says so."""


class Measure(Enum):
    """What the bounds of a member count."""

    NUMBER = "number"
    CHARACTERS = "characters"
    BYTES = "bytes"
    THINGS = "things"


@dataclass(frozen=True, slots=True)
class Member:
    """`required` and `create_only` are None where the model doesn't say."""

    name: str
    measure: Measure | None = None
    min: int | float | None = None
    max: int | float | None = None
    enum: tuple[str, ...] = ()
    documentation: str = ""
    required: bool | None = None
    create_only: bool | None = None

    def can_count(self, unit: Unit) -> bool:
        """Whether a bound can be about such a unit: the length of a list is not a time."""
        if unit.dimension in (Dimension.TIME, Dimension.SIZE):
            return bool(next(self.quantities(0, unit.dimension), None))
        return unit.dimension in (Dimension.COUNT, Dimension.CHARACTERS, Dimension.PERCENT)

    def quantities(self, number: int | float, dimension: Dimension) -> Iterator[Quantity]:
        """What a bound may mean as a time or a size: 900 seconds for the max of a Timeout."""
        for unit in self._units():
            if unit.dimension is dimension:
                yield Quantity(number, unit)

    def _units(self) -> tuple[Unit, ...]:
        if self.measure in (Measure.CHARACTERS, Measure.BYTES):
            return (Unit.B,)
        if self.measure is Measure.THINGS:
            return ()
        words = _NAME_WORD.findall(self.name)
        for ending in ("".join(words[-2:]), "".join(words[-1:])):  # KiB has two words
            if named := UNITS.get(ending.lower()):
                return (named,)
        said = (word.lower() for word in _NAMED_UNIT.findall(self.documentation))
        return tuple(dict.fromkeys(UNITS[word] for word in said if word in UNITS)) or _SMALLEST
