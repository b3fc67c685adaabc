"""Every process ends in time, with the answers that it has begun."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.fake_slack.server import Failure, FakeSlack
from bot.store import Store
from tests.scenarios.conftest import waiting_replies
from tests.scenarios.sockets import mention
from tests.scenarios.test_processes import SECRET, ask_over_http, post, start, stop


@pytest.mark.parametrize(
    ("failure", "answered"),
    [(Failure(delay_seconds=2.0), 8), (Failure(status=429, retry_after=30), 0)],
)
def test_serve_ends_within_ten_seconds(
    slack: FakeSlack, tmp_path: Path, free_port: int, failure: Failure, answered: int
) -> None:
    process = start("serve", slack, tmp_path, SLACK_SIGNING_SECRET=SECRET, PORT=str(free_port))
    try:
        ask_over_http(free_port)
        slack.failure_for = lambda method: failure
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


@pytest.fixture
def slack_in_time() -> Iterator[FakeSlack]:
    """A Slack whose clock runs, as that of a real process does."""
    with FakeSlack() as fake:
        yield fake
        assert fake.validation_errors == []


def test_what_a_stopped_process_has_accepted_is_answered_by_the_next(
    slack_in_time: FakeSlack, tmp_path: Path, free_port: int
) -> None:
    """Slack hangs, having taken the answers that it was given; each mention is answered once."""
    slack = slack_in_time
    slack.scopes |= {"channels:history", "groups:history"}
    setting = {"SLACK_SIGNING_SECRET": SECRET, "PORT": str(free_port)}
    process = start("serve", slack, tmp_path, **setting)
    try:
        ask_over_http(free_port)
        slack.failure_for = lambda method: Failure(delay_seconds=60.0)
        mentions = []
        for number in range(200):
            event = mention(number)
            channel = event["event"]["channel"] = f"C{number % 40}"
            ts = event["event"]["ts"] = slack.receive_message("U0ANN", channel, "?", None)["ts"]
            mentions.append(ts)
            assert post(free_port, json.dumps(event), "application/json")[0] == 200
        slack.wait_for("chat.postMessage", 10)
        assert stop(process) < 10
        assert len(answered(slack)) < 100
    finally:
        process.kill()
        process.wait()
    slack.recover()
    process = start("serve", slack, tmp_path, **setting)
    try:
        store = Store(f"sqlite:///{tmp_path}/factbot.db")
        while waiting_replies(store):  # as long as it takes: only what is lost is a failure
            time.sleep(0.5)
        store.close()
        assert answered(slack) == Counter(mentions)
        assert slack.ephemeral == []
        assert stop(process) < 10
    finally:
        process.kill()
        process.wait()


def test_what_can_neither_be_answered_nor_kept_is_counted(
    slack: FakeSlack, tmp_path: Path, free_port: int
) -> None:
    log = (tmp_path / "log").open("w")
    setting = {"SLACK_SIGNING_SECRET": SECRET, "PORT": str(free_port)}
    nowhere = "postgresql://nobody@127.0.0.1:9/nothing"
    process = start("serve", slack, tmp_path, log, DATABASE_URL=nowhere, **setting)
    try:
        ask_over_http(free_port)
        slack.failure_for = lambda method: Failure(status=429, retry_after=120)
        for number in range(3):
            assert post(free_port, json.dumps(mention(number)), "application/json")[0] == 200
        slack.wait_for("chat.postMessage", 3)
        assert stop(process) < 10
    finally:
        process.kill()
        process.wait()
        log.close()
    assert "replies were lost count=3" in (tmp_path / "log").read_text()


def answered(slack: FakeSlack) -> Counter[str]:
    """How often each mention was answered, for everyone to see."""
    return Counter(message["thread_ts"] for message in slack.messages if message["thread_ts"])


@pytest.mark.parametrize("delay", [2.0, 60.0])
def test_a_clock_ends_within_ten_seconds(slack: FakeSlack, tmp_path: Path, delay: float) -> None:
    store = Store(f"sqlite:///{tmp_path}/factbot.db")
    store.prepare()
    store.deliveries.add("reminder", "T1:U1:1", "T1", "U1", time.time())
    store.close()
    slack.fail_next("auth.test", Failure(delay_seconds=delay))
    process = start("clock", slack, tmp_path, FACTBOT_LEASE="60")
    try:
        slack.wait_for("auth.test")
        assert stop(process) < 10
    finally:
        process.kill()
        process.wait()
