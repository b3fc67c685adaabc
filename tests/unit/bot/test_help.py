"""Help that fits, examples to begin with, and one of a thing in the singular."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.answers.answering import Answering, IncomingText
from bot.cli.main import MAX_HELP_COLUMNS, command
from bot.cli.terminal import EXAMPLES
from bot.curating.team_knowledge import TeamKnowledge
from bot.dates import day_of
from bot.views import about
from knowledge import KnowledgeBase
from knowledge.counting import counted
from knowledge.files.loader import inspect
from knowledge.verifying.verify import Mismatch, VerificationReport
from tests.unit.knowledge.test_loader import fact, write

ROOT = Path(__file__).parents[3]


def every_command(group: click.Group = command, path: str = "") -> Iterator[str]:
    yield path
    for name, item in group.commands.items():
        if isinstance(item, click.Group):
            yield from every_command(item, f"{path} {name}".strip())
        else:
            yield f"{path} {name}".strip()


@pytest.mark.parametrize("columns", ["80", "200"])
@pytest.mark.parametrize("path", [*every_command()])
def test_help_fits_and_is_not_cut_off(path: str, columns: str) -> None:
    output = CliRunner(env={"COLUMNS": columns}).invoke(command, [*path.split(), "--help"])
    assert output.exit_code == 0 and output.output.startswith("Usage: ")
    assert max(map(len, output.output.splitlines())) <= MAX_HELP_COLUMNS
    _, _, listed = output.output.partition("\nCommands:\n")
    assert "..." not in listed


def test_factbot_alone_shows_three_examples_that_work() -> None:
    output = CliRunner().invoke(command, [])
    assert output.exit_code == 0
    assert max(map(len, output.output.splitlines())) <= MAX_HELP_COLUMNS
    assert len(EXAMPLES) == 3
    for example in EXAMPLES:
        assert example in output.output
        program, verb, *arguments = shlex.split(example)
        assert program == "factbot" and verb in command.commands
        context = command.make_context(
            "factbot", [verb, *arguments, "--help"], resilient_parsing=True
        )
        assert context.args or context.protected_args


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "0 facts"), (1, "1 fact"), (2, "2 facts"), (1_024, "1,024 facts")]
)
def test_one_thing_is_in_the_singular(count: int, expected: str) -> None:
    assert counted(count, "fact") == expected


def test_an_irregular_plural_is_taken_as_given() -> None:
    assert [counted(n, "entry", "entries") for n in (1, 2)] == ["1 entry", "2 entries"]


NOUNS = (
    "checks", "days", "entries", "facts", "faults", "hours", "minutes", "phrasings", "questions",
    "quiz questions", "seconds", "services", "tokens", "workspaces",
)  # fmt: skip
"""What is counted somewhere."""
WRONG = re.compile(rf"\b1 ({'|'.join(NOUNS)})\b")
COUNTED_FROM_TWO = {"phrasings"}
"""What is counted only if there are too many."""


def test_whatever_is_counted_may_be_one() -> None:
    """A number and a noun in the plural, side by side in the code, are wrong for one thing."""
    pattern = re.compile(rf"\}} ({'|'.join(set(NOUNS) - COUNTED_FROM_TWO)})\b")
    for folder in ("bot", "knowledge"):
        for path in (ROOT / folder).rglob("*.py"):
            assert not pattern.search(path.read_text(encoding="utf-8")), path


@pytest.fixture
def one_fact(tmp_path: Path) -> KnowledgeBase:
    """A knowledge base of one fact about one service."""
    folder = write(tmp_path / "own", fact("sns-one"))
    content, faults = inspect([folder])
    assert not faults
    return KnowledgeBase(content)


@pytest.mark.parametrize("text", ["services", "list sns", "about", "version", "sns"])
def test_the_bot_counts_one_fact_as_one(one_fact: KnowledgeBase, text: str) -> None:
    output = (
        Answering(TeamKnowledge(one_fact), lambda: day_of(0))
        .reply(IncomingText(text, "U1", "/aws"))
        .message.text
    )
    assert "1 fact" in output and not WRONG.search(output), output


def test_the_shell_counts_one_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "own", fact("sns-one", phrasings="just this"))
    monkeypatch.setattr("knowledge.files.folders.BUILT_IN", folder)
    output = CliRunner().invoke(command, ["lint", "--giveaways", "all"]).output
    assert "phrasings has 1 entry; give" in output and "1 fact, 1 fault\n" in output
    assert "sns: 1 question," in output and not WRONG.search(output), output


def test_verify_and_about_count_one_as_one() -> None:
    report = VerificationReport()
    report.checks["botocore"] = 1
    assert report.summary() == "1 check (1 botocore), 0 facts no longer match"
    report.mismatches.append(Mismatch("sns-one", "a", "b", "c"))
    assert report.summary() == "1 check (1 botocore), 1 fact no longer matches"
    assert "1 fact about 1 service." in about.about(1, 1)
