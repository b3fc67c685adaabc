"""In a thread that others read, the bot is brief, answers once, and keeps quiet when thanked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from bot import messages
from bot.fake_slack.server import Failure
from bot.store.pruning import CLAIM_RETENTION_SECONDS
from tests.scenarios.conftest import (
    ANN,
    BEN,
    BOT,
    CHANNEL,
    DIRECT,
    MONDAY,
    TEAM,
    World,
    settle,
)

QUESTION = "what is 429 in api gateway"
GROUP = "G0GROUP"
REACTION = "reactions.add"
WRITTEN_TS = f"{int(datetime.fromisoformat(MONDAY).timestamp())}.000001"
EDITED: dict[str, Any] = {"edited": {"user": ANN, "ts": "1.000001"}}


def calls(world: World) -> list[str]:
    settle(world)
    return [call.method for call in world.slack.calls]


def written(world: World, text: str, channel: str = CHANNEL) -> dict[str, Any]:
    """What an event says of a message that Slack has."""
    message = world.slack.receive_message(ANN, channel, text, None)
    return {"channel": channel, "text": text, "ts": message["ts"]}


@pytest.mark.parametrize(
    "text",
    ["thanks", "thank you!", "Thanks a lot, that helped :pray:", "thx", "great, thank you", "ok",
     "cool", "got it", "hey thanks factbot", "perfect", "makes sense, thanks"],
)  # fmt: skip
def test_thanks_get_a_reaction(world: World, text: str) -> None:
    world.slack.scopes.add("reactions:write")
    event = written(world, f"<@{BOT}> {text}")
    world.mention(**event)
    assert calls(world) == [REACTION]
    (message,) = world.slack.messages
    assert message["reactions"] == ["+1"]


def test_without_the_scope_thanks_get_nothing(world: World) -> None:
    world.mention(**written(world, f"<@{BOT}> thanks"))
    assert calls(world) == [REACTION]
    assert len(world.slack.messages) == 1 and not world.slack.ephemeral


def test_in_direct_messages_thanks_get_a_reaction_or_a_word(world: World) -> None:
    world.direct(**written(world, "thanks", DIRECT))
    settle(world)
    assert world.slack.messages[-1]["text"] == messages.YOU_ARE_WELCOME
    world.slack.scopes.add("reactions:write")
    world.direct(**written(world, "thanks", DIRECT))
    settle(world)
    assert world.slack.messages[-1]["reactions"] == ["+1"]


def test_a_command_that_thanks_is_told_it_is_welcome(world: World) -> None:
    assert world.command("thanks")["text"] == messages.YOU_ARE_WELCOME


@pytest.mark.parametrize("text", ["thanks, and what is 429 in api gateway", "is 429 ok?"])
def test_a_question_beside_thanks_is_answered(world: World, text: str) -> None:
    world.mention(f"<@{BOT}> {text}")
    assert calls(world) == ["chat.postMessage"]


def test_thanks_leave_the_thread_where_it_was(world: World) -> None:
    thread = {"thread_ts": "100.5"}
    world.mention(f"<@{BOT}> {QUESTION}", ts="100.6", **thread)
    settle(world)
    world.mention(f"<@{BOT}> thanks", ts="100.7", **thread)
    settle(world)
    world.mention(f"<@{BOT}> what about 504?", ts="100.8", **thread)
    settle(world)
    assert "504" in world.slack.messages[-1]["text"]


def test_an_emoji_alone_gets_nothing(world: World) -> None:
    world.mention(f"<@{BOT}> :tada:")
    assert calls(world) == []


@pytest.mark.parametrize("text", ["tell me a joke", "help", "services", "list sqs"])
def test_what_is_no_answer_is_for_its_author_alone(world: World, text: str) -> None:
    world.mention(f"<@{BOT}> {text}", ts="100.6", thread_ts="100.5")
    assert calls(world) == ["chat.postEphemeral"]
    (call,) = world.slack.calls
    assert (call.body["user"], call.body["thread_ts"]) == (ANN, "100.5")


def test_an_answer_in_a_thread_is_brief(world: World) -> None:
    world.direct(QUESTION)
    settle(world)
    world.mention(f"<@{BOT}> {QUESTION}")
    settle(world)
    whole, brief = world.slack.messages
    assert whole["text"] == brief["text"]
    kinds = [block["type"] for block in brief["blocks"]]
    assert "header" not in kinds and "actions" not in kinds
    assert len(brief["blocks"]) < len(whole["blocks"])


def test_the_menu_of_a_brief_card_works(world: World) -> None:
    world.mention(f"<@{BOT}> {QUESTION}")
    settle(world)
    (brief,) = world.slack.messages
    block = next(block for block in brief["blocks"] if "accessory" in block)
    option = block["accessory"]["options"][0]
    pressed = {
        "type": "overflow", "action_id": block["accessory"]["action_id"],
        "block_id": block["block_id"], "selected_option": option,
    }  # fmt: skip
    container = {"type": "message", "message_ts": brief["ts"], "channel_id": CHANNEL}
    world.press(pressed, container=container)
    (shown,) = world.responses(1)
    assert shown["replace_original"] and len(shown["text"]) > len(brief["text"])


def test_a_mention_added_by_an_edit_is_answered_once(world: World) -> None:
    event = written(world, f"<@{BOT}> {QUESTION}")
    for number in range(2):
        world.mention(**event, **EDITED, event_id=f"Ev-edit-{number}")
    assert calls(world) == ["chat.postMessage"]
    assert world.slack.messages[-1]["thread_ts"] == event["ts"]


def test_an_edit_of_an_answered_mention_is_not_answered_again(world: World) -> None:
    event = written(world, f"<@{BOT}> {QUESTION}")
    world.mention(**event)
    settle(world)
    world.mention(**event | {"text": f"<@{BOT}> api gateway 504"}, **EDITED)
    assert calls(world) == ["chat.postMessage"]


def test_an_edit_of_a_message_too_old_to_remember_is_not_answered(world: World) -> None:
    event = written(world, f"<@{BOT}> {QUESTION}")
    world.wall_clock.now += CLAIM_RETENTION_SECONDS + 60
    world.mention(**event, **EDITED, event_id="Ev-late")
    assert calls(world) == []


def test_an_edited_direct_message_is_not_answered_again(world: World) -> None:
    world.direct(QUESTION, **EDITED)
    changed = {"type": "message", "user": ANN, "text": QUESTION, "ts": "200.1"}
    world.event({
        "type": "message", "subtype": "message_changed", "hidden": True, "channel": DIRECT,
        "channel_type": "im", "ts": "200.9", "message": changed | EDITED,
        "previous_message": changed | {"text": "x"},
    })  # fmt: skip
    assert calls(world) == []


def group(world: World, text: str, **more: Any) -> None:
    event = {"type": "message", "channel_type": "mpim", "user": ANN, "channel": GROUP, "text": text}
    world.event(event | {"ts": "400.000001"} | more)
    settle(world)


def test_a_group_is_answered_when_it_mentions_us(world: World) -> None:
    group(world, "what is 429 in api gateway", ts="399.1")
    assert calls(world) == []
    group(world, f"<@{BOT}> {QUESTION}")
    (answer,) = world.slack.messages
    assert (answer["channel"], answer["thread_ts"]) == (GROUP, "400.000001")
    world.mention(f"<@{BOT}> {QUESTION}", channel=GROUP, ts="400.000001")  # its twin
    settle(world)
    assert len(world.slack.messages) == 1


def test_a_group_that_slack_sends_only_mentions_of_is_answered(world: World) -> None:
    world.mention(f"<@{BOT}> {QUESTION}", channel=GROUP)
    settle(world)
    assert [message["channel"] for message in world.slack.messages] == [GROUP]


def changed(before: str, after: str, **more: Any) -> dict[str, Any]:
    message = {"type": "message", "user": ANN, "ts": WRITTEN_TS}
    return {
        "type": "message", "subtype": "message_changed", "hidden": True, "channel": GROUP,
        "channel_type": "mpim", "ts": "400.9",
        "message": message | {"text": after} | EDITED | more,
        "previous_message": message | {"text": before},
    }  # fmt: skip


def test_a_mention_added_by_an_edit_in_a_group_is_answered_once(world: World) -> None:
    for number in range(2):
        world.event(changed(QUESTION, f"<@{BOT}> {QUESTION}"), f"Ev-group-{number}")
    assert calls(world) == ["chat.postMessage"]
    (answer,) = world.slack.messages
    assert (answer["channel"], answer["thread_ts"]) == (GROUP, WRITTEN_TS)


@pytest.mark.parametrize(
    "event",
    [
        changed(f"<@{BOT}> {QUESTION}", f"<@{BOT}> {QUESTION}"),  # a link was unfurled
        changed(QUESTION, f"{QUESTION}?"),
        changed(QUESTION, f"<@{BOT}> {QUESTION}", bot_id="B1"),
        {**changed(QUESTION, f"<@{BOT}>"), "message": None},
    ],
)
def test_other_edits_in_a_group_are_ignored(world: World, event: dict[str, Any]) -> None:
    assert world.event(event).status_code == 200
    assert calls(world) == []


def test_personal_commands_in_a_group_are_private(world: World) -> None:
    group(world, f"<@{BOT}> leaderboard off")
    assert calls(world) == ["chat.postEphemeral"]
    assert world.store.people.unranked(TEAM) == {ANN}


def test_thanks_do_not_fail_when_slack_does(world: World) -> None:
    world.slack.fail_next(REACTION, Failure(status=500))
    assert world.mention(**written(world, f"<@{BOT}> thanks"), user=BEN).status_code == 200
    settle(world)
    assert len(world.slack.messages) == 1 and not world.slack.ephemeral
