"""How long a check of a fact is good, by what sort of fact it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from knowledge import Fact, Kind
from knowledge.review import REVIEW_DAYS, days_overdue, is_overdue, overdue_facts

CHECKED = date(2026, 11, 25)


def fact(kind: Kind | None) -> Fact:
    return Fact(
        id="a", service="s", title="", answer="", detail=None, was=None, keywords=(),
        phrasings=(), related=(), source="", checked=CHECKED.isoformat(), quiz=(), kind=kind,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        (Kind.LIMIT, 90), (Kind.LIFECYCLE, 90), (Kind.DEFAULT, 90), (Kind.PRICE, 90),
        (Kind.BEHAVIOR, 180), (Kind.ERROR, 180), (Kind.HOW_TO, 180), (Kind.PERMISSION, 180),
        (Kind.NAMING, 180), (Kind.DIFFERENCE, 180), (None, 180), (Kind.CONCEPT, 365),
    ],
)  # fmt: skip
def test_a_check_is_good_for_some_time(kind: Kind | None, days: int) -> None:
    last_day = CHECKED + timedelta(days)
    assert not is_overdue(fact(kind), last_day)
    assert is_overdue(fact(kind), last_day + timedelta(1))
    assert days_overdue(fact(kind), last_day + timedelta(7)) == 7


def test_what_most_ask_for_comes_first() -> None:
    limit = fact(Kind.LIMIT)
    facts = [
        replace(limit, id="rare", demand=1),
        replace(limit, id="asked", demand=4),
        replace(limit, id="old", demand=4, checked="2026-01-01"),
        replace(limit, id="fresh", demand=5, checked="2027-02-20"),
        replace(limit, id="unknown"),
        replace(fact(Kind.CONCEPT), id="concept", demand=5),
    ]
    found = overdue_facts(facts, date(2027, 3, 1))
    assert [item.id for item in found] == ["old", "asked", "rare", "unknown"]


def test_every_kind_has_its_time() -> None:
    assert set(REVIEW_DAYS) == set(Kind)
    assert not is_overdue(replace(fact(Kind.LIMIT), checked="2030-01-01"), CHECKED)
