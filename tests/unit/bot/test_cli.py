"""The command as a person or a script runs it: a real process, its output and its status."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import command
from knowledge import KnowledgeBase
from tests import with_few_facts
from tests.conftest import ENVIRON

pytestmark = pytest.mark.slow

FULL = {
    "id",
    "service",
    "title",
    "answer",
    "detail",
    "was",
    "misread",
    "url",
    "checked",
    "score",
} | {"verdict"}
SHORT = {"id", "service", "title", "answer", "score"}


def factbot(built_in: Path | None = None) -> list[str]:
    """How the command begins."""
    if built_in is None:
        return [str(Path(sys.executable).parent / "factbot")]
    return [sys.executable, "-P", str(with_few_facts.__file__), str(built_in)]


def run(
    *arguments: str,
    stdin: bytes = b"",
    cwd: Path | None = None,
    environ: Mapping[str, str] | None = None,
    built_in: Path | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run factbot with nothing in the environment but what it needs and what is given.

    Where all facts would be read from their files, fewer `built_in` ones are faster.
    """
    return subprocess.run(
        [*factbot(built_in), *arguments],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={**ENVIRON, **(environ or {})},
        timeout=60,
    )


def run_here(*arguments: str, environ: Mapping[str, str] | None = None) -> Result:
    """Run factbot in this process, which is faster."""
    return CliRunner().invoke(command, arguments, env=environ)


def test_a_confident_answer_is_a_card_and_ends_with_0(knowledge: KnowledgeBase) -> None:
    done = run("ask", "what is 429 in api gateway")
    text = " ".join(done.stdout.decode().split())
    fact = knowledge.facts["apigw-429"]
    assert done.returncode == 0
    assert fact.answer in text and fact.source in text and fact.checked in text


def test_what_is_not_known_is_said_and_ends_with_1() -> None:
    done = run("ask", "best pizza in town")
    assert done.returncode == 1
    assert b"I don't have that" in done.stdout


def test_json_has_the_documented_fields() -> None:
    done = run("ask", "--json", "what is 429 in api gateway")
    found = json.loads(done.stdout)
    assert set(found) == {
        "query", "confident", "answer", "reference", "alternatives", "beside", "outcome",
    }  # fmt: skip
    assert found["confident"] is True and set(found["answer"]) == FULL
    assert len(found["alternatives"]) <= 3
    assert all(set(other) == SHORT for other in found["alternatives"])


def test_json_of_an_unsure_answer_has_only_alternatives() -> None:
    done = run("ask", "--json", "sqs")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert (found["confident"], found["answer"]) == (False, None)
    assert 1 <= len(found["alternatives"]) <= 3


def test_questions_from_standard_input_get_one_line_each_in_order() -> None:
    lines = ([b"sqs long polling", b"", b"\xff\xfe", b"\x00", "\u2028 \u0085".encode(), b'{"q"'],)
    stdin = b"\n".join(*lines) + b"\nlast"
    done = run("ask", "--json", "-", stdin=stdin)
    found = [json.loads(line) for line in done.stdout.split(b"\n") if line]
    assert done.returncode == 0
    assert len(found) == 7
    assert found[0]["query"] == "sqs long polling" and found[0]["confident"]
    assert found[-1]["query"] == "last"


def test_facts_lists_a_service_by_any_name(knowledge: KnowledgeBase) -> None:
    done = run("facts", "--service", "simple queue service", "--json")
    found = json.loads(done.stdout)
    assert [fact["id"] for fact in found] == [
        fact.id for fact in knowledge.facts.values() if fact.service == "sqs"
    ]
    stored = {"phrasings", "quiz", "keywords", "related", "url", "was"}
    assert stored | {"misread", "kind", "value", "errors", "check", "demand"} <= set(found[0])


def test_an_unknown_service_is_named_with_those_that_exist() -> None:
    done = run("facts", "--service", "nonsense")
    assert done.returncode == 2
    assert b"nonsense" in done.stderr and b"sqs" in done.stderr


def test_lint_lists_faults_with_file_and_line(tmp_path: Path, two_services: Path) -> None:
    (tmp_path / "sns.yaml").write_text("service: Amazon SNS\nfacts:\n- id: x\n", encoding="utf-8")
    done = run("lint", str(tmp_path), built_in=two_services)
    assert done.returncode == 1
    assert f"{tmp_path}/sns.yaml:3: x: answer is missing".encode() in done.stdout
    assert run("lint", built_in=two_services).returncode == 0


def test_faulty_facts_of_ones_own_stop_the_bot_with_their_list(
    tmp_path: Path, two_services: Path
) -> None:
    (tmp_path / "sns.yaml").write_text("service: Amazon SNS\nfacts: []\n", encoding="utf-8")
    done = run("ask", "hi", environ={"FACTBOT_FACTS": str(tmp_path)}, built_in=two_services)
    assert done.returncode == 2
    assert b"facts is empty" in done.stderr and b"Traceback" not in done.stderr


def test_eval_prints_figures_by_kind(tmp_path: Path) -> None:
    questions = tmp_path / "q.jsonl"
    right = {"q": "sqs long polling", "kind": "keyword", "must": ["long polling"]}
    none = {"q": "nice weather", "kind": "chitchat"}
    questions.write_text(f"{json.dumps(right)}\n\n{json.dumps(none)}\n", encoding="utf-8")
    done = run("eval", str(questions))
    assert b"keyword" in done.stdout and b"100.0 %" in done.stdout


@pytest.mark.parametrize("text", ["not json", '{"kind": "x"}', '{"q": "x", "must": ["("]}', "[1]"])
def test_eval_names_the_line_it_cannot_read(tmp_path: Path, text: str) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text(text, encoding="utf-8")
    done = run("eval", str(questions))
    assert done.returncode == 2
    assert b"line 1" in done.stderr and b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "environ", "named"),
    [
        (["serve"], {}, "SLACK_BOT_TOKEN"),
        (["serve"], {"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET"),
        (["run"], {"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN"),
        (["run"], {"SLACK_BOT_TOKEN": "nonsense"}, "SLACK_BOT_TOKEN"),
        (["migrate"], {"DATABASE_URL": "oracle://x"}, "DATABASE_URL"),
        (["migrate"], {"DATABASE_URL": "sqlite:////no/such/folder/x.db"}, "DATABASE_URL"),
        (["migrate"], {"DATABASE_URL": "postgres://127.0.0.1:1/x"}, "DATABASE_URL"),
    ],
)
def test_a_setting_that_is_wrong_is_named_in_one_sentence(
    arguments: list[str], environ: dict[str, str], named: str, tmp_path: Path
) -> None:
    done = run(*arguments, cwd=tmp_path, environ=environ)
    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"factbot: {named}") or named in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_version() -> None:
    assert run("--version").stdout.decode().startswith("factbot 0.")
