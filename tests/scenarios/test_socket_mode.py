"""The bot behind a Socket Mode server that drops its connections as Slack does.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.playground.fake_slack import FakeSlack, Trouble
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
