"""The database is away: questions are answered all the same, the rest says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot import messages
from tests.scenarios.conftest import World, database_away, settle


@pytest.fixture
def without_database(world: World) -> Iterator[World]:
    with database_away(world.store):
        yield world
        settle(world)


def test_questions_are_answered_by_command_mention_and_direct_message(
    without_database: World,
) -> None:
    world = without_database
    assert "429" in world.command("what is 429 in api gateway")["text"]
    world.mention("<@U0BOT> what is 429 in api gateway")
    world.direct("what is 429 in api gateway")
    world.slack.wait_for("chat.postMessage", 2)
    assert all("429" in message["text"] for message in world.slack.messages)


@pytest.mark.parametrize("text", ["quiz status", "leaderboard", "practice"])
def test_what_needs_the_database_says_so(without_database: World, text: str) -> None:
    reply: dict[str, Any] = without_database.command_reply(text)
    assert reply["text"] == messages.BROKEN
    assert reply["response_type"] == "ephemeral"


def test_lookups_are_counted_when_the_database_is_back(
    world: World,
) -> None:
    with database_away(world.store):
        for _ in range(2):
            world.command("what is 429 in api gateway")
        world.lookups.write()
    assert world.store.people.due_cards("T1", "U0ANN") == []
    world.lookups.write()
    world.wall_clock.now += 86_400
    assert world.store.people.due_cards("T1", "U0ANN") == ["apigw-429"]
