"""Quantities are read as people write them, and compared only where that is certain."""

from __future__ import annotations

import pytest

from knowledge.values import UNITS, Quantity, Unit, parse_number


@pytest.mark.parametrize(
    ("text", "number"), [("20", 20), ("1,048,576", 1_048_576), ("10,000", 10_000), ("0.5", 0.5)]
)
def test_a_number_is_read(text: str, number: float) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    ("spelling", "unit"),
    [
        ("mb", Unit.MB),
        ("bytes", Unit.B),
        ("gib", Unit.GIB),
        ("minute", Unit.MINUTES),
        ("secs", Unit.SECONDS),
        ("requests per second", Unit.REQUESTS_PER_SECOND),
        ("mb/s", Unit.MB_PER_SECOND),
        ("%", Unit.PERCENT),
        ("parsecs", None),
    ],
)
def test_units_have_several_spellings(spelling: str, unit: Unit | None) -> None:
    assert UNITS.get(spelling) is unit


@pytest.mark.parametrize(
    "text", ["", "MB", "1.2.3", "-5", "1,00", "1e3", "٣", "1" * 16, "1_000", " 1", "nan"]
)
def test_only_plain_numbers_are_numbers(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (Quantity(20, Unit.MB), Quantity(6, Unit.MB), False),
        (Quantity(256, Unit.KB), Quantity(1, Unit.MIB), True),
        (Quantity(15, Unit.MINUTES), Quantity(900, Unit.SECONDS), True),
        (Quantity(901, Unit.SECONDS), Quantity(15, Unit.MINUTES), False),
        (Quantity(10, Unit.GB), Quantity(10_240, Unit.MB), True),
        (
            Quantity(400, Unit.KIB),
            Quantity(400, Unit.KB),
            None,
        ),  # 400 KB may mean 400,000 or 409,600 bytes
        (Quantity(30, Unit.DAYS), Quantity(1, Unit.MONTHS), None),
        (Quantity(14, Unit.DAYS), Quantity(1, Unit.MONTHS), True),
        (Quantity(20, Unit.MB), Quantity(20, Unit.SECONDS), None),
        (Quantity(1, Unit.MB), Quantity(1, Unit.MB_PER_SECOND), None),
    ],
)
def test_at_most_holds_only_where_every_reading_agrees(
    left: Quantity, right: Quantity, expected: bool | None
) -> None:
    assert left.at_most(right) is expected


def test_one_mebibyte_may_or_may_not_be_one_megabyte() -> None:
    one, other = Quantity(1, Unit.MB), Quantity(1, Unit.MIB)
    assert one.equals(other) is None
    assert one.equals(Quantity(1024, Unit.KB)) is None
    assert Quantity(1024, Unit.KIB).equals(other) is True
    assert Quantity(256, Unit.KB).equals(other) is False


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (Quantity(1, Unit.HOURS), "1 hour"),
        (Quantity(15, Unit.MINUTES), "15 minutes"),
        (Quantity(10_240, Unit.MB), "10,240 MB"),
        (Quantity(200, Unit.COUNT), "200"),
        (Quantity(1, Unit.MS), "1 ms"),
        (Quantity(0.5, Unit.MIB), "0.5 MiB"),
        (Quantity(80, Unit.PERCENT), "80%"),
    ],
)
def test_a_quantity_reads_as_one_would_say_it(quantity: Quantity, text: str) -> None:
    assert str(quantity) == text


def test_no_spelling_means_two_units() -> None:
    spelled = [spelling for unit in Unit for spelling in _spellings(unit)]
    assert len(spelled) == len(set(spelled))


def _spellings(unit: Unit) -> set[str]:
    from knowledge.values import _SPELLINGS

    return {unit.value.lower(), *_SPELLINGS.get(unit, "").split()}


def test_every_unit_is_read_back() -> None:
    assert {UNITS[unit.value.lower()] for unit in Unit} == set(Unit)
