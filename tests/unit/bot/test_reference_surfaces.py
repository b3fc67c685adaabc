"""Exact names outside Slack: in the shell, for agents, and in the doctor's report."""

from __future__ import annotations

import asyncio
import json
import subprocess
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.answers.as_json import result_as_json
from bot.answers.plain_text import result_lines
from bot.cli.main import command
from bot.cli.terminal import HINTS
from bot.knowledge_base import MAX_BUILDS, BackgroundBuild, load_knowledge
from bot.operations.doctor import State, _names
from bot.settings import Settings
from knowledge import KnowledgeBase, Outcome
from tests.unit.knowledge.small_reference import VERSIONS, copy_file, small_reference

TODAY = date(2026, 11, 26)
QUESTION = "required parameters of PutMessage"
ANSWER = "PutMessage is an operation of Acme Queue. Its required parameter is QueueName."
SOURCE = "from AWS's API model (botocore 9.9), not reviewed by a person"


@pytest.fixture(autouse=True)
def small_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.reference.versions.installed_versions", lambda: VERSIONS)


@pytest.fixture
def known(knowledge: KnowledgeBase, tmp_path: Path) -> KnowledgeBase:
    own = knowledge.with_changes((), {})
    own.reference = small_reference(tmp_path)
    return own


def test_the_lines_have_the_answer_and_its_source(known: KnowledgeBase) -> None:
    lines = list(map(str, result_lines(known, known.ask(QUESTION), TODAY, HINTS)))
    assert lines[0] == "PutMessage (Acme Queue)" and lines[2] == SOURCE
    assert lines[1].startswith(ANSWER)


def test_json_tells_it_from_a_certain_answer(known: KnowledgeBase) -> None:
    found = result_as_json(known, known.ask(QUESTION), TODAY)
    assert (found["confident"], found["answer"]) == (False, None)
    assert found["outcome"] == Outcome.REFERENCE.value
    assert found["reference"]["source"] == SOURCE and ANSWER in found["reference"]["text"]
    assert result_as_json(known, known.ask("sqs message size"), TODAY)["reference"] is None


def test_agents_get_it_marked_as_not_reviewed(known: KnowledgeBase) -> None:
    pytest.importorskip("mcp")
    from bot.agents.answers import SearchResult
    from bot.agents.server import FactTools

    tools = FactTools(known, lambda: TODAY)
    answer = asyncio.run(tools.search_facts(QUESTION))
    found: Any = SearchResult.model_validate(answer.structured_content)
    assert found.answer is None and found.reference.source == SOURCE


def run(*arguments: str, **environ: str) -> Any:
    return CliRunner().invoke(command, arguments, env=environ)


def test_the_command_builds_the_file_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[Path] = []

    def build(path: Path, versions: Any) -> None:
        built.append(path)
        copy_file(path, versions)

    monkeypatch.setattr("knowledge.reference.building.builder.build", build)
    for _ in range(2):
        done = run("reference", FACTBOT_CACHE=str(tmp_path))
        assert done.exit_code == 0 and done.stdout.strip() == str(tmp_path / VERSIONS.file_name)
    assert len(built) == 1


def test_a_file_that_is_gone_is_built_again_but_not_forever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = subprocess.CompletedProcess([], 0, "", "")
    monkeypatch.setattr("subprocess.run", lambda *_, **__: done)
    build = BackgroundBuild()
    with pytest.raises(OSError):
        for _ in range(MAX_BUILDS + 1):
            build(tmp_path, VERSIONS)
            assert build._thread
            build._thread.join()


@pytest.mark.slow
@pytest.mark.usefixtures("few_facts")
@pytest.mark.parametrize(("setting", "is_there"), [("on", True), ("off", False)])
def test_asking_in_the_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, is_there: bool
) -> None:
    copy_file(tmp_path / VERSIONS.file_name, VERSIONS)
    monkeypatch.setenv("FACTBOT_REFERENCE", setting)
    done = run("ask", QUESTION, FACTBOT_CACHE=str(tmp_path))
    assert done.exit_code == 1
    assert (SOURCE in done.stdout) is is_there


@pytest.mark.slow
@pytest.mark.usefixtures("few_facts")
def test_without_a_folder_nothing_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_knowledge(Settings()).reference is None


def test_the_doctor_says_whether_names_are_looked_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(cache=tmp_path)
    assert _names(Settings(reference="off")).found == "off"
    assert _names(Settings()).state is State.NOTE
    assert _names(settings).found.startswith("not built yet, botocore 9.9")
    copy_file(tmp_path / VERSIONS.file_name, VERSIONS)
    assert (_names(settings).state, _names(settings).found) == (
        State.GOOD,
        "botocore 9.9, cfn-lint 8.8",
    )
    monkeypatch.setattr("knowledge.reference.versions.installed_versions", lambda: None)
    assert "factbot[reference]" in _names(settings).advice


def wait_until(is_done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not is_done() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert is_done()


def test_a_server_builds_in_another_process_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        started.append(command)
        copy_file(Path(command[-1]), VERSIONS)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr("subprocess.run", run)
    reference = small_reference(tmp_path, BackgroundBuild())
    reference.answer(QUESTION)
    wait_until(lambda: reference.answer(QUESTION) is not None)
    assert [command[1:3] for command in started] == [["-m", "knowledge.reference"]]


def test_a_build_that_fails_is_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "names").write_text("")  # no folder can be made here
    build = BackgroundBuild()
    reference = small_reference(tmp_path / "names" / "below", build)
    assert reference.answer(QUESTION) is None
    wait_until(lambda: "exact names not built" in caplog.text)
    assert reference.answer(QUESTION) is None and reference.answer(QUESTION) is None
    with pytest.raises(OSError):
        build(tmp_path, VERSIONS)


@pytest.mark.slow
def test_the_shell_says_why_the_first_question_takes_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.reference.building.builder.build", copy_file)
    done = run("ask", "--json", QUESTION, FACTBOT_CACHE=str(tmp_path))
    assert "Reading AWS's API models" in done.stderr
    assert json.loads(done.stdout)["reference"]


@pytest.mark.slow
def test_the_shell_promises_nothing_where_the_file_can_not_be_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("ask", "--json", QUESTION, FACTBOT_CACHE=str(tmp_path / "file"))
    assert done.stderr == "" and json.loads(done.stdout)["reference"] is None
    refused = run("reference", FACTBOT_CACHE=str(tmp_path / "file"))
    assert refused.exit_code != 0 and "Can't write" in str(refused.exception)
