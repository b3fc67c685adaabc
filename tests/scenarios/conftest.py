"""The real app, a real database file and a fake Slack, joined by signed requests."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_bolt import App
from slack_sdk.signature import SignatureVerifier
from werkzeug.test import TestResponse

from bot.answering import Answering
from bot.app import build_app
from bot.playground.fake_slack import FakeSlack
from bot.settings import Settings
from bot.store import Store
from bot.web import build_web
from knowledge import KnowledgeBase

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
BOT = "U0BOT"
TEAM = "T1"
ANN, BEN = "U0ANN", "U0BEN"
CHANNEL, DIRECT = "C0TEAM", "D0ANN"

_ids = itertools.count(1)


@dataclass
class World:
    """One running bot, and the people who talk to it."""

    app: App
    slack: FakeSlack
    store: Store
    web: Any = field(repr=False)

    def post(self, body: str, content_type: str, **headers: str) -> TestResponse:
        """Send a signed request to the bot."""
        now = str(int(time.time()))
        signature = SignatureVerifier(SECRET).generate_signature(timestamp=now, body=body)
        signed = {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": str(signature)}
        client = self.web.test_client()
        response: TestResponse = client.post(
            "/slack/events", data=body, content_type=content_type, headers=signed | headers
        )
        return response

    def command(self, text: str, user: str = ANN, command: str = "/aws") -> dict[str, Any]:
        """Type the slash command; the answer is the acknowledgement."""
        fields = {
            "command": command, "text": text, "user_id": user, "team_id": TEAM,
            "channel_id": CHANNEL, "response_url": self.slack.response_url(),
            "trigger_id": "1.2", "api_app_id": "A1",
        }  # fmt: skip
        response = self.post(urlencode(fields), "application/x-www-form-urlencoded")
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = json.loads(response.text)
        return answer

    def event(self, event: dict[str, Any], event_id: str | None = None) -> TestResponse:
        """Deliver an event."""
        body = {
            "type": "event_callback", "team_id": TEAM, "api_app_id": "A1",
            "event_id": event_id or f"Ev{next(_ids)}", "event_time": 1,
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
            "event": event,
        }  # fmt: skip
        return self.post(json.dumps(body), "application/json")

    def mention(self, text: str, **more: Any) -> TestResponse:
        event = {"type": "app_mention", "user": ANN, "text": text, "channel": CHANNEL}
        event_id = more.pop("event_id", None)
        return self.event(event | {"ts": f"100.{next(_ids):06}"} | more, event_id)

    def direct(self, text: str, **more: Any) -> TestResponse:
        event = {"type": "message", "channel_type": "im", "user": ANN, "channel": DIRECT}
        event_id = more.pop("event_id", None)
        ts = f"200.{next(_ids):06}"
        return self.event(event | {"text": text, "ts": ts} | more, event_id)

    def press(self, element: dict[str, Any], user: str = ANN, **more: Any) -> TestResponse:
        """Press a button; `more` replaces parts of the payload."""
        action = {"block_id": "b", "action_ts": "1.1"} | element
        payload = {
            "type": "block_actions", "team": {"id": TEAM}, "user": {"id": user},
            "api_app_id": "A1", "trigger_id": "1.2", "actions": [action],
            "channel": {"id": CHANNEL, "name": "team"},
            "container": {
                "type": "message", "message_ts": "300.1", "channel_id": CHANNEL,
                "is_ephemeral": True,
            },
            "response_url": self.slack.response_url(),
        }  # fmt: skip
        form = urlencode({"payload": json.dumps(payload | more)})
        return self.post(form, "application/x-www-form-urlencoded")


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        yield fake
        assert fake.faults == []


@pytest.fixture
def make_world(
    slack: FakeSlack, tmp_path: Path, knowledge: KnowledgeBase
) -> Iterator[Callable[[], World]]:
    """Start the bot; twice on the same database for two processes."""
    stores = []

    def make() -> World:
        settings = Settings(
            bot_token="xoxb-test",
            signing_secret=SECRET,
            api_url=slack.url,
            database_url=f"sqlite:///{tmp_path}/factbot.db",
        )
        store = Store(settings.database_url)
        store.prepare()
        stores.append(store)
        app = build_app(settings, Answering(knowledge), store)
        return World(app, slack, store, build_web(app, SECRET))

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def world(make_world: Callable[[], World]) -> World:
    return make_world()


def buttons(message: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """A message's buttons by their text."""
    found = {}
    for block in message["blocks"]:
        elements = block.get("elements", []) + [block.get("accessory", {})]
        for element in elements:
            if element.get("type") == "button":
                found[element["text"]["text"]] = element
    return found
