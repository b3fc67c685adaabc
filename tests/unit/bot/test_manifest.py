"""The manifest against Slack's schema and against the listeners that exist."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.answers.commands import ACTIVITIES
from bot.app import register
from bot.cli.main import command
from bot.services import build_services
from bot.settings import Settings
from bot.slack.manifest import EVENTS, OF_ORGANIZATIONS, manifest
from bot.store import Store
from knowledge import KnowledgeBase

# The rules of https://raw.githubusercontent.com/slackapi/manifest-schema that concern us: the
# longest of each text, and every key that is known.
LONGEST = {
    "display_information.name": 35,
    "display_information.description": 140,
    "display_information.long_description": 4000,
    "features.bot_user.display_name": 80,
    "features.slash_commands.command": 32,
    "features.shortcuts.name": 24,
    "features.shortcuts.callback_id": 255,
    "features.shortcuts.description": 150,
    "features.slash_commands.description": 2000,
    "features.slash_commands.usage_hint": 1000,
}
KNOWN = {
    "": {
        "_metadata", "display_information", "features", "oauth_config", "settings", "mcp_servers",
    },
    "mcp_servers": {"factbot"},
    "mcp_servers.factbot": {"url", "auth_type"},
    "_metadata": {"major_version"},
    "display_information": {"name", "description", "long_description", "background_color"},
    "features": {"app_home", "bot_user", "shortcuts", "slash_commands"},
    "features.app_home": {
        "home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled",
    },
    "features.bot_user": {"display_name", "always_online"},
    "features.shortcuts": {"name", "type", "callback_id", "description"},
    "features.slash_commands": {"command", "description", "usage_hint", "should_escape", "url"},
    "oauth_config": {"redirect_urls", "scopes"},
    "oauth_config.scopes": {"bot", "bot_optional"},
    "settings": {
        "event_subscriptions", "interactivity", "org_deploy_enabled", "socket_mode_enabled",
        "token_rotation_enabled",
    },
    "settings.event_subscriptions": {"request_url", "bot_events"},
    "settings.interactivity": {"is_enabled", "request_url", "message_menu_options_url"},
}  # fmt: skip


def faults(part: dict[str, Any], at: str = "") -> list[str]:
    found = [f"{at}.{key} is unknown" for key in part if key not in KNOWN[at]]
    for key, value in part.items():
        path = f"{at}.{key}".strip(".")
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                found += faults(item, path)
            elif isinstance(item, str) and len(item) > LONGEST.get(path, 1000):
                found.append(f"{path} is too long")
    return found


@pytest.mark.parametrize("url", [None, "https://bot.example"])
def test_the_manifest_keeps_to_slacks_schema(url: str | None) -> None:
    made = manifest("/aws", url)
    assert faults(made) == []
    assert len(made["display_information"]["long_description"]) >= 175
    assert re.fullmatch(r"#[0-9a-f]{6}", made["display_information"]["background_color"])
    assert re.fullmatch(r"[a-z0-9._-]+", made["features"]["bot_user"]["display_name"])


def test_socket_mode_and_http_are_not_mixed() -> None:
    socket_mode = json.dumps(manifest("/aws"))
    assert "url" not in socket_mode
    http = manifest("/cloud", "https://bot.example")
    assert http["settings"]["socket_mode_enabled"] is False
    (slash,) = http["features"]["slash_commands"]
    assert (slash["command"], slash["url"]) == ("/cloud", "https://bot.example/slack/events")


def test_slackbot_is_let_in_only_if_it_may_ask_and_has_an_address() -> None:
    """The rules of Slack's schema: https, at most 500 characters, one of four ways to sign in."""
    made = manifest("/aws", "https://bot.example/factbot", slackbot=True)
    assert faults(made) == []
    url = "https://bot.example/factbot/mcp"
    assert made["mcp_servers"] == {"factbot": {"url": url, "auth_type": "no_auth"}}
    scopes = made["oauth_config"]["scopes"]
    assert "mcp:connect" in scopes["bot"] and "mcp:connect" in scopes["bot_optional"]
    for other in (manifest("/aws", slackbot=True), manifest("/aws", "https://bot.example")):
        assert "mcp" not in json.dumps(other)


def test_the_agent_view_is_there_if_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made = manifest("/aws", agent_view=True)
    view = made["features"]["agent_view"]
    assert len(view["agent_description"]) <= 300 and len(view["suggested_prompts"]) <= 4
    assert "assistant:write" in made["oauth_config"]["scopes"]["bot_optional"]
    assert "agent_view" not in manifest("/aws")["features"]
    printed = CliRunner().invoke(command, ["manifest", "--agent-view"])
    assert json.loads(printed.output) == made
    monkeypatch.setenv("FACTBOT_AGENT_VIEW", "on")
    assert json.loads(CliRunner().invoke(command, ["manifest"]).output) == made


class Recorder:
    """Takes down what is registered instead of registering it."""

    def __init__(self) -> None:
        self.names: dict[str, list[str]] = {}

    def __getattr__(self, kind: str) -> Any:
        def register(name: Any, **_: Any) -> Any:
            self.names.setdefault(kind, []).append(getattr(name, "pattern", name))
            return lambda *_, **__: None

        return register


def test_every_event_has_a_listener_and_every_listener_its_event(
    tmp_path: Path, knowledge: KnowledgeBase
) -> None:
    settings = Settings(bot_token="xoxb-1", database_url=f"sqlite:///{tmp_path}/x.db")
    store = Store(settings.database_url)
    recorder: Any = Recorder()
    register(recorder, settings, build_services(settings, knowledge, store))
    store.close()
    named = {name for name in recorder.names["event"] if name != ".*"}
    assert named == {event.partition(".")[0] for event in (*EVENTS, *OF_ORGANIZATIONS)}
    assert recorder.names["command"] == [".*"] * (1 + len(ACTIVITIES))
    shortcuts = manifest("/aws")["features"]["shortcuts"]
    for kind in ("message", "global"):
        listed = [item["callback_id"] for item in shortcuts if item["type"] == kind]
        assert recorder.names[f"{kind}_shortcut"] == listed != []


def test_the_command_prints_it(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = CliRunner().invoke(command, ["manifest", "--url", "https://bot.example/"])
    assert json.loads(printed.output) == manifest("/aws", "https://bot.example")
    for wrong in (["--url", "http://bot.example"], ["--command", "aws"]):
        assert CliRunner().invoke(command, ["manifest", *wrong]).exit_code == 2


def test_the_command_asks_for_an_address_for_slackbot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTBOT_SLACKBOT", "on")
    without = CliRunner().invoke(command, ["manifest"])
    assert json.loads(without.stdout) == manifest("/aws")
    assert "--url" in without.stderr
    there = CliRunner().invoke(command, ["manifest", "--url", "https://bot.example"])
    assert json.loads(there.stdout) == manifest("/aws", "https://bot.example", slackbot=True)
