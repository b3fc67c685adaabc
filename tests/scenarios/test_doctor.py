"""`factbot doctor` in front of healthy and ailing installations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import command
from bot.fake_slack.server import Failure, FakeSlack
from bot.slack.manifest import OPTIONAL_SCOPES
from bot.store import Store
from bot.store.migrate import migrate
from knowledge import KnowledgeBase
from tests.scenarios.conftest import WallClock
from tests.scenarios.test_processes import start
from tests.scenarios.test_workspaces import NEW_KEY, OLD_KEY, open_office

pytestmark = pytest.mark.usefixtures("few_facts")

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-test", "SLACK_APP_TOKEN": "xapp-test"}


@pytest.fixture
def examine(slack: FakeSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs the doctor; what is given changes the healthy environment."""
    slack.websocket_url = "ws://127.0.0.1:1/"
    database = f"sqlite:///{tmp_path}/factbot.db"

    def examine(**changes: str) -> Result:
        healthy = TOKENS | {"SLACK_API_URL": slack.url, "DATABASE_URL": database}
        for name, value in (healthy | changes).items():
            monkeypatch.setenv(name, value)
        store = Store(database)
        store.prepare()
        store.beat()
        store.close()
        return CliRunner().invoke(command, ["doctor"])

    return examine


def test_a_healthy_bot_has_no_faults_and_tells_no_secret(examine: Any) -> None:
    found = examine()
    assert found.exit_code == 0, found.output
    assert "FAULT" not in found.output
    assert " facts" in found.output
    assert "xoxb-" not in found.output and "xapp-" not in found.output


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "the token is invalid (invalid_auth)"),
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, "connections:write"),
        ({"SLACK_BOT_TOKEN": ""}, "Set SLACK_BOT_TOKEN (bot token"),
        ({"SLACK_APP_TOKEN": ""}, "SLACK_SIGNING_SECRET for `factbot serve`"),
        ({"DATABASE_URL": "sqlite:////nowhere/at/all.db"}, "can't be used"),
        ({"SLACK_CLIENT_ID": "1.2"}, "not both"),
        ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "Slack is unreachable (URLError)"),
        ({"SLACK_BOT_TOKEN": "xoxe.xoxb-1-wrong"}, "token rotation is on"),
        ({"DATABASE_URL": "sqlite://"}, "a database in memory"),
    ],
)
def test_each_fault_is_named_with_what_to_do(
    examine: Any, changes: dict[str, str], expected: str
) -> None:
    found = examine(**changes)
    assert found.exit_code == 1
    assert expected in found.output
    assert "wrong" not in found.output.replace("what is wrong", "")


def outcome(found: Result, what: str) -> str:
    """What was found about one thing, with its advice on the next line."""
    lines = found.output.splitlines()
    at = next(number for number, line in enumerate(lines) if line[7:].startswith(what))
    return " ".join(" ".join(lines[at : at + 2]).split())


@pytest.mark.parametrize(
    "failure",
    [
        Failure(status=503),
        Failure(status=429, retry_after=1),
        Failure(raw_body="<html>Sign in</html>"),
    ],
)
def test_a_slack_that_does_not_answer_is_not_taken_for_a_wrong_token(
    examine: Any, slack: FakeSlack, failure: Failure
) -> None:
    slack.failure_for = lambda method: failure
    found = examine()
    for what in ("bot token", "app token"):
        assert "Slack is unreachable" in outcome(found, what)
        assert "SLACK_API_URL" in outcome(found, what)
    assert "invalid (" not in found.output and "html" not in found.output


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (Failure(status=503), "Slack is unreachable"),
        (Failure(raw_body="<html>Sign in</html>"), "Slack is unreachable"),
        (Failure(error="invalid_auth"), "the token is invalid (invalid_auth)"),
        (Failure(error="missing_scope"), "Slack rejects the token (missing_scope)"),
    ],
)
def test_run_says_it_in_the_same_words(
    slack: FakeSlack, tmp_path: Path, failure: Failure, expected: str
) -> None:
    slack.failure_for = lambda method: failure
    with (tmp_path / "log").open("wb") as log:
        process = start("run", slack, tmp_path, log, SLACK_APP_TOKEN="xapp-1")
    try:
        assert process.wait(30) == 2
    finally:
        process.kill()
        process.wait()
    said = (tmp_path / "log").read_text().splitlines()[-1]
    assert said.startswith("factbot: SLACK_APP_TOKEN: ") and expected in said
    assert "Traceback" not in said and "html" not in said


