"""Setting up a quiz for a channel from the greeting and from the Home tab."""

from __future__ import annotations

import copy
import json
from typing import Any

from bot import messages
from bot.quiz import texts
from bot.views import home
from bot.views.quiz_channel import CHOOSE, QUESTION
from tests.scenarios.conftest import ANN, BEN, BOT, CHANNEL, DIRECT, TEAM, World, buttons, settle
from tests.scenarios.test_card import press
from tests.scenarios.test_home import opened  # fmt: skip
from tests.scenarios.test_home import press as press_home
from tests.scenarios.test_onboarding import open_messages
from tests.scenarios.test_quiz_settings import initial_state, submit


def modal(world: World) -> dict[str, Any]:
    return copy.deepcopy(world.slack.views[world.slack.view_store.open_modals[ANN]])


def begin(world: World) -> dict[str, Any]:
    """Press *Start a quiz* in the greeting; the modal that opens."""
    open_messages(world)
    press(world, world.slack.messages[0], "Start a quiz", ANN)
    return modal(world)


def choose(world: World, channel: str, view: dict[str, Any] | None = None) -> dict[str, Any]:
    view = view or modal(world)
    action = {
        "type": "conversations_select", "action_id": CHOOSE, "selected_conversation": channel,
    }  # fmt: skip
    container = {"type": "view", "view_id": view["id"]}
    world.press(action, container=container, channel={}, response_url="", view=view)
    settle(world)
    return modal(world)


def test_the_greeting_asks_for_a_channel_and_then_for_its_settings(world: World) -> None:
    view = begin(world)
    assert QUESTION in json.dumps(view)
    greeting = world.slack.messages[0]
    assert "edited" not in greeting or not greeting["edited"]
    view = choose(world, CHANNEL)
    assert f"<#{CHANNEL}>" in json.dumps(view) and view["submit"]["text"] == messages.SAVE
    assert submit(world, view, initial_state(view)) == {}
    settle(world)
    quiz = world.store.subscriptions.get(TEAM, CHANNEL)
    assert quiz and quiz.active and quiz.created_by == ANN
    (introduction,) = [m for m in world.slack.messages if m["channel"] == CHANNEL]
    assert texts.QUIZ_INTRODUCTION in json.dumps(introduction)


def test_a_channel_that_has_a_quiz_shows_its_settings(world: World) -> None:
    world.command("quiz on 10:15 sat,sun Asia/Tokyo")
    settle(world)
    state = initial_state(choose(world, CHANNEL, view=begin_at_home(world)))
    assert state["at"]["quiz_at"]["selected_time"] == "10:15"


def begin_at_home(world: World) -> dict[str, Any]:
    press_home(world, opened(world), home.START_QUIZ)
    settle(world)
    return modal(world)


def test_the_home_tab_asks_too_and_lists_the_quiz_then(world: World) -> None:
    begin_at_home(world)
    view = choose(world, CHANNEL)
    submit(world, view, initial_state(view))
    settle(world)
    (*_, published) = [call for call in world.slack.calls if call.method == "views.publish"]
    assert f"<#{CHANNEL}>: Question at 09:30" in json.dumps(published.body["view"])


def test_a_channel_that_one_is_not_in_is_refused(world: World) -> None:
    world.slack.scopes |= {"channels:read"}
    world.slack.people.members = {CHANNEL: [BEN]}
    begin(world)
    view = choose(world, CHANNEL)
    assert texts.MEMBERS_ONLY in json.dumps(view) and QUESTION in json.dumps(view)
    assert world.store.subscriptions.get(TEAM, CHANNEL) is None


def test_if_the_modal_does_not_open_the_greeting_explains_itself(world: World) -> None:
    open_messages(world)
    (greeting,) = world.slack.messages
    world.press(buttons(greeting)["Start a quiz"], trigger_id="gone", channel={"id": DIRECT})
    settle(world)
    assert "/aws quiz" in json.dumps(world.responses())


def test_where_the_bot_is_not_one_hears_so_in_private(world: World) -> None:
    world.slack.channels_without_bot.add(CHANNEL)
    view = choose(world, CHANNEL, view=begin(world))
    submit(world, view, initial_state(view))
    settle(world)
    assert "/invite @factbot" in world.slack.messages[-1]["text"]
    assert world.slack.messages[-1]["channel"] == DIRECT


def test_a_busy_channel_is_asked_about_and_not_mistaken_for_another(world: World) -> None:
    """The question may reach the person elsewhere; the yes is for the channel in it."""
    world.slack.scopes |= {"channels:read"}
    others = [f"U{number}" for number in range(30)]
    world.slack.people.members = {CHANNEL: [ANN, BOT, *others]}
    world.slack.channels_without_bot.add(CHANNEL)
    view = choose(world, CHANNEL, view=begin(world))
    submit(world, view, initial_state(view))
    settle(world)
    question = world.slack.messages[-1]
    assert question["channel"] == DIRECT and texts.START_QUIZ in buttons(question)
    world.slack.channels_without_bot.clear()
    world.press(buttons(question)[texts.START_QUIZ], channel={"id": DIRECT})
    settle(world)
    assert world.store.subscriptions.get(TEAM, DIRECT) is None
    quiz = world.store.subscriptions.get(TEAM, CHANNEL)
    assert quiz and quiz.active
