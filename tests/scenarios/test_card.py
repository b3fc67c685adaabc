"""What pressing something on a card does: it changes in place, and tells nobody else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot import messages
from bot.fake_slack.response_urls import ResponseTarget
from bot.slack.plain_blocks import has_context_actions
from bot.store import Votes
from bot.views import report
from tests.scenarios.conftest import ANN, BEN, BOT, CHANNEL, DIRECT, World, buttons, settle

QUESTION = "what is 429 in api gateway"
UP, DOWN = "\U0001f44d", "\U0001f44e"


def shown_to(world: World, user: str, channel: str = CHANNEL) -> dict[str, Any]:
    """Type the question; the card that the person sees, alone."""
    source = ResponseTarget(channel, user)
    world.slack.receive_command_response(source, world.command(QUESTION, user))
    return world.slack.ephemeral[-1]


def press(world: World, message: dict[str, Any], text: str, user: str) -> None:
    """Press something on a message that is there."""
    channel, ts = message["channel"], message["ts"]
    where = {
        "message_ts": ts,
        "channel_id": channel,
        "is_ephemeral": message["visible_to"] is not None,
    }
    if message["thread_ts"]:
        where["thread_ts"] = message["thread_ts"]
    url = world.slack.response_url(ResponseTarget(channel, user, ts, message["thread_ts"]))
    world.press(
        buttons(message)[text], user, channel={"id": channel}, container=where, response_url=url
    )
    settle(world)


def counts(world: World) -> tuple[int, int]:
    return len(world.slack.messages), len(world.slack.ephemeral)


def test_a_card_has_one_row_and_slacks_own_thumbs(world: World) -> None:
    world.direct(QUESTION)
    settle(world)
    (card,) = world.slack.messages
    kinds = [block["type"] for block in card["blocks"]]
    assert kinds == ["header", "section", "context", "actions", "context_actions"]
    assert list(buttons(card))[0] == "Show details"
    assert list(buttons(card))[-3:] == ["Report a mistake", UP, DOWN]


def test_a_commands_answer_has_plain_thumbs_that_any_slack_shows(world: World) -> None:
    world.slack.unknown_blocks.add("context_actions")
    card = shown_to(world, ANN)
    assert not has_context_actions(card)
    assert [block["type"] for block in card["blocks"]].count("actions") == 1
    assert list(buttons(card))[:4] == ["Share", UP, DOWN, "Show details"]
    assert list(buttons(card))[-1] == "Report a mistake"
    press(world, card, "Show details", ANN)
    press(world, card, DOWN, ANN)
    assert card["text"].startswith(messages.THANKS_WRONG)
    assert world.store.votes() == [Votes("apigw-429", 0, 1)]


@pytest.mark.parametrize("text", [UP, DOWN])
def test_a_vote_shows_in_place_and_nowhere_else(world: World, text: str) -> None:
    card = shown_to(world, ANN)
    press(world, card, "Show details", ANN)
    press(world, card, text, ANN)
    assert counts(world) == (0, 1)
    thanks = messages.THANKS_HELPFUL if text == UP else messages.THANKS_WRONG
    assert card["text"].startswith(thanks)
    assert UP not in buttons(card) and "Show less" in buttons(card)
    assert (report.SAY_MORE in buttons(card)) == (text == DOWN)
    assert world.store.votes() == [Votes("apigw-429", int(text == UP), int(text != UP))]


def test_a_vote_on_what_others_see_leaves_it_as_it_is(world: World) -> None:
    world.mention(f"<@{BOT}> {QUESTION}")
    settle(world)
    (public,) = world.slack.messages
    before = json.dumps(public)
    for user in (ANN, BEN):
        press(world, public, UP, user)
    assert json.dumps(public) == before and counts(world) == (1, 0)
    assert world.store.votes() == [Votes("apigw-429", 2, 0)]
    press(world, public, DOWN, BEN)
    assert json.dumps(public) == before
    assert report.SAY_MORE in buttons(world.slack.ephemeral[-1])
    assert [reply["visible_to"] for reply in world.slack.ephemeral] == [BEN]
    assert world.store.votes() == [Votes("apigw-429", 1, 1)]


def test_a_vote_in_a_direct_message_shows_in_place(world: World) -> None:
    world.direct(QUESTION)
    settle(world)
    (card,) = world.slack.messages
    press(world, card, UP, ANN)
    assert card["text"].startswith(messages.THANKS_HELPFUL)
    assert counts(world) == (1, 0)


def test_sharing_shows_who_asked_and_that_person_can_take_it_back(world: World) -> None:
    card = shown_to(world, ANN)
    press(world, card, "Share", ANN)
    assert card["text"].startswith(messages.SHARED) and "Share" not in buttons(card)
    (shared,) = world.slack.messages
    assert shared["text"].startswith(f"<@{ANN}> asked: {QUESTION}")
    remove = buttons(shared)["Remove"]
    assert remove["visible_to_user_ids"] == [ANN]
    press(world, shared, "Remove", BEN)
    assert counts(world) == (1, 2)
    assert world.slack.ephemeral[-1]["visible_to"] == BEN
    press(world, shared, "Remove", ANN)
    assert counts(world) == (0, 2)


def test_a_card_that_cannot_be_removed_stays_and_that_is_said(world: World) -> None:
    press(world, shown_to(world, ANN), "Share", ANN)
    (shared,) = world.slack.messages
    gone = {"response_url": f"{world.slack.url.removesuffix('/api/')}/response/gone"}
    world.press(buttons(shared)["Remove"], ANN, **gone)
    settle(world)
    assert shared in world.slack.messages
    reply = [call.body["text"] for call in world.slack.calls if "text" in call.body]
    assert any("didn't let me remove" in text for text in reply)


def test_a_slack_that_does_not_know_thumbs_gets_plain_buttons(world: World) -> None:
    world.slack.unknown_blocks.add("context_actions")
    world.direct(QUESTION)
    settle(world)
    (card,) = world.slack.messages
    assert not has_context_actions(card) and {UP, DOWN} <= set(buttons(card))
    press(world, card, DOWN, ANN)
    assert world.store.votes() == [Votes("apigw-429", 0, 1)]
    assert card["text"].startswith(messages.THANKS_WRONG)
    world.mention(f"<@{BOT}> {QUESTION}")
    settle(world)
    press(world, world.slack.messages[-1], UP, BEN)
    assert [reply["text"] for reply in world.slack.ephemeral] == [messages.THANKS_HELPFUL]


def test_a_long_question_survives_the_menu_as_far_as_there_is_room(world: World) -> None:
    asked = f"{QUESTION} " + "and why is it 429 " * 15
    world.slack.receive_command_response(ResponseTarget(CHANNEL, ANN), world.command(asked))
    card = world.slack.ephemeral[-1]
    if "Show details" not in buttons(card):
        pytest.fail("the long question has no answer")
    press(world, card, "Show details", ANN)
    press(world, card, "Share", ANN)
    assert f"asked: {QUESTION}" in world.slack.messages[-1]["text"]


def test_buttons_of_cards_posted_before_still_work(world: World) -> None:
    value = f'[1,"apigw-429","{ANN}","{QUESTION}"]'
    for action_id in ("helpful", "wrong"):
        element = {"type": "button", "action_id": action_id, "value": value, "block_id": "card"}
        world.press(element)
        settle(world)
        reply = world.responses()[-1]
        assert reply["replace_original"] is True and UP not in buttons(reply)
    assert world.store.votes() == [Votes("apigw-429", 0, 1)]


def test_in_direct_messages_old_thumbs_do_not_replace_a_revealed_question(world: World) -> None:
    value = '[1,"apigw-429","",""]'
    element = {"type": "button", "action_id": "wrong", "value": value, "block_id": "revealed"}
    world.press(element, channel={"id": DIRECT}, container={"channel_id": DIRECT})
    settle(world)
    (reply,) = world.responses()
    assert (reply["replace_original"], reply["text"]) == (False, messages.THANKS_WRONG)
