"""Quantities are read as people write them, and compared only where that is certain."""

from __future__ import annotations

import pytest

from knowledge.values import UNITS, Quantity, Unit, parse_number, parse_quantity


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("20 MB", 20, Unit.MB),
        ("20mb", 20, Unit.MB),
        ("1,048,576 bytes", 1_048_576, Unit.B),
        ("0.5 GiB", 0.5, Unit.GIB),
        ("15-minute", 15, Unit.MINUTES),
        ("3 secs", 3, Unit.SECONDS),
        ("10,000 requests per second", 10_000, Unit.REQUESTS_PER_SECOND),
        ("1 MB/s", 1, Unit.MB_PER_SECOND),
        ("80%", 80, Unit.PERCENT),
    ],
)
def test_a_quantity_is_read(text: str, number: float, unit: Unit) -> None:
    assert parse_quantity(text) == Quantity(number, unit)


@pytest.mark.parametrize("text", ["", "MB", "20", "20 parsecs", "1.2.3 MB", "-5 MB", "1,00 KB"])
def test_anything_else_is_not(text: str) -> None:
    assert parse_quantity(text) is None


@pytest.mark.parametrize("text", ["1e3", "٣", "1" * 16, "1_000", " 1", "nan"])
def test_only_plain_numbers_are_numbers(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("20 MB", "6 MB", False),
        ("256 KB", "1 MiB", True),
        ("15 minutes", "900 seconds", True),
        ("901 seconds", "15 minutes", False),
        ("10 GB", "10,240 MB", True),
        ("400 KiB", "400 KB", None),  # 400 KB may mean 400,000 or 409,600 bytes
        ("30 days", "1 month", None),
        ("14 days", "1 month", True),
        ("20 MB", "20 seconds", None),
        ("1 MB", "1 MB/s", None),
    ],
)
def test_at_most_holds_only_where_every_reading_agrees(
    left: str, right: str, expected: bool | None
) -> None:
    one, other = parse_quantity(left), parse_quantity(right)
    assert one is not None and other is not None
    assert one.at_most(other) is expected


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
