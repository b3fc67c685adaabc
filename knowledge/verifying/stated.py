"""The numbers and words that a fact states, to compare with a model's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.model import Fact
from knowledge.values import UNITS, Dimension, Quantity, Unit, parse_number
from knowledge.verifying.member import Member

_NUMBER = re.compile(r"(?<![\w.])([0-9][0-9,]*(?:\.[0-9]+)?)[ -]?([A-Za-z%]+(?: per second)?)?")
_WORD = re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+")
"""A part of a name: PublishedVersions has two, like published versions."""
_TO_TWELVE = "one two three four five six seven eight nine ten eleven twelve"
_SPELLED = {word: number for number, word in enumerate(_TO_TWELVE.split(), start=1)}
_SPELLED_OUT = re.compile(rf"(?i)\b({'|'.join(_SPELLED)})(?:[ -]([a-z]+))?\b")
_CONVERTED = {Dimension.TIME: Unit.SECONDS, Dimension.SIZE: Unit.B}
"""What a number without a unit may stand for, beside the number of a time or a size."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A number in a text; `unit` is None if what follows it is no unit."""

    number: int | float
    unit: Unit | None = None

    def means(self, number: int | float, member: Member) -> bool:
        """Whether this is what a model's bound says: 15 minutes is what a max of 900 says."""
        if self.unit is None or self.unit.dimension not in _CONVERTED:
            return self.number == number
        mine = Quantity(self.number, self.unit)
        return any(_same(mine, its) for its in member.quantities(number, self.unit.dimension))

    def agrees(self, other: Stated) -> bool:
        """Whether two texts mean the same: 345,600 seconds are 4 days."""
        if self.unit is None or other.unit is None:
            unit = self.unit or other.unit
            as_counted = _CONVERTED.get(unit.dimension) if unit else None
            return self.number == other.number or (
                as_counted is not None
                and _same(
                    Quantity(self.number, self.unit or as_counted),
                    Quantity(other.number, other.unit or as_counted),
                )
            )
        if self.unit.dimension is not other.unit.dimension:
            return False
        return _same(Quantity(self.number, self.unit), Quantity(other.number, other.unit))


def numbers_in(text: str) -> Iterator[Stated]:
    """Every number of a text, in digits or spelled out up to twelve."""
    for digits, word in _NUMBER.findall(text):
        number = parse_number(digits.rstrip(","))
        if number is not None:
            yield Stated(number, _unit(word))
    for word, following in _SPELLED_OUT.findall(text):
        yield Stated(_SPELLED[word.lower()], _unit(following))


def numbers_of(fact: Fact) -> list[Stated]:
    """Every number that a fact states, its typed value among them."""
    value = fact.value
    typed = (value.minimum, value.maximum, value.standard) if value else ()
    return [
        *(Stated(value.number, value.unit) for value in typed if value),
        *numbers_in(fact_text(fact)),
    ]


def names(fact: Fact, value: str) -> bool:
    """Whether a fact names a value, in whatever spelling: Standard-IA for STANDARD_IA."""
    return _spaced(value) in _spaced(fact_text(fact))


def fact_text(fact: Fact) -> str:
    """The prose that checks look at: title, answer, and detail."""
    return "\n".join((fact.title, fact.answer, fact.detail or ""))


def _spaced(text: str) -> str:
    return f" {' '.join(_WORD.findall(text))} ".lower()


def _unit(word: str) -> Unit | None:
    """A unit by its spelling, if need be without what follows it: `MB at`."""
    return UNITS.get(word.lower()) or UNITS.get(word.split(" ")[0].lower() if word else "")


def _same(left: Quantity, right: Quantity) -> bool:
    """KB may mean 1,000 or 1,024 bytes, so agreeing with either is no contradiction."""
    return left.equals(right) is not False
