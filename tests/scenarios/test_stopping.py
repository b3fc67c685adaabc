"""Every process ends in time, with the answers that it has begun."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from bot.playground.fake_slack import FakeSlack, Trouble
from bot.store import Store
from tests.scenarios.sockets import mention
from tests.scenarios.test_processes import SECRET, ask_over_http, post, start, stop


@pytest.mark.parametrize(
    ("trouble", "answered"),
    [(Trouble(delay=2.0), 8), (Trouble(status=429, retry_after=30), 0)],
)
def test_serve_ends_within_ten_seconds(
    slack: FakeSlack, tmp_path: Path, free_port: int, trouble: Trouble, answered: int
) -> None:
    process = start("serve", slack, tmp_path, SLACK_SIGNING_SECRET=SECRET, PORT=str(free_port))
    try:
        ask_over_http(free_port)
        slack.misbehave = lambda method: trouble
        for number in range(8):
            event = mention(number)
            event["event"]["channel"] = f"C{number}"
            assert post(free_port, json.dumps(event), "application/json")[0] == 200
        slack.wait_for("chat.postMessage", 8)
        assert stop(process) < 10
        assert len(slack.messages) == answered
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("delay", [2.0, 60.0])
def test_a_clock_ends_within_ten_seconds(slack: FakeSlack, tmp_path: Path, delay: float) -> None:
    store = Store(f"sqlite:///{tmp_path}/factbot.db")
    store.prepare()
    store.deliveries.add("reminder", "T1:U1:1", "T1", "U1", time.time())
    store.close()
    slack.answer_next("auth.test", Trouble(delay=delay))
    process = start("clock", slack, tmp_path, FACTBOT_LEASE="60")
    try:
        slack.wait_for("auth.test", timeout=20)
        assert stop(process) < 10
    finally:
        process.kill()
        process.wait()
