"""Slack delivers events at least once: again after a failure, and one message as several events."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest

from tests.scenarios.conftest import ANN, BOT, CHANNEL, DIRECT, World, database_away, settle

TEXT = f"<@{BOT}> api gateway 429"


def as_mention(ts: str = "500.000001", channel: str = CHANNEL) -> dict[str, Any]:
    return {"type": "app_mention", "user": ANN, "text": TEXT, "channel": channel, "ts": ts}


def as_direct_message(ts: str = "500.000001") -> dict[str, Any]:
    return as_mention(ts, DIRECT) | {"type": "message", "channel_type": "im"}


@pytest.mark.parametrize(
    "events",
    [
        [as_mention(), as_mention()],
        [as_direct_message(), as_direct_message()],
        [as_direct_message(), as_mention(channel=DIRECT)],
    ],
    ids=["mention again", "direct message again", "direct message and mention"],
)
def test_one_message_under_two_event_ids_is_answered_once(
    make_world: Callable[[], World], events: list[dict[str, Any]]
) -> None:
    """In whichever process, and also after a restart."""
    for _ in range(2):
        world = make_world()
        for number, event in enumerate(events):
            world.event(event, f"Ev-{number}-{id(world)}")
            settle(world)
    assert len(world.slack.messages) == 1


def test_without_a_database_a_message_is_answered_once_by_a_process(world: World) -> None:
    with database_away(world.store):
        for number in range(2):
            world.event(as_mention(), f"Ev-again-{number}")
            settle(world)
    assert len(world.slack.messages) == 1


def test_messages_of_the_same_moment_elsewhere_are_answered_each(world: World) -> None:
    world.event(as_mention())
    world.event(as_mention(channel="C0OTHER"))
    world.event(as_mention(), team="T2")
    world.event(as_mention(ts="500.000002", channel="C0THIRD"))
    settle(world)
    assert len(world.slack.messages) == 4


@pytest.mark.parametrize(("seconds", "answered"), [(0, 1), (590, 1), (610, 0), (7200, 0)])
@pytest.mark.parametrize("event", [as_mention(), as_direct_message()], ids=["mention", "direct"])
def test_an_event_replayed_after_an_outage_is_answered_if_not_too_old(
    world: World,
    event: dict[str, Any],
    seconds: int,
    answered: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    assert world.event(event, event_time=int(world.wall_clock()) - seconds).status_code == 200
    settle(world)
    assert len(world.slack.messages) == answered
    outcomes = [getattr(record, "outcome", "") for record in caplog.records]
    assert ("too old" in outcomes) is (answered == 0)


def test_an_event_without_a_time_is_answered(world: World) -> None:
    world.event(as_mention(), event_time=None)
    settle(world)
    assert len(world.slack.messages) == 1
