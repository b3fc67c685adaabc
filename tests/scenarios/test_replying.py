"""An answer reaches its conversation once, whatever Slack says about it, and no thread waits."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bot import messages
from bot.fake_slack.response_urls import LIFETIME_SECONDS, MAX_USES, ResponseTarget
from bot.fake_slack.server import Failure, FakeSlack
from bot.slack.unknown_outcome import REPEAT_AFTER_SECONDS
from bot.store import Store
from bot.store.replies import REPLY_RETENTION_SECONDS, Audience, OutgoingReply
from tests.scenarios.conftest import (
    ANN,
    BEN,
    BOT,
    CHANNEL,
    DIRECT,
    WallClock,
    World,
    buttons,
    database_away,
    pass_time,
    settle,
    waiting_replies,
)

QUESTION = "what is 429 in api gateway"
MENTION = f"<@{BOT}> {QUESTION}"
TAKEN = Failure(status=500, carried_out=True)
NOT_TAKEN = Failure(status=500)
LATE = Failure(status=500, late_seconds=30.0)
INTERNAL = Failure(error="internal_error")
UNREADABLE = Failure(raw_body="<html>", carried_out=True)
MAYBE = pytest.mark.parametrize("failure", [TAKEN, NOT_TAKEN, LATE, INTERNAL, UNREADABLE])
POST, EPHEMERAL = "chat.postMessage", "chat.postEphemeral"


def calls(slack: FakeSlack, method: str) -> int:
    return sum(call.method == method for call in slack.calls)


@MAYBE
@pytest.mark.parametrize("thread", ["", "200.000001"])
def test_a_direct_message_is_answered_once(world: World, failure: Failure, thread: str) -> None:
    if thread:
        world.slack.add_member_message(ANN, DIRECT, "hello")["ts"] = thread
    before = len(world.slack.messages)
    world.slack.fail_next(POST, failure)
    world.direct(QUESTION, **({"thread_ts": thread} if thread else {}))
    settle(world)
    pass_time(world, 2 * REPEAT_AFTER_SECONDS)
    assert len(world.slack.messages) == before + 1
    assert world.slack.ephemeral == []
    assert waiting_replies(world.store) == 0


@MAYBE
def test_with_the_history_scopes_a_mention_is_answered_once(world: World, failure: Failure) -> None:
    world.slack.scopes |= {"channels:history", "groups:history"}
    ts = world.slack.add_member_message(ANN, CHANNEL, MENTION)["ts"]
    world.slack.fail_next(POST, failure)
    world.mention(MENTION, ts=ts)
    settle(world)
    pass_time(world, 2 * REPEAT_AFTER_SECONDS)
    answers = [message for message in world.slack.messages if message["thread_ts"] == ts]
    assert len(answers) == 1
    assert world.slack.ephemeral == []


def test_a_look_that_fails_proves_nothing(world: World) -> None:
    world.slack.fail_next(POST, TAKEN)
    for failure in (NOT_TAKEN, Failure(status=429, retry_after=20), Failure(raw_body="<html>")):
        world.slack.fail_next("conversations.history", failure)
    world.direct(QUESTION)
    settle(world)
    pass_time(world, 2 * REPEAT_AFTER_SECONDS)
    assert (len(world.slack.messages), calls(world.slack, POST)) == (1, 1)


@pytest.mark.parametrize("failure", [TAKEN, NOT_TAKEN, INTERNAL])
def test_without_them_the_asker_alone_gets_at_once_what_nobody_may_have_seen(
    world: World, failure: Failure
) -> None:
    world.slack.fail_next(POST, failure)
    world.mention(MENTION)
    settle(world)
    assert len(world.slack.messages) == (failure is TAKEN)
    (answer,) = world.slack.ephemeral
    assert "429" in answer["text"] and answer["visible_to"] == ANN
    assert answer["thread_ts"] is None  # a thread without replies shows it to nobody
    pass_time(world, REPEAT_AFTER_SECONDS)
    assert len(world.slack.ephemeral) == 1


def test_a_long_wait_holds_no_thread_and_a_short_one_is_over_at_once(world: World) -> None:
    world.slack.fail_next(POST, Failure(status=429, retry_after=1))
    world.direct(QUESTION)
    settle(world)
    assert len(world.slack.messages) == 1
    world.slack.fail_next(POST, Failure(status=429, retry_after=120))
    world.direct(QUESTION)
    began = time.monotonic()
    settle(world)
    assert time.monotonic() - began < 20
    pass_time(world, 119)
    assert (len(world.slack.messages), calls(world.slack, POST)) == (1, 3)
    pass_time(world, 2)
    assert (len(world.slack.messages), calls(world.slack, POST)) == (2, 4)
    assert waiting_replies(world.store) == 0


def test_no_call_holds_a_thread_for_long(world: World) -> None:
    """Neither to the Web API nor to a response_url, whatever Slack does."""
    helpful = buttons(world.command(QUESTION))["\U0001f44d"]
    world.slack.fail_next(POST, Failure(delay_seconds=60))
    world.slack.fail_next("response", Failure(delay_seconds=60))
    began = time.monotonic()
    world.mention(MENTION)
    world.press(helpful)
    settle(world)
    assert time.monotonic() - began < 8


def test_while_a_channel_rests_nobody_calls_it_and_then_answers_come_one_a_second(
    world: World,
) -> None:
    world.slack.fail_next(POST, Failure(status=429, retry_after=120))
    for _ in range(8):
        world.mention(MENTION)
        settle(world)
    world.mention(MENTION, channel="C0OTHER")
    settle(world)
    assert calls(world.slack, POST) == 2
    assert [message["channel"] for message in world.slack.messages] == ["C0OTHER"]
    pass_time(world, 122)
    assert len(world.slack.messages) == 1 + 3
    pass_time(world, 10)
    assert (len(world.slack.messages), calls(world.slack, POST)) == (9, 10)


def test_retries_end_and_do_not_multiply(world: World) -> None:
    world.slack.failure_for = lambda method: Failure(status=429, retry_after=120)
    world.mention(MENTION)
    settle(world)
    pass_time(world, 2 * REPLY_RETENTION_SECONDS, step=10)
    assert calls(world.slack, POST) <= REPLY_RETENTION_SECONDS / 120 + 1
    assert waiting_replies(world.store) == 0


@pytest.mark.parametrize("failure", [Failure(status=503), Failure(status=429, retry_after=5)])
def test_a_slack_that_is_busy_for_a_while_is_asked_again(world: World, failure: Failure) -> None:
    for _ in range(3):
        world.slack.fail_next("response", failure)
    world.command("quiz status")
    settle(world)
    pass_time(world, 30)
    assert len(world.slack.ephemeral) == 1


def test_a_response_url_that_leads_nowhere_is_given_up_for_another_way(world: World) -> None:
    for _ in range(2):
        world.slack.fail_next("response", NOT_TAKEN)
    world.command("quiz status")
    settle(world)
    pass_time(world, 10)
    assert (calls(world.slack, "response"), calls(world.slack, EPHEMERAL)) == (2, 1)
    assert [message["visible_to"] for message in world.slack.ephemeral] == [ANN]


@pytest.mark.parametrize("error", ["is_archived", "restricted_action", "a_new_error"])
def test_who_cannot_be_answered_in_the_channel_is_answered_in_private(
    world: World, error: str
) -> None:
    world.slack.fail_next(POST, Failure(error=error))
    world.mention(MENTION)
    settle(world)
    (reply,) = world.slack.messages
    assert reply["channel"] == DIRECT and "429" in reply["text"]
    note = reply["blocks"][0]["elements"][0]["text"]
    assert note == messages.cannot_answer_there(error).replace("&", "&amp;")
    assert calls(world.slack, POST) == 2


def test_a_channel_that_we_are_not_in_is_answered_in_private(world: World) -> None:
    world.slack.channels_without_bot.add(CHANNEL)
    world.mention(MENTION)
    settle(world)
    assert [message["channel"] for message in world.slack.messages] == [DIRECT]


def test_an_answer_that_slack_finds_wrong_is_said_to_be_broken(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):  # with Slack's own thumbs, and with plain buttons
        world.slack.fail_next(POST, Failure(error="invalid_blocks"))
    world.mention(MENTION)
    settle(world)
    (reply,) = world.slack.ephemeral
    assert (reply["visible_to"], reply["text"]) == (ANN, messages.BROKEN)
    assert [record for record in caplog.records if record.levelname == "ERROR"]


def test_a_mention_that_breaks_us_is_answered_in_private(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: object, asked: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("bot.answers.answering.Answering.reply", broken)
    world.mention(MENTION)
    settle(world)
    assert [(reply["visible_to"], reply["text"]) for reply in world.slack.ephemeral] == [
        (ANN, messages.BROKEN)
    ]


@pytest.mark.parametrize("in_thread", [True, False])
@pytest.mark.parametrize("way", ["response_url", "expired", "used up", "absent"])
def test_a_press_is_answered_where_it_was_made(world: World, way: str, in_thread: bool) -> None:
    """Beside the message pressed: in its thread, also when the response_url works no more."""
    world.mention(MENTION)
    settle(world)
    (answer,) = world.slack.messages
    source = ResponseTarget(CHANNEL, BEN, answer["ts"])
    url = world.slack.response_url(source)
    if way == "expired":
        world.wall_clock.now += LIFETIME_SECONDS + 1
    if way == "used up":
        for _ in range(MAX_USES):
            world.slack.respond(source, {"text": "x"})
            world.slack.response_urls.use(url.rpartition("/")[2], {"text": "x"})
        world.slack.ephemeral.clear()
    if way == "absent":
        world.wall_clock.now += LIFETIME_SECONDS + 1
        world.slack.channels_without_bot.add(CHANNEL)
    thread = answer["thread_ts"] if in_thread else answer["ts"]
    container = {"message_ts": answer["ts"], "channel_id": CHANNEL, "thread_ts": thread}
    world.press(buttons(answer)["Show details"], BEN, container=container, response_url=url)
    settle(world)
    if way == "absent":
        assert [reply["channel"] for reply in world.slack.messages[1:]] == ["D0BEN"]
        return
    (reply,) = world.slack.ephemeral
    assert (reply["visible_to"], reply["channel"]) == (BEN, CHANNEL)
    assert reply["thread_ts"] == (thread if in_thread else None)


def test_a_share_of_unknown_outcome_is_said_to_be_so_and_not_repeated(world: World) -> None:
    share = buttons(world.command(QUESTION))["Share"]
    world.slack.fail_next("response", NOT_TAKEN)
    world.press(share)
    settle(world)
    pass_time(world, 2 * REPEAT_AFTER_SECONDS)
    assert world.slack.messages == []
    (reply,) = world.slack.ephemeral
    assert reply["text"].startswith(messages.SHARE_UNKNOWN) and "Share" in buttons(reply)


def test_a_share_that_slack_asks_to_wait_comes_later_once(world: World) -> None:
    share = buttons(world.command(QUESTION))["Share"]
    world.slack.fail_next("response", Failure(status=429, retry_after=60))
    for _ in range(2):
        world.press(share)
        settle(world)
    first, second = world.slack.ephemeral
    assert first["text"].startswith(messages.SHARED_SOON) and "Share" not in buttons(first)
    assert second["text"].startswith(messages.SHARED)
    pass_time(world, 65)
    assert len(world.slack.messages) == 1


def test_what_waits_survives_a_database_that_is_away(world: World) -> None:
    with database_away(world.store):
        world.slack.fail_next(POST, Failure(status=429, retry_after=30))
        world.direct(QUESTION)
        settle(world)
    pass_time(world, 31)
    assert len(world.slack.messages) == 1


def test_what_waits_in_memory_is_kept_when_we_stop_or_counted(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with database_away(world.store):
        world.slack.fail_next(POST, Failure(status=429, retry_after=30))
        for _ in range(2):
            world.direct(QUESTION)
            settle(world)
        in_memory = list(world.services.outbox._in_memory)
        world.services.outbox.close()
        (lost,) = [record for record in caplog.records if "lost" in record.getMessage()]
        assert vars(lost)["count"] == 2
    world.services.outbox._in_memory.extend(in_memory)
    world.services.outbox.close()
    assert waiting_replies(world.store) == 2


def test_erasing_and_time_delete_what_waits(world: World) -> None:
    world.slack.failure_for = lambda method: Failure(status=429, retry_after=1000)
    for user, channel in ((ANN, DIRECT), (BEN, "D0BEN")):
        world.direct(QUESTION, user=user, channel=channel)
    settle(world)
    assert waiting_replies(world.store) == 2
    world.store.people.erase("T1", ANN)
    assert waiting_replies(world.store) == 1
    world.wall_clock.now += REPLY_RETENTION_SECONDS + 1
    world.store.prune()
    assert waiting_replies(world.store) == 0


def test_one_process_at_a_time_has_a_reply(url: str) -> None:
    wall_clock = WallClock("2026-11-23T08:00:00+00:00")
    first, second = (Store(url, wall_clock, lease_seconds=60) for _ in range(2))
    first.prepare()
    message = {"text": "x", "blocks": []}
    reply = OutgoingReply("T1", ANN, CHANNEL, "", message, Audience.EVERYONE, wall_clock.now)
    first.replies.add(reply, wall_clock.now + 5)
    assert first.replies.claim(10) == []
    wall_clock.now += 5
    assert first.replies.claim(10, busy_teams=["T1"]) == []
    assert first.replies.claim(10, busy_channels=[CHANNEL]) == []
    (held,) = first.replies.claim(10)
    assert held.message == message and second.replies.claim(10) == []
    wall_clock.now += 60
    (taken,) = second.replies.claim(10)
    assert not first.replies.begin_call(held, public=True)
    first.replies.finish(held)
    assert second.replies.begin_call(taken, public=True)
    wall_clock.now += 60
    (again,) = first.replies.claim(10)
    assert again.called_at == wall_clock.now - 60
    first.replies.finish(again)
    assert waiting_replies(second) == 0
    first.close()
    second.close()


def test_without_a_database_an_event_that_comes_again_is_answered_once(world: World) -> None:
    with database_away(world.store):
        for _ in range(2):
            world.mention(MENTION, event_id="Ev1")
        settle(world)
    assert len(world.slack.messages) == 1
