"""The commands for people who write facts, as they run them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bot.cli.curating import NEEDS_VERIFY
from tests.unit.bot.test_cli import run, run_here
from tests.unit.knowledge.test_loader import fact, write

pytestmark = pytest.mark.slow

CHECKS = """  check: botocore sns {shape} exists
"""


def environ(folder: Path, *facts: str) -> dict[str, str]:
    """An environment with these facts, of a service that has no built-in ones."""
    written = write(folder, *facts) / "sns.yaml"
    text = written.read_text(encoding="utf-8").replace("Amazon SNS", "Notices")
    (folder / "notices.yaml").write_text(text.replace("[SNS]", "[our notices]"), encoding="utf-8")
    written.unlink()
    return {"FACTBOT_FACTS": str(folder), "FACTBOT_CACHE": "off"}


@pytest.fixture
def own(tmp_path: Path) -> dict[str, str]:
    """An environment with a service of our own: one check holds, one doesn't."""
    right = fact() + CHECKS.format(shape="Publish")
    wrong = fact("sns-two", answer="Other.") + CHECKS.format(shape="Shout")
    return environ(tmp_path, right, wrong)


@pytest.fixture
def stale(tmp_path: Path) -> dict[str, str]:
    """An environment with two facts that nobody has checked for long."""
    old = fact().replace("2026-11-23", "2020-01-01")
    older = fact("sns-two", answer="Other.").replace("2026-11-23", "2019-01-01")
    return environ(tmp_path, old, older)


def test_due_lists_what_should_be_checked_again(stale: dict[str, str]) -> None:
    done = run("due", "--service", "notices", environ=stale)
    *rows, summary = done.stdout.decode().splitlines()
    assert (done.returncode, summary) == (0, "2 facts are due for review")
    assert rows[0].startswith("sns-two  Notices, checked 2019-01-01, ")
    assert rows[1].startswith("sns-one  ") and rows[1].endswith(" days overdue: Title of sns-one")


def test_due_as_json(stale: dict[str, str]) -> None:
    found = json.loads(run("due", "--service", "notices", "--json", environ=stale).stdout)
    assert [item["id"] for item in found] == ["sns-two", "sns-one"]
    assert found[0]["days_overdue"] == found[1]["days_overdue"] + 365
    assert found[0]["service"] == "Notices" and found[0]["checked"] == "2019-01-01"


def test_nothing_is_due_after_a_check(own: dict[str, str]) -> None:
    fresh = own["FACTBOT_FACTS"] + "/notices.yaml"
    text = Path(fresh).read_text(encoding="utf-8").replace("2026-11-23", date.today().isoformat())
    Path(fresh).write_text(text, encoding="utf-8")
    done = run("due", "--service", "notices", environ=own)
    assert done.stdout.decode() == "0 facts are due for review\n"


def test_verify_prints_a_line_for_each_fact_that_no_longer_matches(own: dict[str, str]) -> None:
    done = run("verify", "--service", "notices", environ=own)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode().splitlines() == [
        "sns-two: botocore sns Shout exists: the fact says there is Shout, "
        "the model has no such name in sns",
        "2 checks (2 botocore), 1 fact no longer matches",
    ]


def test_verify_as_json(own: dict[str, str]) -> None:
    done = run("verify", "--service", "notices", "--json", environ=own)
    found = json.loads(done.stdout)
    assert done.returncode == 1 and found["checks"] == {"botocore": 2}
    assert [item["fact"] for item in found["mismatches"]] == ["sns-two"]


def test_verify_names_the_extra_that_is_missing(own: dict[str, str]) -> None:
    without = "import sys; sys.modules['botocore'] = None; from bot.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", without, "verify"], capture_output=True, env=own, timeout=60
    )
    assert (done.returncode, done.stdout.decode()) == (2, "")
    assert done.stderr.decode().strip() == NEEDS_VERIFY


def test_no_other_command_loads_what_only_verify_needs() -> None:
    modules = "sys, bot.cli.main, knowledge.verifying.verify"
    code = f"import {modules}; print({{'botocore', 'cfnlint'}} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60)
    assert done.stdout == b"set()\n"


def guessable(folder: Path, count: int) -> Path:
    """A folder of facts whose right options are all the longest."""
    texts = []
    for number in range(count):
        text = fact(f"sns-{number}", answer=f"Answer {number}.")
        texts.append(text.replace("right: 4 days", "right: four full days"))
    return write(folder, *texts)


@pytest.mark.parametrize(("count", "measured"), [(49, False), (50, True)])
@pytest.mark.usefixtures("few_facts")
def test_lint_measures_a_folder_with_enough_questions(
    tmp_path: Path, count: int, measured: bool
) -> None:
    folder = guessable(tmp_path, count)
    output = run_here("lint", str(folder)).stdout.splitlines()
    line = f"{folder}: {count} quiz questions. In percent, with the maximum in parentheses:"
    assert (line in output) is measured
    assert (" 100.0 (30)  the right option is the longest  too high" in output) is measured


@pytest.mark.usefixtures("few_facts")
def test_lint_lists_what_can_be_guessed_of_a_service(tmp_path: Path) -> None:
    folder = guessable(tmp_path, 2)
    done = run_here("lint", str(folder), "--giveaways", "sns")
    output = done.stdout.splitlines()
    way = "(the right option is the longest)"
    assert f"sns-1: How long is it kept? four full days {way}" in output
    (figures,) = [line for line in output if line.startswith("sns: ")]
    assert figures.startswith("sns: 2 questions, longest 100 %, pick_longest 100 %, pick_familiar ")
    assert not any(line.startswith("sqs: ") for line in output)
    everywhere = run_here("lint", str(folder), "--giveaways", "all").stdout.splitlines()
    assert any(line.startswith("sqs: ") for line in everywhere)


@pytest.mark.usefixtures("few_facts")
def test_lint_knows_the_services_it_can_list() -> None:
    done = run_here("lint", "--giveaways", "sqz")
    assert done.exit_code == 2 and "There is no service 'sqz'. Choose one of: all, " in done.stderr


@pytest.mark.parametrize(("count", "status"), [(49, 0), (50, 1)])
@pytest.mark.usefixtures("few_facts")
def test_lint_fails_if_a_folder_gives_too_many_answers_away(
    tmp_path: Path, count: int, status: int
) -> None:
    done = run_here("lint", str(guessable(tmp_path, count)))
    assert done.exit_code == status, done.stdout
    assert " 0 faults" in done.stdout
