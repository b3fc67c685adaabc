"""The Home tab."""

from __future__ import annotations

import json
from typing import Any

from bot import messages
from bot.views import home
from bot.views.home import EDIT_QUIZ, SEARCH
from knowledge import KnowledgeBase
from tests.scenarios.conftest import ANN, BEN, CHANNEL, TEAM, World, buttons, settle
from tests.scenarios.test_quiz import asked, reveal, right_letter
from tests.scenarios.test_quiz import press as press_quiz
from tests.scenarios.test_quiz_settings import initial_state, submit


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
    assert home.NOTHING_YET in view and home.NOTHING_DUE not in view
    assert home.NO_QUIZZES in view


def test_the_messages_tab_publishes_nothing(world: World) -> None:
    world.event({"type": "app_home_opened", "user": ANN, "tab": "messages", "channel": "D0ANN"})
    settle(world)
    assert [call for call in world.slack.calls if call.method == "views.publish"] == []


def test_it_shows_the_quizzes_one_set_up_and_why_one_is_paused(world: World) -> None:
    world.command("quiz on 09:30 Europe/Berlin services lambda")
    world.slack.wait_for("chat.postMessage")
    world.store.subscriptions.pause(TEAM, CHANNEL, "is_archived")
    view = json.dumps(opened(world))
    assert f"<#{CHANNEL}>: Question at 09:30, Mon-Fri, Europe/Berlin. About AWS Lambda." in view
    assert "archived" in view
    assert CHANNEL not in json.dumps(opened(world, BEN))


def test_it_shows_the_quiz_that_one_answers_until_it_is_off(world: World) -> None:
    world.command("quiz on 09:30 Europe/Berlin")
    world.slack.wait_for("chat.postMessage")
    message = asked(world)
    assert CHANNEL not in json.dumps(opened(world, BEN))
    press_quiz(world, message, "A", BEN)
    view = opened(world, BEN)
    assert f"<#{CHANNEL}>: Question at 09:30" in json.dumps(view)
    assert EDIT_QUIZ in [
        _text(block["accessory"]) for block in view["blocks"] if "accessory" in block
    ]
    world.command_reply("quiz off")
    assert f"<#{CHANNEL}>: Question at" not in json.dumps(opened(world, BEN))


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


def choose(world: World, value: str) -> None:
    """Choose a result of the search."""
    option = {"text": {"type": "plain_text", "text": "x"}, "value": value}
    element = {"type": "external_select", "action_id": SEARCH, "selected_option": option}
    container = {"type": "view", "view_id": "VHOME"}
    world.press(element, container=container, channel={}, response_url="", view={"id": "VHOME"})
    settle(world)


def suggested(world: World, typed: str) -> list[dict[str, Any]]:
    payload = {
        "type": "block_suggestion", "team": {"id": TEAM}, "user": {"id": ANN}, "api_app_id": "A1",
        "action_id": SEARCH, "block_id": "home-search", "value": typed,
    }  # fmt: skip
    options: list[dict[str, Any]] = json.loads(world.send(payload).text)["options"]
    return options


def test_the_search_offers_facts_and_services_and_shows_the_one_chosen(
    world: World, knowledge: KnowledgeBase
) -> None:
    first, *others = suggested(world, "lambd")
    assert first["text"]["text"] == "AWS Lambda (all facts)" and others
    assert len(suggested(world, "a")) <= 100 and suggested(world, "zorbification") == []
    assert "sqs-long-polling" in [option["value"] for option in suggested(world, "sqs long pol")]
    choose(world, "sqs-long-polling")
    choose(world, first["value"])
    choose(world, "gone")
    shown = [call.body["view"] for call in world.slack.calls if call.method == "views.open"]
    assert len(shown) == 2
    assert knowledge.facts["sqs-long-polling"].answer in json.dumps(shown[0], ensure_ascii=False)
    assert "AWS Lambda" in json.dumps(shown[1])


def test_it_shows_todays_question_with_ones_answer_and_how_one_does(world: World) -> None:
    world.command("quiz on 09:30 daily Europe/Berlin")
    settle(world)
    message = asked(world, "2026-11-23T09:30:00+01:00")
    assert "You haven't answered yet" in json.dumps(opened(world))
    right = right_letter(world, message)
    press_quiz(world, message, right)
    settle(world)
    assert f"You: {right}: " in json.dumps(opened(world))
    reveal(world)
    view = json.dumps(opened(world))
    assert f":white_check_mark: You: {right}: " in view and "1 of 1 right (100%)" in view
    assert message["channel"] not in json.dumps(opened(world, BEN))
    world.wall_clock.now += 2 * 86_400
    assert "No question from your channels" in json.dumps(opened(world))


def test_a_quiz_is_edited_there_and_shown_as_it_is_then(world: World) -> None:
    world.command("quiz on 09:30 daily Europe/Berlin")
    settle(world)
    edit = buttons(opened(world))[EDIT_QUIZ]
    container = {"type": "view", "view_id": "VHOME"}
    world.press(edit, container=container, channel={}, response_url="", view={"id": "VHOME"})
    settle(world)
    (modal,) = [view for view in world.slack.views.values() if view["type"] == "modal"]
    assert json.loads(modal["private_metadata"])[0] == CHANNEL
    state = initial_state(modal)
    state["at"]["quiz_at"]["selected_time"] = "11:45"
    assert submit(world, modal, state) == {}
    settle(world)
    (*_, published) = [call for call in world.slack.calls if call.method == "views.publish"]
    assert "Question at 11:45" in json.dumps(published.body["view"])