def test_everything_that_is_missing_or_malformed_is_listed_at_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    found = CliRunner().invoke(command, ["doctor"])
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"):
        assert name in outcome(found, "settings")
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("PORT", "many")
    monkeypatch.setenv("DATABASE_URL", "mysql://u:hush@h/d")
    found = CliRunner().invoke(command, ["doctor"])
    for name in ("SLACK_CLIENT_SECRET", "FACTBOT_ENCRYPTION_KEYS", "SLACK_APP_TOKEN", "PORT"):
        assert name in found.output
    assert "DATABASE_URL must begin" in found.output and "hush" not in found.output


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("state", ["nothing", "closed", "in use", "killed", "older", "newer"])
def test_the_doctor_changes_no_file(
    state: str, slack: FakeSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack.websocket_url = "ws://127.0.0.1:1/"
    path = tmp_path / "factbot.db"
    url = f"sqlite:///{path}"
    store = Store(url)
    if state == "older":
        migrate(store.engine, "0002")
    elif state != "nothing":
        store.prepare()
        store.beat()
    if state == "newer":
        with store.engine.begin() as db:
            db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    stored = {item: item.read_bytes() for item in tmp_path.glob("factbot.db*")}
    if state != "in use":
        store.close()
    if state == "killed":
        for item, content in stored.items():
            item.write_bytes(content)
        assert len(stored) == 3
    for name, value in (TOKENS | {"SLACK_API_URL": slack.url, "DATABASE_URL": url}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("FACTBOT_CACHE")
    monkeypatch.chdir(tmp_path)
    before = everything_in(tmp_path)
    found = CliRunner().invoke(command, ["doctor"])
    after = everything_in(tmp_path)
    assert set(after) == set(before)
    changed = {name for name in after if after[name] != before[name]}
    assert all(name.endswith("-shm") for name in changed)  # its marks of readers
    reply = {
        "nothing": "not there yet",
        "older": "out of date",
        "newer": "too new",
    }
    assert reply.get(state, "up to date") in outcome(found, "database")
    assert found.exit_code == (state == "newer")
    store.close()


def test_missing_scopes_are_listed(examine: Any, slack: FakeSlack) -> None:
    slack.scopes -= {"im:history", "users:read"}
    found = examine()
    assert found.exit_code == 1
    assert "missing im:history, users:read" in found.output


def test_optional_scopes_are_named(examine: Any, slack: FakeSlack) -> None:
    slack.scopes |= set(OPTIONAL_SCOPES) - {"mpim:history", "reactions:write"}
    assert "Optional: mpim:history, reactions:write." in " ".join(examine().output.split())


def test_tokens_that_no_key_opens_are_a_fault(
    slack: FakeSlack, wall_clock: WallClock, tmp_path: Path, knowledge: KnowledgeBase,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    url = f"sqlite:///{tmp_path}/factbot.db"
    office = open_office(slack, wall_clock, url, knowledge, (OLD_KEY,))
    office.install("T1")
    office.world.close()
    many = {
        "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s", "SLACK_SIGNING_SECRET": "x",
        "SLACK_API_URL": slack.url, "DATABASE_URL": url,
    }  # fmt: skip
    for name, value in many.items():
        monkeypatch.setenv(name, value)
    for keys, reply in (
        (OLD_KEY, "1 token, all readable"),
        (NEW_KEY, "no key decrypts 1 of 1 token"),
    ):
        monkeypatch.setenv("FACTBOT_ENCRYPTION_KEYS", keys)
        found = CliRunner().invoke(command, ["doctor"])
        assert reply in found.output
        assert found.exit_code == (keys == NEW_KEY)
        assert keys not in found.output


def test_whether_agents_and_slackbot_may_ask(examine: Any, slack: FakeSlack) -> None:
    assert "agents" not in examine().output
    found = examine(FACTBOT_SLACKBOT="on")
    assert found.exit_code == 0
    assert "Set FACTBOT_URL" in found.output and "mcp:connect" in found.output
    slack.scopes.add("mcp:connect")
    found = examine(FACTBOT_SLACKBOT="on", FACTBOT_URL="https://bot.example")
    assert "may ask at /mcp" in found.output and "mcp:connect" not in found.output


def test_a_missing_package_for_agents_is_a_fault(
    examine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.operations.doctor.find_spec", lambda name: None)
    found = examine(FACTBOT_MCP_TOKEN="a-token-of-an-agent-0123456789")
    assert found.exit_code == 1 and "pip install 'factbot[mcp]'" in found.output
