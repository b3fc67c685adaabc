"""The bot behind a Socket Mode server that drops its connections as Slack does.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

from __future__ import annotations

import json
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from bot.playground.fake_slack import FakeSlack, Trouble
from tests.scenarios.conftest import ANN, BOT, CHANNEL, TEAM
from tests.scenarios.test_processes import start


class SocketMode:
    """Delivers envelopes until they are acknowledged, on whatever connection is open."""

    def __init__(self) -> None:
        self.connections = 0
        self.acknowledged: set[str] = set()
        self._changed = threading.Condition()
        self._waiting: dict[str, dict[str, Any]] = {}
        self._open: ServerConnection | None = None

    def handle(self, connection: ServerConnection) -> None:
        with self._changed:
            connection.send(json.dumps({"type": "hello", "num_connections": 1}))
            self.connections += 1
            self._open = connection
            for envelope in self._waiting.values():
                connection.send(json.dumps(envelope | {"retry_attempt": 1}))
            self._changed.notify_all()
        try:
            for message in connection:
                self._acknowledge(json.loads(message)["envelope_id"])
        except ConnectionClosed:
            pass

    def deliver(self, envelope_id: str, payload: dict[str, Any], kind: str = "events_api") -> None:
        envelope = {"envelope_id": envelope_id, "type": kind, "payload": payload}
        with self._changed:
            self._waiting[envelope_id] = envelope | {"accepts_response_payload": False}
            if self._open:
                self._open.send(json.dumps(self._waiting[envelope_id]))

    def refresh(self) -> None:
        """Announce the end of the connection and end it, as Slack does every few hours."""
        with self._changed:
            ending, self._open = self._open, None
        assert ending
        ending.send(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))
        time.sleep(0.2)
        ending.close()

    def wait(self, done: Any, timeout: float = 30) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: done(self), timeout)

    def _acknowledge(self, envelope_id: str) -> None:
        with self._changed:
            self.acknowledged.add(envelope_id)
            self._waiting.pop(envelope_id, None)
            self._changed.notify_all()


@pytest.fixture
def socket_mode(slack: FakeSlack) -> Iterator[SocketMode]:
    mode = SocketMode()
    with serve(mode.handle, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        host, port = server.socket.getsockname()[:2]
        slack.websocket_url = f"ws://{host}:{port}/"
        yield mode
        server.shutdown()
        thread.join()


@pytest.fixture
def process(
    slack: FakeSlack, socket_mode: SocketMode, tmp_path: Path
) -> Iterator[subprocess.Popen[bytes]]:
    process = start("run", slack, tmp_path, SLACK_APP_TOKEN="xapp-test")
    try:
        socket_mode.wait(lambda mode: mode.connections == 1)
        yield process
    finally:
        process.kill()
        process.wait()


def mention(number: int) -> dict[str, Any]:
    return {
        "type": "event_callback", "team_id": TEAM, "api_app_id": "A1", "event_id": f"Ev{number}",
        "event_time": 1, "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
        "event": {
            "type": "app_mention", "user": ANN, "text": f"<@{BOT}> api gateway 429",
            "channel": f"{CHANNEL}{number % 5}", "ts": f"100.{number:06}",
        },
    }  # fmt: skip


def test_a_refreshed_connection_loses_and_doubles_nothing(
    slack: FakeSlack, socket_mode: SocketMode, process: subprocess.Popen[bytes]
) -> None:
    for number in range(30):
        if number in (10, 20):
            socket_mode.refresh()
        socket_mode.deliver(f"E{number}", mention(number))
    socket_mode.wait(lambda mode: len(mode.acknowledged) == 30)
    slack.wait_for("chat.postMessage", 30, timeout=20)
    assert socket_mode.connections >= 3
    threads = [message["thread_ts"] for message in slack.messages]
    assert sorted(threads) == [f"100.{number:06}" for number in range(30)]


def test_a_stopped_process_finishes_what_it_has_acknowledged(
    slack: FakeSlack, socket_mode: SocketMode, process: subprocess.Popen[bytes]
) -> None:
    slack.answer_next("chat.postMessage", Trouble(delay=2.0))
    socket_mode.deliver("E1", mention(1))
    socket_mode.wait(lambda mode: mode.acknowledged)
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    assert time.monotonic() - began < 10
    assert len(slack.messages) == 1
