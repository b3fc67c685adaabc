"""The bot behind a Socket Mode server that drops its connections as Slack does.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.fake_slack.server import Failure, FakeSlack
from bot.store import Conversation, Store
from tests.scenarios.conftest import CHANNEL, TEAM
from tests.scenarios.sockets import SocketMode, mention
from tests.scenarios.test_processes import start


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


def test_a_refreshed_connection_loses_and_doubles_nothing(
    slack: FakeSlack, socket_mode: SocketMode, process: subprocess.Popen[bytes]
) -> None:
    for number in range(30):
        if number in (10, 20):
            socket_mode.refresh()
        socket_mode.deliver(f"E{number}", mention(number))
    socket_mode.wait(lambda mode: len(mode.acknowledged) == 30)
    slack.wait_for("chat.postMessage", 30)
    assert socket_mode.connections >= 3
    threads = [message["thread_ts"] for message in slack.messages]
    assert sorted(threads) == [f"100.{number:06}" for number in range(30)]


def damaged(number: int, **more: Any) -> dict[str, Any]:
    event = mention(number)
    event["event"] |= more
    return event


def test_what_http_refuses_is_refused_here_too_and_the_next_event_answered(
    slack: FakeSlack, socket_mode: SocketMode, process: subprocess.Popen[bytes]
) -> None:
    refused: list[dict[str, Any]] = [
        damaged(1, text="429 " * 300_000),
        damaged(2, channel="<!channel> " * 3),
        damaged(3, user="U1 OR 1=1"),
        {"type": "event_callback", "event": "x"},
        {"type": "block_actions", "actions": ["x"]},
    ]
    for number, payload in enumerate(refused):
        socket_mode.deliver(f"E{number}", payload)
    socket_mode.deliver("E9", damaged(9, text="<@U0BOT> api\0 gateway\ud800 429"))
    socket_mode.wait(lambda mode: "E9" in mode.acknowledged)
    slack.wait_for("chat.postMessage")
    time.sleep(0.5)
    assert socket_mode.acknowledged == {"E9"}
    (answer,) = slack.messages
    assert (answer["thread_ts"], "429" in answer["text"]) == ("100.000009", True)


def test_what_people_write_is_kept_as_over_http(
    socket_mode: SocketMode, process: subprocess.Popen[bytes], slack: FakeSlack, tmp_path: Path
) -> None:
    """The fact it led to, whatever the text held."""
    socket_mode.deliver("E1", damaged(1, text="<@U0BOT> api\0 gateway\ud800 429"))
    slack.wait_for("chat.postMessage")
    store = Store(f"sqlite:///{tmp_path}/factbot.db")
    asked = Conversation(TEAM, f"{CHANNEL}1", "100.000001")
    stored = None
    for _ in range(300):
        stored = stored or store.last_answer(asked)
        time.sleep(0.0 if stored else 0.1)
    assert stored == "apigw-429"
    store.close()


def test_a_stopped_process_finishes_what_it_has_acknowledged(
    slack: FakeSlack, socket_mode: SocketMode, process: subprocess.Popen[bytes]
) -> None:
    slack.fail_next("chat.postMessage", Failure(delay_seconds=2.0))
    socket_mode.deliver("E1", mention(1))
    socket_mode.wait(lambda mode: mode.acknowledged)
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    assert time.monotonic() - began < 10
    assert len(slack.messages) == 1
