"""A Socket Mode server that drops its connections as Slack does, and an event to deliver.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

from __future__ import annotations

import json
import threading
import time
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection

from tests.scenarios.conftest import ANN, BOT, CHANNEL, TEAM


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
            assert self._changed.wait_for(lambda: self._open, 30)
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


def mention(number: int) -> dict[str, Any]:
    return {
        "type": "event_callback", "team_id": TEAM, "api_app_id": "A1", "event_id": f"Ev{number}",
        "event_time": int(time.time()),
        "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
        "event": {
            "type": "app_mention", "user": ANN, "text": f"<@{BOT}> api gateway 429",
            "channel": f"{CHANNEL}{number % 5}", "ts": f"100.{number:06}",
        },
    }  # fmt: skip
