"""`factbot new` as a curator uses it: a fact with blanks, lint, and a fact without."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from knowledge.files.adding import BLANK_FACT
from knowledge.files.schema import SCHEMA_FILE
from tests.unit.bot.test_cli import run, run_here
from tests.unit.knowledge.test_loader import fact, write

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("few_facts")]

FILLED = {
    "title": "Message size of a topic",
    "kind": "limit",
    "demand": "3",
    "answer": "A message to a topic takes up to 256 KiB, its attributes included.",
    "keywords": "[size, payload]",
    "phrasings": "\n" + "\n".join(f"  - how big may it be, way {each}" for each in "abcdefgh"),
    "source": "https://docs.example.com/sns",
    "checked": "2026-11-23",
    "question": "How many KiB may you publish at once?",
    "right": "256",
    "wrong": "[64, 128, 1024]",
}


def new(*arguments: str, facts: str = "") -> tuple[int, str, str]:
    done = run_here("new", *arguments, environ={"FACTBOT_FACTS": facts} if facts else {})
    return done.exit_code, done.stdout, done.stderr


def lint(folder: Path) -> list[str]:
    output = run_here("lint", str(folder)).stdout.splitlines()
    return [
        line for line in output if line.startswith(f"{folder}/") and "quiz questions" not in line
    ]


def test_every_blank_gets_one_fault_that_says_what_to_fill_in(tmp_path: Path) -> None:
    assert new("sqs", "sqs-new", str(tmp_path))[0] == 0
    blanks = re.findall(r"^ *(?:- )?(\w+):$", BLANK_FACT, re.MULTILINE)
    blanks.remove("quiz")
    output = [
        re.match(r".*?:\d+: sqs-new: (\w+) is empty; \w+ .*\.$", line) for line in lint(tmp_path)
    ]
    assert [match and match[1] for match in output] == blanks == list(FILLED)


def test_a_fact_passes_lint_once_its_blanks_are_filled_in(
    tmp_path: Path, two_services: Path
) -> None:
    assert run("new", "sqs", "sqs-new", str(tmp_path), built_in=two_services).returncode == 0
    path = tmp_path / "sqs.yaml"
    text = path.read_text(encoding="utf-8")
    for field, value in FILLED.items():
        text = re.sub(rf"( {field}:)$", rf"\1 {value}", text, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
    assert lint(tmp_path) == []
    assert run("lint", str(tmp_path), built_in=two_services).returncode == 0


def test_the_place_is_said_and_the_schema_named(tmp_path: Path) -> None:
    status, output, _ = new("simple queue service", "sqs-new", str(tmp_path))
    path = tmp_path / "sqs.yaml"
    first, second, _, fourth, *_ = path.read_text(encoding="utf-8").splitlines()
    assert status == 0 and f"Added sqs-new at {path}:4\n" in output
    assert f"Run “factbot lint {tmp_path}” to see" in output
    assert (second, fourth) == ("service: Amazon SQS", "- id: sqs-new")
    schema = tmp_path / first.partition("$schema=")[2]
    assert json.loads(schema.read_text()) == json.loads(SCHEMA_FILE.read_text())


def test_a_fact_is_added_to_the_folder_in_the_settings_and_to_its_file(tmp_path: Path) -> None:
    folder = write(tmp_path, fact())
    before = (folder / "sns.yaml").read_text(encoding="utf-8")
    assert new("Amazon SNS", "sns-new", facts=str(folder))[0] == 0
    after = (folder / "sns.yaml").read_text(encoding="utf-8")
    assert after.startswith(before) and [item.name for item in folder.iterdir()] == ["sns.yaml"]


def test_several_folders_in_the_settings_need_a_choice(tmp_path: Path) -> None:
    status, _, output = new("sqs", "sqs-new", facts=f"{tmp_path}:{tmp_path}")
    assert status == 2 and "FACTBOT_FACTS has several folders. Name one" in output


def test_a_fact_of_ours_may_be_replaced_in_a_folder_of_ones_own(tmp_path: Path) -> None:
    status, output, _ = new("sqs", "sqs-delay-queue", str(tmp_path))
    assert status == 0 and "It replaces the built-in fact sqs-delay-queue." in output


def test_a_new_service_gets_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    assert new("deploys", "deploys-how", str(folder), "--name", "Our deploys")[0] == 0
    assert "service: Our deploys\n" in (folder / "deploys.yaml").read_text(encoding="utf-8")
    assert new("our-deploys", "deploys-who", str(folder))[0] == 0
    assert (folder / "deploys.yaml").read_text(encoding="utf-8").count("- id: ") == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["sqz", "sqs-new"], "There is no service 'sqz'. Did you mean sqs? To add it"),
        (["lambada", "x"], "Did you mean lambda?"),
        (["billing", "x"], "There is no service 'billing'. To add it, give its full name"),
        (["sqs", "sqs-new", "--name", "SQS"], "sqs already means Amazon SQS. Leave out --name"),
        (["Our Jobs", "x", "--name", "Our Jobs"], "A new SERVICE becomes a file name"),
        (["../jobs", "x", "--name", "Our Jobs"], "A new SERVICE becomes a file name"),
        (["jobs", "x", "--name", "Our\nJobs"], "--name must be one line"),
        (["jobs", "x", "--name", ""], "To add it, give its full name"),
        (["sqs", "SQS_New"], "An ID has up to 60 characters: a-z, 0-9, and single hyphens"),
        (["sqs", "s" * 61], "An ID has up to 60"),
        (["sqs", "sns-one"], "There's already a fact sns-one, at "),
        (["sqs", "sns-older"], "sns-older is an earlier ID of sns-one. Choose another"),
    ],
)
def test_a_mistake_is_explained_and_writes_nothing(
    tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    folder = write(tmp_path / "own", fact() + "  aliases: [sns-older]\n")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    status, _, output = new(*arguments[:2], str(folder), *arguments[2:])
    assert status == 2 and sentence in " ".join(output.split())
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_file_that_cannot_be_read_is_left_alone(tmp_path: Path, two_services: Path) -> None:
    (tmp_path / "sqs.yaml").write_text("service: [", encoding="utf-8")
    done = run("new", "sqs", "sqs-new", str(tmp_path), built_in=two_services)
    assert done.returncode == 2 and b"sqs.yaml:2: This is not valid YAML" in done.stderr
    assert (tmp_path / "sqs.yaml").read_text(encoding="utf-8") == "service: ["


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for place in ("file", "nowhere/facts"):
        status, _, output = new("sqs", "sqs-new", str(tmp_path / place))
        assert status == 2 and "Can't write to " in output


def test_another_fact_can_follow_while_the_first_still_has_blanks(tmp_path: Path) -> None:
    assert new("sqs", "sqs-new", str(tmp_path))[0] == 0
    assert new("sqs", "sqs-newer", str(tmp_path))[0] == 0
    assert len(lint(tmp_path)) == 2 * len(FILLED)
