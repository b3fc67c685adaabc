"""An answer reaches its conversation once, whatever Slack says about it."""

from __future__ import annotations

import pytest

from bot.playground.fake_slack import Trouble
from bot.slack import replying
from tests.scenarios.conftest import ANN, CHANNEL, World, database_away, settle

TAKEN = Trouble(status=500, accept=True)
NOT_TAKEN = Trouble(status=500)
MAYBE = pytest.mark.parametrize("trouble", [TAKEN, NOT_TAKEN, Trouble(error="internal_error")])


@pytest.fixture(autouse=True)
def no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replying, "WAITS", (0.0,) * 4)


@MAYBE
@pytest.mark.parametrize("thread", ["", "200.000001"])
def test_a_direct_message_is_answered_once(world: World, trouble: Trouble, thread: str) -> None:
    if thread:
        world.slack.write(ANN, "D0ANN", "hello")["ts"] = thread
    before = len(world.slack.messages)
    world.slack.answer_next("chat.postMessage", trouble)
    world.direct("what is 429 in api gateway", **({"thread_ts": thread} if thread else {}))
    settle(world)
    assert len(world.slack.messages) == before + 1
    assert world.slack.private == []


@MAYBE
def test_with_the_history_scopes_a_mention_is_answered_once(world: World, trouble: Trouble) -> None:
    world.slack.scopes |= {"channels:history", "groups:history"}
    ts = world.slack.write(ANN, CHANNEL, "<@U0BOT> what is 429 in api gateway")["ts"]
    world.slack.answer_next("chat.postMessage", trouble)
    world.mention("<@U0BOT> what is 429 in api gateway", ts=ts)
    settle(world)
    answers = [message for message in world.slack.messages if message["thread_ts"] == ts]
    assert len(answers) == 1
    assert world.slack.private == []


@MAYBE
def test_without_them_the_asker_alone_gets_what_nobody_may_have_seen(
    world: World, trouble: Trouble
) -> None:
    world.slack.answer_next("chat.postMessage", trouble)
    world.mention("<@U0BOT> what is 429 in api gateway")
    settle(world)
    assert len(world.slack.messages) == (trouble is TAKEN)
    (answer,) = world.slack.private
    assert "429" in answer["text"] and answer["only"] == ANN


def test_a_slack_that_is_busy_for_long_is_asked_again(world: World) -> None:
    for _ in range(3):
        world.slack.answer_next("chat.postMessage", Trouble(error="service_unavailable"))
    world.direct("what is 429 in api gateway")
    settle(world)
    assert len(world.slack.messages) == 1


def test_what_slack_will_never_take_is_not_repeated(world: World) -> None:
    world.slack.answer_next("chat.postMessage", Trouble(error="is_archived"))
    world.mention("<@U0BOT> what is 429 in api gateway")
    settle(world)
    assert len([call for call in world.slack.calls if call.method == "chat.postMessage"]) == 1


def test_an_answer_to_a_command_is_sent_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.listeners.replies.WAITS", (0.0,) * 3)
    for trouble in (NOT_TAKEN, Trouble(status=429, retry_after=0)):
        world.slack.answer_next("response", trouble)
    world.command("quiz status")
    settle(world)
    assert len(world.slack.private) == 1


def test_without_a_database_an_event_that_comes_again_is_answered_once(world: World) -> None:
    with database_away(world.store):
        for _ in range(2):
            world.mention("<@U0BOT> what is 429 in api gateway", event_id="Ev1")
        settle(world)
    assert len(world.slack.messages) == 1
