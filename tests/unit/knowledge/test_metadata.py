"""The typed fields of a fact: what is read, and how a mistake in one is explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import Fact, Kind
from knowledge.files.loader import load
from knowledge.model import FactsById, FactValue
from knowledge.values import Unit
from tests.unit.knowledge.test_loader import fact, faults, write

TYPED = """  kind: limit
  demand: 5
  aliases: [sns-old, sns-older]
  value: {of: messages, max: 256, min: 1, default: 64.5, unit: KiB, adjustable: false}
  errors: ["Rate exceeded", "Message * too long"]
  was: {until: 2025-08, text: The limit was 64 KiB.}
  misread: The limit is for the whole batch, not for each message.
  check: botocore sns Publish.Message max
"""
QUIZ = """    because: {1 day: the delay, 30 days: a log group}
    difficulty: 2
"""


def typed(**changed: str) -> str:
    return fact(**changed) + QUIZ + TYPED


def the_fact(folder: Path, text: str) -> Fact:
    return next(iter(load([write(folder, text)]).facts.values()))


def test_every_typed_field_is_read(tmp_path: Path) -> None:
    found = the_fact(tmp_path, typed())
    assert found.kind is Kind.LIMIT and found.demand == 5
    assert found.value == FactValue("messages", Unit.KIB, 256, 1, 64.5, False)
    assert found.errors == ("Rate exceeded", "Message * too long")
    assert (found.was, found.was_until) == ("Until August 2025: The limit was 64 KiB.", "2025-08")
    assert found.misread == "The limit is for the whole batch, not for each message."
    assert found.check == "botocore sns Publish.Message max"
    assert found.aliases == ("sns-old", "sns-older")
    question = found.quiz[0]
    assert question.because == {"1 day": "the delay", "30 days": "a log group"}
    assert question.difficulty == 2
    assert hash(found) == hash(the_fact(tmp_path, typed()))


def test_typed_fields_are_optional(tmp_path: Path) -> None:
    found = the_fact(tmp_path, fact())
    assert (found.kind, found.value, found.errors, found.check) == (None, None, (), None)
    assert (found.misread, found.demand, found.aliases) == (None, None, ())


@pytest.mark.parametrize(
    ("until", "shown"),
    [
        ("2025", "Until 2025: "),
        ("2025-08", "Until August 2025: "),
        ("2025-08-05", "Until August 5, 2025: "),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(tmp_path: Path, until: str, shown: str) -> None:
    found = the_fact(tmp_path, typed().replace("2025-08", until))
    assert found.was is not None and found.was.startswith(shown)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("kind: limit", "kind: limits", "unknown kind 'limits'; use one of concept, limit"),
        ("kind: limit", "kind: limits", "Did you mean limit?"),
        ("kind: limit", "kind: behaviour", "Did you mean behavior?"),
        ("kind: limit", "kind: howto", "Did you mean how-to?"),
        ("  kind:", "  kinds:", "Did you mean kind?"),
        ("unit: KiB", "unit: kilobytes", "Did you mean KB?"),
        ("unit: KiB", "unit: sec", "Did you mean seconds?"),
        ("unit: KiB", "unit: hourz", "Did you mean hours?"),
        (", unit: KiB", "", "the value has no unit"),
        ("of: messages, ", "", "of is missing"),
        ("max: 256, min: 1, default: 64.5, ", "", "a value needs max, min, or default"),
        ("max: 256", "max: 256 KB", "max must be a plain number such as 1024 or 0.5"),
        ("max: 256", 'max: "1,024"', "max must be a plain number"),
        ("max: 256", "max: 32", "default is greater than max"),
        ("min: 1", "min: 512", "min is greater than default"),
        ("adjustable: false", "adjustable: no", "adjustable must be true or false, not 'no'"),
        ('"Rate exceeded"', '"/rate.*/"', "looks like a regular expression; use *"),
        ('"Rate exceeded"', '"a*b"', "would match nearly every error; give at least 4"),
        ("until: 2025-08", "until: August 2025", "until must be a date"),
        ("until: 2025-08", "until: 2025-13", "until must be a date"),
        ("until: 2025-08, ", "", "was needs until"),
        ("misread: The limit", "misread: " + "x" * 200, "the limit is 200"),
        ("botocore sns", "botocor sns", "Did you mean botocore?"),
        ("Publish.Message max", "Publish.Message biggest", "check cannot be read; write botocore"),
        ("demand: 5", "demand: 6", "demand must be a whole number from 1 to 5"),
        ("demand: 5", "demand: high", "demand must be a whole number from 1 to 5"),
        ("difficulty: 2", "difficulty: 0", "difficulty must be a whole number from 1 to 3"),
        ("30 days: a", "30 dayz: a", "isn't a wrong option. Did you mean 30 days?"),
        ("{1 day: the", "{4 days: the", "because explains '4 days', which isn't a wrong option"),
        ("[sns-old, sns-older]", "[SNS Old]", "'SNS Old' can't be an ID"),
        ("[sns-old, sns-older]", "[sns-one]", "the alias sns-one is already the ID of a fact"),
    ],
)
def test_a_mistake_is_explained(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in typed()
    found = faults(write(tmp_path, typed().replace(old, new)))
    assert any(sentence in fault for fault in found), found


def test_every_mistake_is_reported_with_its_line(tmp_path: Path) -> None:
    text = typed().replace("kind: limit", "kind: x").replace("KiB", "KiBs")
    text = text.replace("demand: 5", "demand: 9").replace("difficulty: 2", "difficulty: 9")
    folder = write(tmp_path, text)
    lines = (folder / "sns.yaml").read_text(encoding="utf-8").splitlines()
    found = faults(folder)
    assert len(found) == 4
    for field in ("kind: x", "KiBs", "demand: 9", "difficulty: 9"):
        line = next(number for number, text in enumerate(lines, 1) if field in text)
        assert any(f"sns.yaml:{line}: sns-one:" in fault for fault in found), (field, found)


def test_two_facts_may_not_share_an_alias(tmp_path: Path) -> None:
    twin = fact("sns-two").replace("related:", "aliases: [sns-old]\n  related:")
    twin = twin.replace("right: 4", "right: 4").replace("Answer", "Other answer")
    found = faults(write(tmp_path, typed(), twin))
    assert any("the alias sns-old also belongs to sns-one" in fault for fault in found), found


def test_a_team_may_keep_a_fact_that_was_merged_here(tmp_path: Path) -> None:
    ours = write(tmp_path / "ours", typed())
    own = fact("sns-old", answer="Our own.")
    theirs = write(tmp_path / "theirs", own, name="own.yaml")
    facts = FactsById(load([ours, theirs]).facts.values())
    assert facts["sns-old"].answer == "Our own."
    assert facts["sns-older"].id == "sns-one"


def test_related_may_name_a_merged_fact(tmp_path: Path) -> None:
    other = fact("sns-two", related="sns-old").replace("Answer", "Other answer")
    assert faults(write(tmp_path, typed(), other)) == []
    itself = typed(related="sns-old")
    found = faults(write(tmp_path, itself))
    assert any("can't be related to itself" in fault for fault in found), found


def test_an_old_id_finds_the_merged_fact(tmp_path: Path) -> None:
    facts = FactsById(load([write(tmp_path, typed(), fact("sns-two", answer="B."))]).facts.values())
    assert facts["sns-old"] is facts["sns-one"]
    assert facts.get("sns-nothing") is None and "sns-older" in facts
    assert [*facts] == ["sns-one", "sns-two"] and len(facts) == 2
    assert facts.current_id("sns-old") == "sns-one"
    assert facts.current_id("gone") == "gone"
