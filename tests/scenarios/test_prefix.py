"""A bot that has only a path of a host, by the addresses that its own manifest gives to Slack."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from click.testing import CliRunner
from cryptography.fernet import Fernet
from slack_sdk.signature import SignatureVerifier

from bot.cli.main import command
from bot.fake_slack.server import FakeSlack
from tests.scenarios.test_postgres import wait_until
from tests.scenarios.test_processes import COMMAND, SECRET, http, start, stop

URL = "https://example.com/tools/factbot"


@pytest.fixture
def manifest(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("FACTBOT_URL", URL)
    printed = CliRunner().invoke(command, ["manifest"])
    assert printed.stderr == ""
    found: dict[str, Any] = json.loads(printed.stdout)
    return found


ONE = {"SLACK_BOT_TOKEN": "xoxb-test"}
MANY = {
    "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "a-client-secret", "SLACK_BOT_TOKEN": "",
    "FACTBOT_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
}  # fmt: skip


@pytest.fixture
def serve(slack: FakeSlack, tmp_path: Path, free_port: int) -> Iterator[Any]:
    """Starts the bot below the path; its port."""
    started: list[subprocess.Popen[bytes]] = []

    def serve(workspaces: dict[str, str]) -> int:
        more = {"FACTBOT_URL": URL, "SLACK_SIGNING_SECRET": SECRET, "PORT": str(free_port)}
        started.append(start("serve", slack, tmp_path, **workspaces, **more))
        wait_until(lambda: is_up(free_port))
        return free_port

    yield serve
    for process in started:
        stop(process)


def is_up(port: int) -> bool:
    try:
        return http("GET", port, "/readyz")[0] == 200
    except ConnectionError:
        return False


def ask(port: int, path: str) -> tuple[int, str]:
    body, now = urlencode(COMMAND), str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=now, body=body)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": str(signature),
    }
    return http("POST", port, path, body, headers)


def test_every_address_of_the_manifest_is_served(serve: Any, manifest: dict[str, Any]) -> None:
    settings = manifest["settings"]
    addresses = {
        manifest["features"]["slash_commands"][0]["url"],
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
        settings["interactivity"]["message_menu_options_url"],
    }
    assert addresses == {f"{URL}/slack/events"}
    (address,) = addresses
    port = serve(ONE)
    for path in (urlsplit(address).path, "/slack/events"):  # a proxy may cut the path off
        status, answer = ask(port, path)
        assert status == 200 and "429" in json.loads(answer)["text"]


def test_the_installing_pages_lead_to_each_other(serve: Any, manifest: dict[str, Any]) -> None:
    port = serve(MANY)
    (back,) = manifest["oauth_config"]["redirect_urls"]
    assert back.startswith(URL)
    status, page = http("GET", port, f"{urlsplit(back).path}?code=x&state=forged")
    (link,) = re.findall(r'href="([^"]*/install)"', page)
    assert status < 500 and link == f"{urlsplit(URL).path}/slack/install"
    assert http("GET", port, link)[0] == 200


def test_what_is_below_the_path_and_what_is_not(serve: Any) -> None:
    port = serve(ONE)
    for path in ("/healthz", "/readyz", "/tools/factbot/healthz", "/tools/factbot/readyz"):
        assert http("GET", port, path)[0] == 200
    assert http("GET", port, "/metrics")[0] == 200
    for path in ("/tools/factbot/metrics", "/tools/healthz", "/tools/factbotx/healthz"):
        assert http("GET", port, path)[0] == 404


def test_the_manifest_says_what_serve_must_know() -> None:
    printed = CliRunner().invoke(command, ["manifest", "--url", f"{URL}/"])
    assert json.loads(printed.stdout)["settings"]["interactivity"]["request_url"].startswith(URL)
    assert printed.stderr == f"Also set FACTBOT_URL={URL} for `factbot serve`.\n"
