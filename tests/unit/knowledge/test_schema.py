"""The published JSON Schema says what the loader says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from bot.cli.main import command
from knowledge.files.folders import BUILT_IN, fact_files
from knowledge.files.loader import FACT_FIELDS, FILE_FIELDS, QUESTION_FIELDS
from knowledge.files.metadata import VALUE_FIELDS, WAS_FIELDS
from knowledge.files.schema import SCHEMA_FILE, schema
from tests.unit.knowledge.test_loader import QUIZ, fact, faults, write
from tests.unit.knowledge.test_metadata import typed


class _AsEditors(yaml.CSafeLoader):
    """YAML 1.2, as language servers read it: days are text."""


_AsEditors.yaml_implicit_resolvers = {
    start: [each for each in resolvers if not each[0].endswith(":timestamp")]
    for start, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def complaints(path: Path) -> list[str]:
    document = yaml.load(path.read_text(encoding="utf-8"), _AsEditors)
    errors = jsonschema.Draft7Validator(schema()).iter_errors(document)
    return [f"{path.name}: {list(error.path)} {error.message}" for error in errors]


def test_the_published_file_is_current(request: pytest.FixtureRequest) -> None:
    text = json.dumps(schema(), indent=2) + "\n"
    if request.config.getoption("--update-golden"):
        SCHEMA_FILE.write_text(text, encoding="utf-8")
    assert SCHEMA_FILE.read_text(encoding="utf-8") == text, "write it with --update-golden"
    assert CliRunner().invoke(command, ["schema"]).output == text
    jsonschema.Draft7Validator.check_schema(schema())


def test_schema_and_loader_know_the_same_fields() -> None:
    fact: dict[str, Any] = schema()["properties"]["facts"]["items"]
    question = fact["properties"]["quiz"]["items"]
    assert tuple(schema()["properties"]) == FILE_FIELDS
    assert tuple(fact["properties"]) == FACT_FIELDS
    assert tuple(question["properties"]) == QUESTION_FIELDS
    assert tuple(fact["properties"]["value"]["properties"]) == VALUE_FIELDS
    assert tuple(fact["properties"]["was"]["properties"]) == WAS_FIELDS


@pytest.mark.slow
def test_every_built_in_file_satisfies_the_schema_and_names_it() -> None:
    for path in fact_files([BUILT_IN]):
        assert complaints(path) == []
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first == "# yaml-language-server: $schema=../files/fact.schema.json"
        assert (path.parent / first.partition("=")[2]).resolve() == SCHEMA_FILE.resolve()


def test_a_sound_fact_satisfies_both(tmp_path: Path) -> None:
    folder = write(tmp_path, typed())
    assert faults(folder) == [] and complaints(folder / "sns.yaml") == []


def test_a_fact_that_few_ask_for_satisfies_both_without_a_quiz(tmp_path: Path) -> None:
    folder = write(tmp_path, fact().replace(QUIZ, "  demand: 2\n"))
    assert faults(folder) == [] and complaints(folder / "sns.yaml") == []


@pytest.mark.parametrize("demand", ["", "  demand: 3\n", "  demand: 5\n"])
def test_a_quiz_that_is_missing_is_a_mistake_for_both(tmp_path: Path, demand: str) -> None:
    folder = write(tmp_path, fact().replace(QUIZ, demand))
    assert faults(folder) and complaints(folder / "sns.yaml")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  id: sns-one\n", ""),
        ("id: sns-one", "id: SNS One"),
        ("title: Title of sns-one", "titel: Title of sns-one"),
        ("Answer of sns-one.", "x" * 301),
        ("kind: limit", "kind: limits"),
        ("unit: KiB", "unit: kilobytes"),
        (", unit: KiB", ""),
        ("max: 256, min: 1, default: 64.5, ", ""),
        ("max: 256", "max: much"),
        ("adjustable: false", "adjustable: maybe"),
        ("until: 2025-08, ", ""),
        ("until: 2025-08", "until: August 2025"),
        ("misread: The limit", "misread: " + "x" * 200),
        ("botocore sns Publish.Message max", "botocore sns"),
        ("demand: 5", "demand: 6"),
        ("difficulty: 2", "difficulty: 0"),
        ("[sns-old, sns-older]", "[SNS Old]"),
        (", sns-one way h", ""),
        ("[1 day, 14 days, 30 days]", "[1 day, 14 days]"),
        ("https://docs", "http://docs"),
        ("checked: 2026-11-23", "checked: soon"),
    ],
)
def test_a_mistake_is_one_for_both(tmp_path: Path, old: str, new: str) -> None:
    text = typed().replace("- id:", "-\n  id:")
    assert old in text
    folder = write(tmp_path, text.replace(old, new))
    assert faults(folder)
    assert complaints(folder / "sns.yaml")
