"""The real app, a real database and a fake Slack, connected by signed requests."""

from __future__ import annotations

import itertools
import json
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import Engine, create_engine, func, select
from websockets.sync.server import serve
from werkzeug.test import TestResponse

from bot.answers.lookups import Lookups
from bot.build import Bot, build
from bot.fake_slack.org_wide import org_wide
from bot.fake_slack.response_urls import ResponseTarget
from bot.fake_slack.server import FakeSlack
from bot.servers.web import build_web
from bot.settings import Settings
from bot.store import Store
from bot.store.tables import replies
from knowledge import KnowledgeBase

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
BOT = "U0BOT"
TEAM = "T1"
ANN, BEN = "U0ANN", "U0BEN"
CHANNEL, DIRECT = "C0TEAM", "D0ANN"
MONDAY = "2026-11-23T08:00:00+00:00"

_ids = itertools.count(1)


class WallClock:
    """Seconds since 1970, which stand still until a test moves them."""

    def __init__(self, at: str) -> None:
        self.now = datetime.fromisoformat(at).timestamp()

    def __call__(self) -> float:
        return self.now

    def move_to(self, at: str) -> None:
        self.now = datetime.fromisoformat(at).timestamp()


@dataclass
class World:
    """One running bot, and the people who talk to it.

    With an `organization`, all payloads are those of its organization-wide installation.
    """

    bot: Bot
    slack: FakeSlack
    wall_clock: WallClock
    organization: str = ""

    def __post_init__(self) -> None:
        self.app, self.services = self.bot.app, self.bot.services
        self.store = self.services.store
        self.clock = self.services.build_clock()
        self.web: Any = build_web(self.bot)

    def close(self) -> None:
        """Stop the bot once it has finished what it started."""
        settle(self)
        self.services.close()

    @property
    def lookups(self) -> Lookups:
        return self.services.lookups

    def post(
        self, body: str, content_type: str, signed_at: int | None = None, **headers: str
    ) -> TestResponse:
        """Send a request to the bot, signed now or at `signed_at` (seconds since 1970)."""
        now = str(int(time.time()) if signed_at is None else signed_at)
        signature = SignatureVerifier(SECRET).generate_signature(timestamp=now, body=body)
        signed = {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": str(signature)}
        client = self.web.test_client()
        response: TestResponse = client.post(
            "/slack/events", data=body, content_type=content_type, headers=signed | headers
        )
        return response

    def send(self, payload: dict[str, Any]) -> TestResponse:
        """Send a payload, encoded the way Slack encodes its type."""
        if self.organization:
            payload = org_wide(payload, self.organization)
        if "event" in payload:
            return self.post(json.dumps(payload), "application/json")
        fields = payload if "command" in payload else {"payload": json.dumps(payload)}
        return self.post(urlencode(fields), "application/x-www-form-urlencoded")

    def command(
        self,
        text: str,
        user: str = ANN,
        command: str = "/aws",
        channel: str = CHANNEL,
        team: str = TEAM,
    ) -> dict[str, Any]:
        """Type the slash command; the body of the acknowledgement."""
        fields = {
            "command": command, "text": text, "user_id": user, "team_id": team,
            "channel_id": channel,
            "response_url": self.slack.response_url(ResponseTarget(channel, user)),
            "trigger_id": self.slack.trigger(user), "api_app_id": "A1",
        }  # fmt: skip
        response = self.send(fields)
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = json.loads(response.text or "{}")
        return answer

    def command_reply(self, text: str, user: str = ANN, **more: Any) -> dict[str, Any]:
        """Type a command that is answered later; what its response URL gets."""
        before = len(self.responses())
        self.command(text, user, **more)
        return self.responses(before + 1)[before]

    def responses(self, count: int = 0) -> list[dict[str, Any]]:
        """What response URLs got so far, once there are `count` of them."""
        calls = self.slack.wait_for("response", count) if count else self.slack.calls
        return [call.body for call in calls if call.method == "response"]

    def event(
        self, event: dict[str, Any], event_id: str | None = None, team: str = TEAM, **more: Any
    ) -> TestResponse:
        """Deliver an event; `more` replaces fields of its envelope."""
        body = {
            "type": "event_callback", "team_id": team, "api_app_id": "A1",
            "event_id": event_id or f"Ev{next(_ids)}", "event_time": int(time.time()),
            "authorizations": [{"team_id": team, "user_id": BOT, "is_bot": True}],
            "event": event,
        }  # fmt: skip
        return self.send(body | more)

    def mention(self, text: str, **more: Any) -> TestResponse:
        event = {"type": "app_mention", "user": ANN, "text": text, "channel": CHANNEL}
        event_id, team = more.pop("event_id", None), more.pop("team", TEAM)
        return self.event(event | {"ts": f"100.{next(_ids):06}"} | more, event_id, team)

    def direct(self, text: str, **more: Any) -> TestResponse:
        event = {"type": "message", "channel_type": "im", "user": ANN, "channel": DIRECT}
        event_id = more.pop("event_id", None)
        ts = f"200.{next(_ids):06}"
        return self.event(event | {"text": text, "ts": ts} | more, event_id)

    def press(self, element: dict[str, Any], user: str = ANN, **more: Any) -> TestResponse:
        """Click a button; `more` replaces fields of the payload."""
        pressed_at = f"{int(self.wall_clock.now)}.{next(_ids):06}"
        action = {"block_id": "b", "action_ts": pressed_at} | element
        payload = {
            "type": "block_actions", "team": {"id": TEAM}, "user": {"id": user},
            "api_app_id": "A1", "trigger_id": self.slack.trigger(user), "actions": [action],
            "channel": {"id": CHANNEL, "name": "team"},
            "container": {
                "type": "message", "message_ts": "300.1", "channel_id": CHANNEL,
                "is_ephemeral": True,
            },
            "response_url": self.slack.response_url(),
        }  # fmt: skip
        return self.send(payload | more)


@pytest.fixture
def wall_clock() -> WallClock:
    return WallClock(MONDAY)


@pytest.fixture
def slack(wall_clock: WallClock) -> Iterator[FakeSlack]:
    with FakeSlack(now=wall_clock) as fake:
        yield fake
        assert fake.validation_errors == []


@pytest.fixture
def make_world(
    request: pytest.FixtureRequest,
    slack: FakeSlack,
    wall_clock: WallClock,
    tmp_path: Path,
    knowledge: KnowledgeBase,
    prepared_database: Path,
) -> Iterator[Callable[..., World]]:
    """Start a bot; several of them share one database, as processes do."""
    if "url" in request.fixturenames:  # so that worlds close before their rows are deleted
        request.getfixturevalue("url")
    worlds: list[World] = []
    database = tmp_path / "factbot.db"
    shutil.copy(prepared_database, database)

    def make(
        api_url: str = slack.url,
        token: str = "xoxb-test",
        database_url: str = "",
        now: Callable[[], float] = wall_clock,
    ) -> World:
        settings = Settings(
            bot_token=token,
            signing_secret=SECRET,
            api_url=api_url,
            database_url=database_url or f"sqlite:///{database}",
        )
        worlds.append(World(build(settings, now, knowledge=knowledge), slack, wall_clock))
        return worlds[-1]

    yield make
    for world in worlds:
        world.close()


@pytest.fixture
def world(make_world: Callable[[], World]) -> World:
    return make_world()


@pytest.fixture
def free_port() -> int:
    return unused_port()


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def socket_mode(slack: FakeSlack) -> Iterator[Any]:
    from tests.scenarios.sockets import SocketMode

    mode = SocketMode()
    with serve(mode.handle, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        host, port = server.socket.getsockname()[:2]
        slack.websocket_url = f"ws://{host}:{port}/"
        yield mode
        server.shutdown()
        thread.join()


def buttons(message: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What can be pressed in a message, by its text: also thumbs, icons and a menu's options.

    Of several with the same text it is the first.
    """
    found: dict[str, dict[str, Any]] = {}
    for block in message["blocks"]:
        where = {"block_id": block["block_id"]} if "block_id" in block else {}
        for element in [*block.get("elements", []), block.get("accessory", {})]:
            for text, pressed in _pressed(element):
                found.setdefault(text, pressed | where)
    return found


def _pressed(element: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What Slack sends when one of an element's parts is pressed."""
    kind = element.get("type")
    ids = {"type": kind, "action_id": element.get("action_id")}
    if kind in ("button", "icon_button"):
        yield element["text"]["text"], element
    elif kind == "feedback_buttons":
        for side in (element["positive_button"], element["negative_button"]):
            yield side["text"]["text"], ids | {"value": side["value"]}
    elif kind == "overflow":
        for option in element["options"]:
            yield option["text"]["text"], ids | {"selected_option": option}


def settle(world: World) -> None:
    """Wait until every lazy listener that was started has finished."""
    assert world.services.pool.wait_until_idle(30) == 0


def pass_time(world: World, seconds: float, step: float = 1.0) -> None:
    """Let time pass, and do what becomes due meanwhile; `seconds` in steps of `step` seconds."""
    end = world.wall_clock.now + seconds
    while world.wall_clock.now < end:
        world.wall_clock.now = min(end, world.wall_clock.now + step)
        world.slack.catch_up()
        world.services.outbox.tick()
        settle(world)


def waiting_replies(store: Store) -> int:
    """How many replies are kept until Slack accepts them."""
    with store.engine.connect() as db:
        return int(db.execute(select(func.count()).select_from(replies)).scalar_one())


@contextmanager
def database_away(store: Store) -> Iterator[None]:
    """Inside `with`, nothing answers at the database's address."""
    nowhere = create_engine("postgresql+psycopg://nobody@127.0.0.1:9/nothing?connect_timeout=1")
    real = store.engine
    parts = (
        store.postings,
        store.answers,
        store.people,
        store.subscriptions,
        store.deliveries,
        store.replies,
        store.fact_requests,
        store.fact_changes,
        store.hourly_uses,
        store.curators,
        store.suggestions,
        store.gaps,
        store.review_tasks,
        store.cases,
        store.curator_messages,
        store.open_items,
    )

    def use(engine: Engine) -> None:
        store.engine = engine
        for part in parts:
            part._engine = engine

    use(nowhere)
    try:
        yield
    finally:
        use(real)
