"""The bot against a Slack Web API that this project did not write: npm `emulate` 0.11.2.

Its `latest` tag is another package, so the version is pinned. It checks no blocks and sends no
events; commands and presses come from here, and response_urls lead to our own fake.
https://github.com/vercel-labs/emulate
"""

from __future__ import annotations

import html
import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import messages
from bot.fake_slack.server import FakeSlack
from bot.quiz import texts
from bot.views import report
from knowledge import KnowledgeBase
from tests.scenarios.conftest import BOT, WallClock, World, buttons, settle
from tests.scenarios.test_quiz import press
from tests.scenarios.test_workspaces import OLD_KEY, open_office

VERSION = "0.11.2"
SEED = """
slack:
  team:
    name: Team
  oauth_apps:
  - client_id: "1.2"
    client_secret: s
    name: factbot
    redirect_uris: [http://localhost/slack/oauth_redirect]
"""
TOKEN = "test_token_admin"


@pytest.fixture(scope="module")
def api_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running emulator, fresh for this module."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("there is no Node.js on the path")
    folder: Path = tmp_path_factory.mktemp("emulate")
    install = [npm, "install", f"emulate@{VERSION}", "--no-audit", "--no-fund", "--prefix", "."]
    installed = subprocess.run(install, cwd=folder, capture_output=True, text=True)
    if installed.returncode != 0:
        pytest.skip("npm cannot install emulate")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "seed.yaml").write_text(SEED, encoding="utf-8")
    command = [node, "node_modules/emulate/dist/index.js", "start", "-s", "slack"]
    process = subprocess.Popen(
        [*command, "-p", str(port), "--seed", "seed.yaml"], cwd=folder, stdout=subprocess.DEVNULL
    )
    try:
        url = f"http://127.0.0.1:{port}/api/"
        _wait(url)
        yield url
    finally:
        process.terminate()
        process.wait()


def _wait(url: str) -> None:
    for _ in range(600):
        try:
            WebClient(TOKEN, base_url=url).auth_test()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("emulate did not start")


@pytest.fixture
def their_slack(api_url: str) -> WebClient:
    return WebClient(TOKEN, base_url=api_url)


@pytest.fixture
def channel(their_slack: WebClient) -> str:
    channels: Any = their_slack.conversations_list()["channels"]
    return str(next(item["id"] for item in channels if item["name"] == "general"))


@pytest.fixture
def their_world(make_world: Callable[..., World], api_url: str) -> World:
    return make_world(api_url=api_url, token=TOKEN)


def until(found: Callable[[], Any]) -> Any:
    """What is found, as soon as it is there."""
    for _ in range(600):
        try:
            if value := found():
                return value
        except SlackApiError:
            pass
        time.sleep(0.05)
    raise TimeoutError


def newest(slack: WebClient, channel: str, text: str) -> dict[str, Any] | None:
    found: Any = slack.conversations_history(channel=channel)["messages"]
    return next((message for message in found if text in message["text"]), None)


def test_a_mention_is_answered_in_its_thread(
    their_world: World, their_slack: WebClient, channel: str
) -> None:
    asked = their_slack.chat_postMessage(channel=channel, text=f"<@{BOT}> api gateway 429")["ts"]
    their_world.mention(f"<@{BOT}> api gateway 429", channel=channel, ts=asked)

    def answers() -> Any:
        thread: Any = their_slack.conversations_replies(channel=channel, ts=str(asked))["messages"]
        return [message for message in thread if "throttled" in message["text"]]

    (answer,) = until(answers)
    assert answer["thread_ts"] == asked
    title, *_ = answer["blocks"]
    assert title["type"] == "section" and title["accessory"]["type"] == "overflow"


def test_a_quiz_is_asked_answered_and_revealed(
    their_world: World, their_slack: WebClient, channel: str
) -> None:
    member = str(their_slack.auth_test()["user_id"])  # only members may set a quiz up
    their_world.command("quiz on 09:30 mon-fri Europe/Berlin", member, channel=channel)
    until(lambda: newest(their_slack, channel, "set this up"))
    their_world.command("quiz now", member, channel=channel)
    question = until(lambda: newest(their_slack, channel, "Quiz of the day"))
    reply = press(their_world, question | {"channel": channel}, "A")
    assert reply["text"].startswith("You picked A:")
    their_world.wall_clock.now += 3
    their_world.clock.tick()
    counted = until(lambda: newest(their_slack, channel, "Quiz of the day"))
    assert "1 answered" in str(counted["blocks"])
    their_world.wall_clock.move_to("2026-11-23T17:00:00+01:00")
    their_world.clock.tick()
    revealed = until(lambda: newest(their_slack, channel, messages.RIGHT_ANSWER))
    assert revealed["ts"] == question["ts"]
    assert list(buttons(revealed)) == [texts.HOW_DID_I_DO, report.TITLE]


def test_the_home_tab_is_taken(
    their_world: World, their_slack: WebClient, caplog: pytest.LogCaptureFixture
) -> None:
    user = str(their_slack.auth_test()["user_id"])
    event = {"type": "app_home_opened", "user": user, "tab": "home", "channel": "D1"}
    their_world.event(event)
    settle(their_world)
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []


def test_the_app_is_installed_through_their_consent_page(
    slack: FakeSlack, wall_clock: WallClock, api_url: str, tmp_path: Path, knowledge: KnowledgeBase
) -> None:
    url = f"sqlite:///{tmp_path}/oauth.db"
    office = open_office(slack, wall_clock, url, knowledge, (OLD_KEY,), api_url)
    client = office.world.web.test_client(use_cookies=False)
    cookie = client.get("/slack/install").headers["Set-Cookie"].partition(";")[0]
    state = cookie.partition("=")[2]
    origin = api_url.removesuffix("/api/")
    asked = {"client_id": "1.2", "scope": "chat:write,commands", "state": state}
    asked["redirect_uri"] = "http://localhost/slack/oauth_redirect"
    with urlopen(f"{origin}/oauth/v2/authorize?{urlencode(asked)}") as answer:
        fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', answer.read().decode()))
    code = _consent(origin, {name: html.unescape(value) for name, value in fields.items()})
    query = {"code": code, "state": state}
    back = client.get("/slack/oauth_redirect", query_string=query, headers={"Cookie": cookie})
    assert back.status_code == 200, back.text
    team = str(WebClient(TOKEN, base_url=api_url).auth_test()["team_id"])
    found = office.workspaces.find(team)
    office.world.close()
    assert found and str(found.client.token).startswith("xoxb-")


def _consent(origin: str, fields: dict[str, str]) -> str:
    """Agree on their page; the code that the way back carries."""
    address = urlsplit(origin)
    connection = http.client.HTTPConnection(str(address.hostname), address.port)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/oauth/v2/authorize/callback", urlencode(fields), headers)
    location = connection.getresponse().getheader("Location") or ""
    connection.close()
    return parse_qs(urlsplit(location).query)["code"][0]
