"""The two ways to run the bot, as real processes that are asked, and then told to stop."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from queue import Queue
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import update
from websockets.sync.server import ServerConnection, serve

from bot.fake_slack.server import FakeSlack
from bot.quiz.schedule import EVERY_DAY, Schedule
from bot.quiz.subscription import Subscription
from bot.store import Store
from bot.store.tables import subscriptions
from tests.conftest import ENVIRON

SECRET = "a-secret"
COMMAND = {
    "command": "/aws", "text": "what is 429 in api gateway", "team_id": "T1", "user_id": "U1",
    "channel_id": "C1", "response_url": "http://127.0.0.1/none", "api_app_id": "A1",
    "trigger_id": "1.2",
}  # fmt: skip


def start(
    command: str, slack: FakeSlack, folder: Path, log: Any = None, **environ: str
) -> subprocess.Popen[bytes]:
    known = {
        **ENVIRON,
        "SLACK_BOT_TOKEN": "xoxb-test",
        "SLACK_API_URL": slack.url,
    }
    factbot = str(Path(sys.executable).parent / "factbot")
    return subprocess.Popen([factbot, command], cwd=folder, env=known | environ, stderr=log)


def test_serve_answers_over_http_and_stops_on_sigterm(
    slack: FakeSlack, tmp_path: Path, free_port: int
) -> None:
    process = start("serve", slack, tmp_path, SLACK_SIGNING_SECRET=SECRET, PORT=str(free_port))
    try:
        answer = ask_over_http(free_port)
        assert "429" in answer["text"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    finally:
        process.kill()


def test_a_clock_offers_its_metrics_at_a_port_of_their_own(
    slack: FakeSlack, tmp_path: Path, free_port: int
) -> None:
    process = start("clock", slack, tmp_path, FACTBOT_METRICS_PORT=str(free_port))
    try:
        for _ in range(600):
            with contextlib.suppress(ConnectionError):
                status, page = http("GET", free_port, "/metrics")
                if "beat_timestamp_seconds NaN" not in page:
                    break
            time.sleep(0.1)
        assert status == 200
        beat = re.search(r"^factbot_clock_beat_timestamp_seconds (.+)$", page, re.MULTILINE)
        assert beat and abs(float(beat[1]) - time.time()) < 60
        assert stop(process) < 10
    finally:
        process.kill()
        process.wait()


def test_a_clock_posts_a_question_within_five_seconds_of_its_time(
    slack: FakeSlack, tmp_path: Path
) -> None:
    store = Store(f"sqlite:///{tmp_path}/factbot.db")
    store.prepare()
    every_day = Schedule(datetime.now(UTC).time(), "UTC", EVERY_DAY, None)
    saved, _ = store.subscriptions.save(Subscription("T1", "C1", every_day, (), "U1"))
    assert saved.next
    with store.engine.begin() as db:
        db.execute(update(subscriptions).values(next_at=time.time() + 3600))
    process = start("clock", slack, tmp_path)
    try:
        while store.last_beat() is None:  # how long a process takes to start isn't tested here
            time.sleep(0.05)
        due = time.time() + 3
        with store.engine.begin() as db:
            db.execute(update(subscriptions).values(next_at=due))
        (call,) = slack.wait_for("chat.postMessage")
        late = call.at - time.monotonic() + time.time() - due
        assert 0 <= late <= 5
        assert stop(process) < 10
    finally:
        process.kill()
        process.wait()
    posting = store.postings.latest("T1", "C1")
    assert posting and posting.ts == slack.messages[0]["ts"]
    store.close()


def ask_over_http(port: int) -> dict[str, Any]:
    """Ask a question as soon as the server is there."""
    body = urlencode(COMMAND)
    for _ in range(300):
        try:
            status, answer = post(port, body)
            assert status == 200
            found: dict[str, Any] = json.loads(answer)
            return found
        except ConnectionError:
            time.sleep(0.1)
    raise TimeoutError("the server did not start")


def post(port: int, body: str, kind: str = "application/x-www-form-urlencoded") -> tuple[int, str]:
    """Send a signed request; status and text of the answer."""
    now = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=now, body=body)
    headers = {
        "Content-Type": kind,
        "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": str(signature),
    }
    return http("POST", port, "/slack/events", body, headers)


def http(method: str, port: int, path: str, *rest: Any) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, *rest)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def stop(process: subprocess.Popen[bytes]) -> float:
    """Tell a process to end; the seconds that it took."""
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.wait(15)
    return time.monotonic() - began


@pytest.fixture
def websocket(slack: FakeSlack) -> Iterator[tuple[Queue[dict[str, Any]], Queue[dict[str, Any]]]]:
    """A Socket Mode endpoint: one queue of what it sends, one of what it gets."""
    outgoing: Queue[dict[str, Any]] = Queue()
    incoming: Queue[dict[str, Any]] = Queue()

    def handle(connection: ServerConnection) -> None:
        connection.send(json.dumps({"type": "hello", "num_connections": 1}))
        connection.send(json.dumps(outgoing.get(timeout=30)))
        for message in connection:
            incoming.put(json.loads(message))

    with serve(handle, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        host, port = server.socket.getsockname()[:2]
        slack.websocket_url = f"ws://{host}:{port}/"
        yield outgoing, incoming
        server.shutdown()
        thread.join()


def test_run_answers_over_socket_mode_and_stops_on_sigterm(
    slack: FakeSlack,
    tmp_path: Path,
    websocket: tuple[Queue[dict[str, Any]], Queue[dict[str, Any]]],
) -> None:
    outgoing, incoming = websocket
    process = start("run", slack, tmp_path, SLACK_APP_TOKEN="xapp-test")
    try:
        outgoing.put(
            {
                "envelope_id": "E1", "type": "slash_commands", "payload": COMMAND,
                "accepts_response_payload": True,
            }
        )  # fmt: skip
        answer = incoming.get(timeout=60)
        assert answer["envelope_id"] == "E1"
        assert "429" in answer["payload"]["text"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    finally:
        process.kill()
