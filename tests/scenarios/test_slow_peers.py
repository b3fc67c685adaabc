"""A slow or rate-limited place holds up nobody else."""

from __future__ import annotations

import time

from bot.playground.fake_slack import Trouble
from tests.scenarios.test_workspaces import Office, office

__all__ = ["office"]

MENTIONS = 100
QUESTION = "<@U0BOT> api gateway 429"


def seconds_to_answer(office: Office, team: str, channel: str) -> float:
    """Seconds from a mention in a workspace to the answer in its channel."""
    began = time.monotonic()
    office.world.mention(QUESTION, team=team, channel=channel)
    while not any(message["channel"] == channel for message in office.world.slack.messages):
        assert time.monotonic() - began < 20
        time.sleep(0.01)
    return time.monotonic() - began


def test_a_channel_that_hangs_holds_up_no_other_workspace(office: Office) -> None:
    office.install("T1")
    office.install("T2")
    for number in range(MENTIONS):
        channel = f"C{number % 10}"
        office.world.slack.trouble_in[channel] = Trouble(delay=60)
        office.world.mention(QUESTION, team="T1", channel=channel)
    assert seconds_to_answer(office, "T2", "C0OTHER") < 3
    office.world.slack.calm()
