"""Dated changes: read from files, and put into words that are right on the day they are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.files.loader import load
from knowledge.milestones import answer_on, say_milestones
from knowledge.model import Milestone
from tests.unit.knowledge.test_loader import fact, faults, write
from tests.unit.knowledge.test_schema import complaints

MILESTONES = """  milestones:
    deprecated: {py9: 2025-12-15, py11: 2027-06-30, py10: 2025-12-15, py12: 2028-10-31}
    blocked for updates: {py9: 2027-03-03}
"""
BEFORE = "py9 and py10 will be deprecated on December 15, 2025; py11 on June 30, 2027"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path, fact() + MILESTONES)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2025-12-14", BEFORE + "; py12 on October 31, 2028."),
        (
            "2025-12-15",
            "py9 and py10 were deprecated on December 15, 2025. "
            "py11 will be deprecated on June 30, 2027; py12 on October 31, 2028.",
        ),
        (
            "2027-06-30",
            "py9 and py10 were deprecated on December 15, 2025; py11 on June 30, 2027. "
            "py12 will be deprecated on October 31, 2028.",
        ),
        (
            "2029-01-01",
            "py9 and py10 were deprecated on December 15, 2025; py11 on June 30, 2027; "
            "py12 on October 31, 2028.",
        ),
    ],
)
def test_what_was_and_what_will_be_depends_on_the_day(folder: Path, today: str, said: str) -> None:
    (found,) = load([folder]).facts.values()
    assert say_milestones(found, date.fromisoformat(today)) == said
    assert answer_on(found, date.fromisoformat(today)) == f"{found.answer} {said}"


def test_other_changes_are_for_those_who_want_more(folder: Path) -> None:
    (found,) = load([folder]).facts.values()
    assert found.milestones[-1] == Milestone("blocked for updates", "py9", "2027-03-03")
    detailed = say_milestones(found, date(2027, 3, 3), detailed=True)
    assert detailed.endswith(" py9 was blocked for updates on March 3, 2027.")
    assert "blocked" not in say_milestones(found, date(2027, 3, 3))


def test_a_fact_without_dates_says_nothing(tmp_path: Path) -> None:
    (found,) = load([write(tmp_path, fact())]).facts.values()
    assert say_milestones(found, date(2026, 1, 1), detailed=True) == ""
    assert answer_on(found, date(2026, 1, 1)) == found.answer


def test_loader_and_schema_take_them(folder: Path) -> None:
    assert faults(folder) == [] and complaints(folder / "sns.yaml") == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("py11: 2027-06-30", "py11: June 2027", "py11 needs a day like 2027-06-30, not 'June"),
        ("py11: 2027-06-30", "py11: 2027-06", "py11 needs a day"),
        ("py11: 2027-06-30", "py11: 2027-06-31", "py11 needs a day"),
        ("{py9: 2027-03-03}", "2027-03-03", "blocked for updates must be a mapping"),
        (MILESTONES, "  milestones: {}\n", "milestones look like {deprecated:"),
        (MILESTONES, "  milestones: soon\n", "milestones must be a mapping"),
        ("blocked for updates", "b" * 41, "the limit is 40 characters"),
    ],
)
def test_a_mistake_is_explained(folder: Path, old: str, new: str, sentence: str) -> None:
    file = folder / "sns.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    found = faults(folder)
    assert any(sentence in fault for fault in found), found
    if "31" not in new:  # a schema doesn't know how many days a month has
        assert complaints(file)
