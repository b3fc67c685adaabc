"""A slow or rate-limited place holds up nobody else."""

from __future__ import annotations

import time
from collections import Counter

from bot.fake_slack.response_urls import ResponseTarget
from bot.fake_slack.server import Failure
from tests.scenarios.conftest import ANN, CHANNEL, pass_time, settle, waiting_replies
from tests.scenarios.test_workspaces import Office, office

__all__ = ["office"]

MANY = 100
QUESTION = "<@U0BOT> api gateway 429"


def seconds_to_answer(office: Office, team: str, channel: str) -> float:
    """Seconds from a mention in a workspace to the answer in its channel."""
    began = time.monotonic()
    office.world.mention(QUESTION, team=team, channel=channel)
    while not any(message["channel"] == channel for message in office.world.slack.messages):
        assert time.monotonic() - began < 20
        time.sleep(0.01)
    return time.monotonic() - began


def test_channels_that_hang_hold_up_no_other_workspace(office: Office) -> None:
    office.install("T1")
    office.install("T2")
    for number in range(MANY):
        channel = f"C{number % 10}"
        office.world.slack.channel_failures[channel] = Failure(delay_seconds=60)
        office.world.mention(QUESTION, team="T1", channel=channel)
    assert seconds_to_answer(office, "T2", "C0OTHER") < 3
    office.world.slack.recover()


def test_a_channel_that_slack_limits_holds_up_nobody_and_gets_all_its_answers(
    office: Office,
) -> None:
    office.install("T1")
    office.install("T2")
    pass_time(office.world, 1)  # the greetings are sent
    slack = office.world.slack
    slack.channel_failures[CHANNEL] = Failure(status=429, retry_after=120)
    for _ in range(MANY):
        office.mention("T1")
    assert seconds_to_answer(office, "T2", "C0OTHER") < 3
    assert seconds_to_answer(office, "T1", "C0SAME") < 3
    settle(office.world)
    limited = [call for call in slack.calls if call.body.get("channel") == CHANNEL]
    assert len(limited) < 20  # those that were on their way when Slack said so first
    assert waiting_replies(office.world.store) == MANY
    slack.recover()
    slack.rate_limiter.allows = lambda channel: True  # type: ignore[method-assign]
    pass_time(office.world, 119, step=10)
    assert waiting_replies(office.world.store) == MANY
    pass_time(office.world, MANY + 1)
    threads = Counter(m["thread_ts"] for m in slack.messages if m["channel"] == CHANNEL)
    assert len(threads) == MANY == threads.total()


def test_response_urls_that_hang_hold_up_no_other_workspace(office: Office) -> None:
    office.install("T1")
    office.install("T2")
    slack = office.world.slack
    slack.channel_failures[CHANNEL] = Failure(delay_seconds=60)
    for _ in range(MANY):
        url = slack.response_url(ResponseTarget(CHANNEL, ANN))
        office.world.press({"type": "button", "action_id": "old", "value": ""}, response_url=url)
    assert seconds_to_answer(office, "T2", "C0OTHER") < 3
    slack.recover()
