"""A blank fact is added to a file as an editor would: nothing else in it changes."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from knowledge import FactsError
from knowledge.files.adding import add_fact, new_file
from knowledge.files.loader import inspect
from tests.unit.knowledge.test_loader import fact, write

NEW = "sns-new"
AFTER = {
    "plain": "",
    "a blank line": "\n\n",
    "a comment": "\n# Ideas for later: FIFO topics\n",
    "a field": "\n# Kept last\nsummary: Topics.\n",
    "an end": "...\n",
}


def added(path: Path, fact_id: str = NEW) -> list[str]:
    """Add a fact, and return the lines that are new; none may have gone or changed."""
    before = path.read_bytes().decode("utf-8")
    line = add_fact(path, fact_id)
    after = path.read_bytes().decode("utf-8")
    changes = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    assert not [change for change in changes if change.startswith(("-", "?"))]
    above, first = after.splitlines()[line - 2 : line]
    assert (above, first.strip()) == ("", f"- id: {fact_id}")
    return [change[2:] for change in changes if change.startswith("+")]


def ids(folder: Path) -> list[str]:
    return list(inspect([folder])[0].facts)


@pytest.mark.parametrize("after", AFTER.values(), ids=AFTER.keys())
def test_a_fact_comes_last_and_nothing_else_changes(tmp_path: Path, after: str) -> None:
    path = write(tmp_path, fact(), fact("sns-two", answer="Other.")) / "sns.yaml"
    path.write_text(path.read_text(encoding="utf-8") + after, encoding="utf-8")
    assert f"- id: {NEW}" in added(path)
    assert ids(tmp_path) == ["sns-one", "sns-two", NEW]


def test_a_comment_below_the_facts_stays_below(tmp_path: Path) -> None:
    path = write(tmp_path, fact()) / "sns.yaml"
    path.write_text(path.read_text(encoding="utf-8") + AFTER["a field"], encoding="utf-8")
    added(path)
    assert path.read_text(encoding="utf-8").endswith("    wrong:\n" + AFTER["a field"])
    content, _ = inspect([tmp_path])
    assert content.services["sns"].summary == "Topics."


def test_a_text_over_several_lines_stays_whole(tmp_path: Path) -> None:
    text = fact().replace("  quiz:", "  detail: |\n    # One\n\n    # Two\n  quiz:")
    *head, quiz = text.partition("  detail:")[0], text.partition("  quiz:")[2]
    detail = "  detail: |\n    One\n\n    # Two\n"
    path = write(tmp_path, head[0] + "  quiz:" + quiz + detail) / "sns.yaml"
    added(path)
    assert inspect([tmp_path])[0].facts["sns-one"].detail == "One\n\n# Two"


def test_indented_facts_get_an_indented_one(tmp_path: Path) -> None:
    path = write(tmp_path, fact().replace("\n", "\n  ").rstrip(" ")) / "sns.yaml"
    assert f"  - id: {NEW}" in added(path)
    assert ids(tmp_path) == ["sns-one", NEW]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_endings_and_byte_order_marks_are_kept(tmp_path: Path, mark: str) -> None:
    path = write(tmp_path, fact()) / "sns.yaml"
    text = mark + path.read_text(encoding="utf-8").rstrip("\n").replace("\n", "\r\n")
    path.write_bytes(text.encode("utf-8"))
    added(path)
    found = path.read_bytes().decode("utf-8")
    assert found.startswith(text) and found.count("\n") == found.count("\r\n")
    assert ids(tmp_path) == ["sns-one", NEW]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("service: Amazon SNS\n", "no facts to add to"),
        ("service: Amazon SNS\nfacts:\n", "no facts to add to"),
        ("service: Amazon SNS\nfacts: [{id: a}]\n", "no facts to add to"),
        ("service: [\n", "not valid YAML"),
        ("", "must be a mapping"),
    ],
)
def test_a_file_that_cannot_be_added_to_is_left_alone(
    tmp_path: Path, text: str, sentence: str
) -> None:
    path = tmp_path / "sns.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FactsError, match=sentence):
        add_fact(path, NEW)
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", ["Amazon SNS", "Deploys: ours", "#1 & only", "yes", "Größe"])
def test_a_new_file_holds_the_name_as_typed(tmp_path: Path, name: str) -> None:
    text = new_file(name, NEW, "fact.schema.json")
    (tmp_path / "sns.yaml").write_text(text, encoding="utf-8")
    content, _ = inspect([tmp_path])
    assert content.services["sns"].name == name and list(content.facts) == [NEW]
