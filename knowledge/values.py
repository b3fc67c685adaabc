"""Numbers with units, and how to compare them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum
from operator import eq, le
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction


class Dimension(Enum):
    """What a unit measures; only units of the same dimension compare."""

    SIZE = "size"
    TIME = "time"
    COUNT = "count"
    CHARACTERS = "characters"
    RATE = "rate"
    THROUGHPUT = "throughput"
    PERCENT = "percent"
    VCPU = "vCPU"
    IOPS = "IOPS"


class Unit(StrEnum):
    """The units of typed values, as fact files spell them."""

    B = "B"
    KB = "KB"
    KIB = "KiB"
    MB = "MB"
    MIB = "MiB"
    GB = "GB"
    GIB = "GiB"
    TB = "TB"
    TIB = "TiB"
    MS = "ms"
    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    COUNT = "count"
    CHARACTERS = "characters"
    PERCENT = "percent"
    VCPU = "vCPU"
    IOPS = "IOPS"
    REQUESTS_PER_SECOND = "requests per second"
    MESSAGES_PER_SECOND = "messages per second"
    RECORDS_PER_SECOND = "records per second"
    TRANSACTIONS_PER_SECOND = "transactions per second"
    UNITS_PER_SECOND = "units per second"
    KB_PER_SECOND = "KB per second"
    KIB_PER_SECOND = "KiB per second"
    MB_PER_SECOND = "MB per second"
    MIB_PER_SECOND = "MiB per second"
    GB_PER_SECOND = "GB per second"

    @property
    def dimension(self) -> Dimension:
        return _SCALES[self].dimension


@dataclass(frozen=True, slots=True)
class _Scale:
    """How many of its dimension's smallest unit a unit contains, by the two common conventions.

    People, and AWS, write KB for both 1,000 and 1,024 bytes; a month has 28 to 31 days.
    """

    dimension: Dimension
    low: int
    high: int


def _scale(dimension: Dimension, low: int = 1, high: int | None = None) -> _Scale:
    return _Scale(dimension, low, low if high is None else high)


_DAY_MILLISECONDS = 86_400_000
_SCALES = {
    Unit.B: _scale(Dimension.SIZE),
    Unit.KB: _scale(Dimension.SIZE, 10**3, 2**10),
    Unit.KIB: _scale(Dimension.SIZE, 2**10),
    Unit.MB: _scale(Dimension.SIZE, 10**6, 2**20),
    Unit.MIB: _scale(Dimension.SIZE, 2**20),
    Unit.GB: _scale(Dimension.SIZE, 10**9, 2**30),
    Unit.GIB: _scale(Dimension.SIZE, 2**30),
    Unit.TB: _scale(Dimension.SIZE, 10**12, 2**40),
    Unit.TIB: _scale(Dimension.SIZE, 2**40),
    Unit.MS: _scale(Dimension.TIME),
    Unit.SECONDS: _scale(Dimension.TIME, 1000),
    Unit.MINUTES: _scale(Dimension.TIME, 60_000),
    Unit.HOURS: _scale(Dimension.TIME, 3_600_000),
    Unit.DAYS: _scale(Dimension.TIME, _DAY_MILLISECONDS),
    Unit.WEEKS: _scale(Dimension.TIME, 7 * _DAY_MILLISECONDS),
    Unit.MONTHS: _scale(Dimension.TIME, 28 * _DAY_MILLISECONDS, 31 * _DAY_MILLISECONDS),
    Unit.YEARS: _scale(Dimension.TIME, 365 * _DAY_MILLISECONDS, 366 * _DAY_MILLISECONDS),
    Unit.COUNT: _scale(Dimension.COUNT),
    Unit.CHARACTERS: _scale(Dimension.CHARACTERS),
    Unit.PERCENT: _scale(Dimension.PERCENT),
    Unit.VCPU: _scale(Dimension.VCPU),
    Unit.IOPS: _scale(Dimension.IOPS),
    Unit.REQUESTS_PER_SECOND: _scale(Dimension.RATE),
    Unit.MESSAGES_PER_SECOND: _scale(Dimension.RATE),
    Unit.RECORDS_PER_SECOND: _scale(Dimension.RATE),
    Unit.TRANSACTIONS_PER_SECOND: _scale(Dimension.RATE),
    Unit.UNITS_PER_SECOND: _scale(Dimension.RATE),
    Unit.KB_PER_SECOND: _scale(Dimension.THROUGHPUT, 10**3, 2**10),
    Unit.KIB_PER_SECOND: _scale(Dimension.THROUGHPUT, 2**10),
    Unit.MB_PER_SECOND: _scale(Dimension.THROUGHPUT, 10**6, 2**20),
    Unit.MIB_PER_SECOND: _scale(Dimension.THROUGHPUT, 2**20),
    Unit.GB_PER_SECOND: _scale(Dimension.THROUGHPUT, 10**9, 2**30),
}

_SPELLINGS = {
    Unit.B: "byte bytes",
    Unit.KB: "kilobyte kilobytes kb",
    Unit.KIB: "kibibyte kibibytes",
    Unit.MB: "megabyte megabytes meg megs mb mbs",
    Unit.MIB: "mebibyte mebibytes",
    Unit.GB: "gigabyte gigabytes gig gigs gb gbs",
    Unit.GIB: "gibibyte gibibytes",
    Unit.TB: "terabyte terabytes tb tbs",
    Unit.TIB: "tebibyte tebibytes",
    Unit.MS: "millisecond milliseconds millis msec msecs",
    Unit.SECONDS: "s sec secs second",
    Unit.MINUTES: "min mins minute",
    Unit.HOURS: "h hr hrs hour",
    Unit.DAYS: "d day",
    Unit.WEEKS: "week wk wks",
    Unit.MONTHS: "month",
    Unit.YEARS: "year yr yrs",
    Unit.CHARACTERS: "character char chars",
    Unit.PERCENT: "%",
    Unit.VCPU: "vcpus",
    Unit.REQUESTS_PER_SECOND: "rps req/s requests/s requests/second requests/sec",
    Unit.MESSAGES_PER_SECOND: "msg/s msgs/s messages/s messages/second messages/sec",
    Unit.RECORDS_PER_SECOND: "records/s records/second records/sec",
    Unit.TRANSACTIONS_PER_SECOND: "tps transactions/s transactions/second",
    Unit.KB_PER_SECOND: "kb/s kb/sec kbyte/s",
    Unit.KIB_PER_SECOND: "kib/s kib/sec",
    Unit.MB_PER_SECOND: "mb/s mb/sec mbyte/s",
    Unit.MIB_PER_SECOND: "mib/s mib/sec",
    Unit.GB_PER_SECOND: "gb/s gb/sec",
}
UNITS = {
    spelling: unit
    for unit in Unit
    for spelling in (unit.value.lower(), *_SPELLINGS.get(unit, "").split())
}
"""Every way to spell a unit, in lower case."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a unit, such as 20 MB."""

    number: int | float
    unit: Unit

    def __str__(self) -> str:
        number = f"{self.number:,}"
        if self.unit is Unit.COUNT:
            return number
        if self.unit is Unit.PERCENT:
            return f"{number}%"
        word = self.unit.value
        singular = self.number == 1 and self.unit.dimension is Dimension.TIME and word != "ms"
        return f"{number} {word.removesuffix('s') if singular else word}"

    def at_most(self, other: Quantity) -> bool | None:
        """Whether this is no more than the other; None if that depends on what KB means.

        None also if the units measure different things.
        """
        return self._compare(other, le)

    def equals(self, other: Quantity) -> bool | None:
        """Whether both are the same; None as for `at_most`."""
        return self._compare(other, eq)

    def _compare(self, other: Quantity, holds: Callable[[Fraction, Fraction], bool]) -> bool | None:
        from fractions import Fraction  # slow to import, and rarely needed

        mine, theirs = _SCALES[self.unit], _SCALES[other.unit]
        if mine.dimension is not theirs.dimension:
            return None
        own, its = Fraction(str(self.number)), Fraction(str(other.number))
        low = holds(own * mine.low, its * theirs.low)
        high = holds(own * mine.high, its * theirs.high)
        return low if low == high else None


_QUANTITY_HINT = re.compile(r"\d|\b(?:hour|minute|day|week|month|year)\b")


def may_state_quantity(text: str) -> bool:
    """Whether a text may contain a quantity: a quick check that never misses one."""
    return bool(_QUANTITY_HINT.search(text))


def parse_number(text: str) -> int | float | None:
    """`10,240` or `0.5` as a number; None for anything else."""
    if not re.fullmatch(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,6})?", text):
        return None
    plain = text.replace(",", "")
    return float(plain) if "." in plain else int(plain)
