"""`factbot doctor` in front of healthy and ailing installations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import command
from bot.playground.fake_slack import FakeSlack
from bot.store import Store
from knowledge import KnowledgeBase
from tests.scenarios.conftest import Hands
from tests.scenarios.test_workspaces import NEW_KEY, OLD_KEY, open_office

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
    ("changes", "told"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "invalid_auth"),
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, "connections:write"),
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN is not set"),
        ({"SLACK_APP_TOKEN": ""}, "SLACK_SIGNING_SECRET for `serve`"),
        ({"DATABASE_URL": "sqlite:////nowhere/at/all.db"}, "cannot be used"),
        ({"SLACK_CLIENT_ID": "1.2"}, "not both"),
        ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "URLError"),
    ],
)
def test_each_fault_is_named_with_what_to_do(
    examine: Any, changes: dict[str, str], told: str
) -> None:
    found = examine(**changes)
    assert found.exit_code == 1
    assert told in found.output
    assert "wrong" not in found.output.replace("what is wrong", "")


def test_missing_scopes_are_listed(examine: Any, slack: FakeSlack) -> None:
    slack.scopes -= {"im:history", "users:read"}
    found = examine()
    assert found.exit_code == 1
    assert "missing im:history, users:read" in found.output


def test_tokens_that_no_key_opens_are_a_fault(
    slack: FakeSlack, hands: Hands, tmp_path: Path, knowledge: KnowledgeBase,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    url = f"sqlite:///{tmp_path}/factbot.db"
    office = open_office(slack, hands, url, knowledge, (OLD_KEY,))
    office.install("T1")
    office.world.close()
    many = {
        "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s", "SLACK_SIGNING_SECRET": "x",
        "SLACK_API_URL": slack.url, "DATABASE_URL": url,
    }  # fmt: skip
    for name, value in many.items():
        monkeypatch.setenv(name, value)
    for keys, told in ((OLD_KEY, "that open: 1"), (NEW_KEY, "no key opens 1 of 1 tokens")):
        monkeypatch.setenv("FACTBOT_ENCRYPTION_KEYS", keys)
        found = CliRunner().invoke(command, ["doctor"])
        assert told in found.output
        assert found.exit_code == (keys == NEW_KEY)
        assert keys not in found.output
