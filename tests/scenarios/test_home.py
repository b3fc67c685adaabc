"""The Home tab."""

from __future__ import annotations

import json
from typing import Any

from bot import messages
from bot.views import home
from tests.scenarios.conftest import ANN, BEN, CHANNEL, TEAM, World


def opened(world: World, user: str = ANN) -> dict[str, Any]:
    """Open the tab; the view that is published."""
    before = len([call for call in world.slack.calls if call.method == "views.publish"])
    world.event({"type": "app_home_opened", "user": user, "tab": "home", "channel": "D0ANN"})
    call = world.slack.wait_for("views.publish", before + 1)[before]
    assert call.body["user_id"] == user
    view: dict[str, Any] = call.body["view"]
    return view


def press(world: World, view: dict[str, Any], text: str) -> None:
    elements = [e for block in view["blocks"] for e in block.get("elements", [])]
    element = next(e for e in elements if e.get("text", {}) and _text(e) == text)
    container = {"type": "view", "view_id": "VHOME"}
    world.press(element, container=container, channel={}, response_url="", view={"id": "VHOME"})


def _text(element: dict[str, Any]) -> str:
    text = element["text"]
    return str(text["text"] if isinstance(text, dict) else text)


def test_the_tab_shows_how_to_ask_and_what_is_due(world: World) -> None:
    view = json.dumps(opened(world))
    assert "what is 429 in api gateway" in view
    assert home.NOTHING_DUE in view
    assert home.no_quizzes("/aws") in view


def test_the_messages_tab_publishes_nothing(world: World) -> None:
    world.event({"type": "app_home_opened", "user": ANN, "tab": "messages", "channel": "D0ANN"})
    assert world.slack.calls == []


def test_it_shows_the_quizzes_one_set_up_and_why_one_is_paused(world: World) -> None:
    world.command("quiz on 09:30 Europe/Berlin services lambda")
    world.slack.wait_for("chat.postMessage")
    world.store.subscriptions.pause(TEAM, CHANNEL, "is_archived")
    view = json.dumps(opened(world))
    assert f"<#{CHANNEL}>: Question at 09:30, Mon-Fri, Europe/Berlin. About AWS Lambda." in view
    assert "archived" in view
    assert CHANNEL not in json.dumps(opened(world, BEN))


def test_reminders_are_switched_on_and_off_there(world: World) -> None:
    press(world, opened(world), messages.REMIND_ME)
    changed = world.slack.wait_for("views.publish", 2)[1].body["view"]
    assert world.store.people.get(TEAM, ANN).reminded
    press(world, changed, messages.STOP)
    world.slack.wait_for("views.publish", 3)
    assert not world.store.people.get(TEAM, ANN).reminded


def test_practice_comes_as_a_direct_message(world: World) -> None:
    press(world, opened(world), home.PRACTICE_NOW)
    world.slack.wait_for("chat.postMessage")
    (question,) = world.slack.messages
    assert question["channel"] == "D0ANN"
    assert question["text"].startswith("Practice: ")
