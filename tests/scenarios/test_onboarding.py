"""The first things that people see: a greeting, an introduction, help, and the install pages."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot.answers.commands import CURATING, Topic
from bot.store.tables import greetings
from tests.scenarios.conftest import ANN, BEN, BOT, CHANNEL, DIRECT, TEAM, World, buttons, settle
from tests.scenarios.conftest import pass_time as let_pass
from tests.scenarios.test_card import press
from tests.scenarios.test_workspaces import Office, office

__all__ = ["office"]
STARTS = ["Ask a question", "Start a quiz", "Add me to a channel"]


def open_messages(world: World, user: str = ANN) -> None:
    event = {"type": "app_home_opened", "user": user, "tab": "messages", "channel": DIRECT}
    world.event(event)
    settle(world)
    let_pass(world, 1)


def join(world: World, user: str = BOT, **more: Any) -> None:
    event = {"type": "member_joined_channel", "user": user, "channel": CHANNEL, "team": TEAM}
    world.event(event | {"channel_type": "C", "inviter": ANN} | more)
    settle(world)


def test_whoever_opens_the_messages_is_greeted_once(world: World) -> None:
    for _ in range(3):
        open_messages(world)
    (greeting,) = world.slack.messages
    assert greeting["channel"] == DIRECT and list(buttons(greeting)) == STARTS
    assert "facts" in greeting["text"]
    assert world.store.greetings.add(TEAM, BEN) and not world.store.greetings.add(TEAM, BEN)


def test_whoever_has_talked_to_us_before_is_not_greeted(world: World) -> None:
    world.slack.receive_message(ANN, DIRECT, "hi", None)
    open_messages(world)
    open_messages(world)
    assert [message["user"] for message in world.slack.messages] == [ANN]


PROMPTS = "assistant.threads.setSuggestedPrompts"


def test_with_the_agent_view_each_opening_suggests_questions(world: World) -> None:
    world.slack.scopes.add("assistant:write")
    for _ in range(2):
        open_messages(world)
    calls = [call.body for call in world.slack.calls if call.method == PROMPTS]
    assert len(calls) == 2 and len(world.slack.messages) == 1
    assert calls[0]["channel_id"] == DIRECT and "thread_ts" not in calls[0]
    assert all(prompt["title"] and prompt["message"] for prompt in calls[0]["prompts"])


def test_without_it_we_ask_once_an_hour_and_all_else_works(world: World) -> None:
    for _ in range(3):
        open_messages(world)
    assert [call.method for call in world.slack.calls].count(PROMPTS) == 1
    assert len(world.slack.messages) == 1
    world.wall_clock.now += 3601
    open_messages(world)
    assert [call.method for call in world.slack.calls].count(PROMPTS) == 2


def test_opening_home_is_no_reason_to_greet(world: World) -> None:
    world.event({"type": "app_home_opened", "user": ANN, "tab": "home", "channel": DIRECT})
    settle(world)
    let_pass(world, 1)
    assert world.slack.messages == []


def test_a_button_of_the_greeting_explains_itself_in_place(world: World) -> None:
    open_messages(world)
    (greeting,) = world.slack.messages
    press(world, greeting, "Add me to a channel", ANN)
    assert "/invite @factbot" in greeting["text"] and list(buttons(greeting)) == STARTS
    assert (len(world.slack.messages), world.slack.ephemeral) == (1, [])


def test_an_example_is_answered_as_if_it_had_been_typed(world: World) -> None:
    open_messages(world)
    (greeting,) = world.slack.messages
    press(world, greeting, "Ask a question", ANN)
    press(world, greeting, "what is 429 in api gateway", ANN)
    assert world.slack.messages[-1]["text"].startswith("API Gateway: 429")


def test_whoever_adds_us_to_a_channel_is_told_what_we_do_and_nobody_else(world: World) -> None:
    join(world)
    (reply,) = world.slack.ephemeral
    assert (reply["visible_to"], reply["channel"]) == (ANN, CHANNEL)
    assert list(buttons(reply)) == ["Set up a quiz", "Ask a question"]
    assert world.slack.messages == []
    press(world, reply, "Ask a question", ANN)
    press(world, world.slack.ephemeral[-1], "GSI vs LSI", ANN)
    assert {message["visible_to"] for message in world.slack.ephemeral} == {ANN}
    assert "Share" in buttons(world.slack.ephemeral[-1])


@pytest.mark.parametrize("more", [{"user": BEN}, {"inviter": None}])
def test_other_people_joining_and_joining_by_ourselves_get_silence(
    world: World, more: dict[str, Any]
) -> None:
    join(world, **more)
    assert world.slack.calls == []


def test_a_channel_that_has_a_quiz_sees_the_introduction(world: World) -> None:
    world.command("quiz on 09:30 daily Europe/Berlin")
    settle(world)
    join(world)
    assert world.slack.ephemeral == []
    assert "daily AWS question" in world.slack.messages[-1]["text"]


def test_an_event_that_comes_twice_introduces_us_once(world: World) -> None:
    event = {"type": "member_joined_channel", "user": BOT, "channel": CHANNEL, "inviter": ANN}
    for _ in range(2):
        world.event(event, event_id="Ev-joined")
    settle(world)
    assert len(world.slack.ephemeral) == 1


def test_help_has_a_button_for_each_group(world: World) -> None:
    reply = world.command("help")
    assert list(buttons(reply)) == ["See examples", "Set up a quiz", "Practice now"]
    world.press(buttons(reply)["Practice now"])
    settle(world)
    assert sorted(buttons(world.responses()[-1]))[:4] == ["A", "B", "C", "D"]
    world.press(buttons(reply)["Set up a quiz"])
    settle(world)
    assert [view["type"] for view in world.slack.views.values()] == ["modal"]


def test_help_and_curators_name_the_commands_about_keeping_facts(world: World) -> None:
    shown = world.command("help")["text"] + world.command_reply("curators")["text"]
    for topic in CURATING:
        assert f"`/aws {topic}" in shown or topic is Topic.REVERT  # `history` explains that


def test_the_install_pages_say_who_we_are_and_what_comes_next(office: Office) -> None:
    client = office.world.web.test_client()
    page = client.get("/slack/install").text
    assert "factbot" in page and "direct message" in page and "/oauth/v2/authorize" in page
    done = office.install("T1")
    assert done.status_code == 200 and "factbot is now in Team T1" in done.text
    canceled = client.get("/slack/oauth_redirect", query_string={"error": "access_denied"})
    assert canceled.status_code == 200
    assert "nothing was added" in canceled.text and 'href="/slack/install"' in canceled.text
    forged = client.get("/slack/oauth_redirect", query_string={"error": "<b>x</b>"})
    assert "<b>" not in forged.text


def test_the_installer_gets_one_message_with_three_buttons(office: Office) -> None:
    world = office.world
    office.install("T1")
    office.install("T1", code="T1-again")
    let_pass(world, 2)
    (greeting,) = world.slack.messages
    assert greeting["channel"] == "D0ADMIN" and list(buttons(greeting)) == STARTS
    with world.store.engine.connect() as db:
        rows = db.execute(select(greetings.c.team, greetings.c.user)).all()
    assert [tuple(row) for row in rows] == [("T1", "U0ADMIN")]
    world.event(
        {"type": "app_home_opened", "user": "U0ADMIN", "tab": "messages", "channel": "D0ADMIN"}
    )
    let_pass(world, 2)
    assert len(world.slack.messages) == 1
