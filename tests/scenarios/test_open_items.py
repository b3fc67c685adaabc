"""What waits for curators reaches them, wherever their channel moves and whatever Slack refuses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.store.open_items import RETRY_SECONDS
from bot.views import suggestion as view
from tests.scenarios.conftest import ANN, BEN, BOT, TEAM, World, buttons, settle
from tests.scenarios.forms import press, suggest
from tests.scenarios.test_disputes import CLEO, report_fact

FIRST, SECOND = "C0FIRST", "C0SECOND"
HOUR = 3600.0


@pytest.fixture
def world(make_world: Callable[..., World], url: str) -> Iterator[World]:
    """A reported fact and a suggestion, which nobody has been told about; Ben is an admin."""
    world = make_world(database_url=url)
    world.wall_clock.move_to("2026-11-24T08:00:00+00:00")  # a day without a digest
    world.store.prepare()
    world.slack.people.users = {ANN: {}, BEN: {"is_admin": True}, CLEO: {"is_admin": True}}
    report_fact(world)
    suggest(world)
    yield world


def pass_by(world: World, seconds: float = 20.0) -> None:
    """Let time pass, and do what is due then."""
    world.wall_clock.now += seconds
    for _ in range(6):
        world.wall_clock.now += 2
        world.clock.tick()


def in_channel(world: World, channel: str) -> list[str]:
    """What is posted there: cases and suggestions."""
    posted = [message for message in world.slack.messages if message["channel"] == channel]
    found = {"Keep": "case", "Approve": "suggestion"}
    return sorted(found[next(iter(buttons(message)))] for message in posted)


BOTH = ["case", "suggestion"]


def find(world: World, channel: str, name: str) -> dict[str, Any]:
    """The message in a channel that has a button."""
    (found,) = [
        message
        for message in world.slack.messages
        if message["channel"] == channel and name in buttons(message)
    ]
    return found


def test_a_new_channel_gets_what_is_open_and_decisions_show_in_both(world: World) -> None:
    world.command_reply("curators here", BEN, channel=FIRST)
    pass_by(world)
    assert in_channel(world, FIRST) == BOTH
    world.command_reply("curators here", BEN, channel=SECOND)
    pass_by(world)
    assert in_channel(world, FIRST) == in_channel(world, SECOND) == BOTH
    pass_by(world, 2 * HOUR)
    assert len(world.slack.messages) == 4
    press(world, *pressed(world, SECOND, "Approve"), BEN)
    press(world, *pressed(world, FIRST, "Keep"), BEN)
    pass_by(world)
    shown = [json.dumps(m["blocks"]) for m in world.slack.messages if m["channel"] != "D0ANN"]
    assert sum(f"Approved by <@{BEN}>" in text for text in shown) == 2
    assert sum(f"Kept as it is by <@{BEN}>" in text for text in shown) == 2
    world.command_reply("curators here", BEN, channel="C0THIRD")
    pass_by(world)
    assert in_channel(world, "C0THIRD") == []


def pressed(world: World, channel: str, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    message = find(world, channel, name)
    return message, buttons(message)[name]


def test_what_slack_refused_is_posted_once_we_are_invited(world: World) -> None:
    world.slack.channels_without_bot = {FIRST}
    said = world.command_reply("curators here", BEN, channel=FIRST)["text"]
    assert f"If I'm not in <#{FIRST}> yet, invite me there." in said
    pass_by(world)
    world.slack.channels_without_bot = set()
    pass_by(world, RETRY_SECONDS / 2)
    assert in_channel(world, FIRST) == []
    joined = {"type": "member_joined_channel", "user": BOT, "channel": FIRST, "inviter": BEN}
    world.event(joined | {"channel": SECOND})
    settle(world)
    pass_by(world)
    assert in_channel(world, FIRST) == []
    world.event(joined)
    settle(world)
    pass_by(world)
    assert in_channel(world, FIRST) == BOTH
    world.event(joined)
    settle(world)
    pass_by(world, 2 * HOUR)
    assert in_channel(world, FIRST) == BOTH


def test_or_within_the_hour_by_whichever_clock_and_once(
    world: World, make_world: Callable[..., World], url: str
) -> None:
    other = make_world(database_url=url)
    world.slack.channels_without_bot = {FIRST}
    world.command_reply("curators here", BEN, channel=FIRST)
    pass_by(world)
    world.slack.channels_without_bot = set()
    world.wall_clock.now += RETRY_SECONDS
    for _ in range(8):
        world.wall_clock.now += 20
        for one in (other, world):
            one.clock.tick()
    assert in_channel(world, FIRST) == BOTH


def test_an_admin_who_asks_who_curates_gets_what_is_open(world: World) -> None:
    pass_by(world)
    assert world.slack.messages == []
    world.command_reply("curators", BEN)
    pass_by(world)
    assert in_channel(world, "D0BEN") == BOTH


def test_another_workspace_gets_nothing(world: World) -> None:
    world.command_reply("curators here", BEN, channel="C0OTHER", team="T2")
    pass_by(world, 2 * HOUR)
    assert world.slack.messages == []


def test_every_curators_copy_says_how_a_suggestion_ended(world: World) -> None:
    world.command_reply(f"curators <@{BEN}> <@{CLEO}>", BEN)
    pass_by(world)
    assert in_channel(world, "D0BEN") == in_channel(world, "D0CLEO") == BOTH
    press(world, *pressed(world, "D0BEN", "Approve"), BEN)
    assert "Approve" in buttons(find(world, "D0CLEO", "Approve"))
    pass_by(world)
    copies = [m for m in world.slack.messages if m["channel"] == "D0CLEO"]
    assert any(f"Approved by <@{BEN}>" in json.dumps(copy["blocks"]) for copy in copies)
    assert not any("Approve" in buttons(copy) for copy in copies)


def test_erasing_the_author_takes_their_name_out_of_the_message(world: World) -> None:
    world.command_reply("curators here", BEN, channel=FIRST)
    pass_by(world)
    assert ANN in json.dumps(find(world, FIRST, "Approve")["blocks"])
    world.store.people.erase(TEAM, ANN)
    pass_by(world)
    message = find(world, FIRST, "Approve")
    assert ANN not in json.dumps(message["blocks"]) and ANN not in message["text"]


def test_a_channel_with_another_id_is_still_the_same_one(world: World) -> None:
    world.command_reply("curators here", BEN, channel=FIRST)
    pass_by(world)
    world.event({"type": "channel_id_changed", "old_channel_id": FIRST, "new_channel_id": SECOND})
    settle(world)
    for message in world.slack.messages:
        message["channel"] = SECOND
    pass_by(world, 2 * HOUR)
    assert len(world.slack.messages) == 2
    suggestion = world.store.suggestions.open_ones(TEAM)[0]
    assert world.store.suggestions.reject(TEAM, suggestion.id, BEN, "No.")
    pass_by(world)
    shown = json.dumps([message["blocks"] for message in world.slack.messages])
    assert f"Rejected by <@{BEN}>" in shown and view.APPROVE not in shown
