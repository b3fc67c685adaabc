"""The modal that sets up a channel's quiz."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from bot import messages
from bot.fake_slack.server import Failure
from bot.quiz import texts
from bot.quiz.wording import DEFAULT_REVEAL
from bot.views.quiz_settings import CALLBACK
from tests.scenarios.conftest import ANN, CHANNEL, TEAM, World, settle


def opened(world: World) -> dict[str, Any]:
    """Type the command; the modal as it stands once it is filled."""
    world.slack.users[ANN] = {"tz": "Europe/Berlin"}
    world.command("quiz")
    world.slack.wait_for("views.update")
    (view,) = world.slack.views.values()
    return copy.deepcopy(view)


def initial_state(view: dict[str, Any]) -> dict[str, Any]:
    """What Slack sends if nothing is changed."""
    values: dict[str, Any] = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        value = {"type": element["type"]}
        for name, selected in (
            ("initial_time", "selected_time"),
            ("initial_date", "selected_date"),
            ("initial_option", "selected_option"),
            ("initial_options", "selected_options"),
        ):
            if name in element:
                value[selected] = element[name]
        values[block["block_id"]] = {element["action_id"]: value}
    return values


def submit(world: World, view: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    payload = {
        "type": "view_submission", "team": {"id": TEAM}, "user": {"id": ANN}, "api_app_id": "A1",
        "trigger_id": world.slack.trigger(ANN), "view": view | {"state": {"values": values}},
    }  # fmt: skip
    response = world.send(payload)
    assert response.status_code == 200
    answer: dict[str, Any] = json.loads(response.text or "{}")
    return answer


def chosen(text: str, value: str) -> dict[str, Any]:
    return {"selected_option": {"text": {"type": "plain_text", "text": text}, "value": value}}


def test_the_modal_opens_at_once_and_is_filled_with_the_persons_zone(world: World) -> None:
    view = opened(world)
    first = world.slack.wait_for("views.open")[0]
    assert first.body["view"]["blocks"][0]["text"]["text"] == messages.ONE_MOMENT
    before_the_modal = [call.method for call in world.slack.calls]
    assert before_the_modal[0] == "views.open"
    state = initial_state(view)
    assert state["tz"]["quiz_tz"]["selected_option"]["value"] == "Europe/Berlin"
    assert state["at"]["quiz_at"]["selected_time"] == "09:30"
    assert len(state["weekdays"]["quiz_weekdays"]["selected_options"]) == 5


def test_saving_it_unchanged_sets_up_the_quiz(world: World) -> None:
    view = opened(world)
    assert submit(world, view, initial_state(view)) == {}
    world.slack.wait_for("chat.postMessage")
    (posted,) = world.slack.messages
    assert "09:30, Mon-Fri, Europe/Berlin" in posted["text"]
    assert f"<@{ANN}>" in posted["text"]


def test_opened_again_it_shows_what_was_saved(world: World) -> None:
    world.command("quiz on 10:15 sat,sun Asia/Tokyo reveal next services lambda")
    world.slack.wait_for("chat.postMessage")
    state = initial_state(opened(world))
    assert state["tz"]["quiz_tz"]["selected_option"]["value"] == "Asia/Tokyo"
    assert state["at"]["quiz_at"]["selected_time"] == "10:15"
    assert state["reveal"]["quiz_reveal"]["selected_option"]["value"] == "next"
    days = state["weekdays"]["quiz_weekdays"]["selected_options"]
    assert [day["value"] for day in days] == ["5", "6"]
    services = state["services"]["quiz_services"]["selected_options"]
    assert [service["value"] for service in services] == ["lambda"]


@pytest.mark.parametrize(
    ("block", "value", "sentence"),
    [
        ("weekdays", {"selected_options": []}, texts.NEED_DAYS),
        ("at", {"selected_time": None}, texts.NEED_TIME),
        ("reveal_at", {"selected_time": "09:31"}, "ten minutes"),
        ("reveal_at", {"selected_time": None}, texts.NEED_TIME),
        ("tz", chosen("?", "Moon/Crater"), texts.NEED_ZONE),
    ],
)
def test_what_is_missing_is_said_below_its_input_and_nothing_is_saved(
    world: World, block: str, value: dict[str, Any], sentence: str
) -> None:
    view = opened(world)
    state = initial_state(view)
    state[block][f"quiz_{block}"] |= value
    answer = submit(world, view, state)
    assert answer["response_action"] == "errors"
    assert list(answer["errors"]) == [block]
    assert sentence in answer["errors"][block]
    assert world.store.subscriptions.get(TEAM, CHANNEL) is None


def test_typing_a_city_finds_its_zone(world: World) -> None:
    payload = {
        "type": "block_suggestion", "team": {"id": TEAM}, "user": {"id": ANN}, "api_app_id": "A1",
        "action_id": "quiz_tz", "block_id": "tz", "value": "berl",
        "view": {"id": "V1", "callback_id": CALLBACK, "type": "modal"},
    }  # fmt: skip
    for typed, expected in (("berl", "Europe/Berlin"), ("new y", "America/New_York"), ("zzzz", "")):
        response = world.send(payload | {"value": typed})
        options = json.loads(response.text)["options"]
        assert [option["value"] for option in options][:1] == [expected] * bool(expected)


def test_a_trigger_that_has_expired_leads_to_the_keyboard(world: World) -> None:
    world.slack.fail_next("views.open", Failure(error="expired_trigger_id"))
    assert "quiz on 09:30" in world.command_reply("quiz")["text"]


def switch_reveal(world: World, view: dict[str, Any], value: str, at: str) -> dict[str, Any]:
    """Choose when the answer is shown; the modal after that."""
    action = {"type": "radio_buttons", "action_id": "quiz_reveal", "block_id": "reveal"}
    container = {"type": "view", "view_id": view["id"]}
    pressed = action | chosen("x", value) | {"action_ts": at}
    world.press(pressed, container=container, channel={}, response_url="", view=view)
    settle(world)
    return copy.deepcopy(world.slack.views[view["id"]])


def test_the_answers_time_is_asked_for_only_where_it_applies(world: World) -> None:
    view = opened(world)
    assert "reveal_at" in initial_state(view)
    without = switch_reveal(world, view | {"external_id": "", "close": None}, "next", "1.1")
    assert "reveal_at" not in initial_state(without)
    again = switch_reveal(world, without, "same_day", "1.2")
    assert list(initial_state(again)) == list(initial_state(view))
    calls = len(world.slack.calls)
    switch_reveal(world, again, "same_day", "1.3")
    assert len(world.slack.calls) == calls


def test_a_quiz_whose_answer_comes_later_asks_for_no_time(world: World) -> None:
    world.command("quiz on 10:15 reveal next")
    world.slack.wait_for("chat.postMessage")
    assert "reveal_at" not in initial_state(opened(world))


def test_saving_before_the_time_appears_takes_the_usual_one(world: World) -> None:
    world.command("quiz on 10:15 reveal next")
    world.slack.wait_for("chat.postMessage")
    view = opened(world)
    state = initial_state(view)
    state["reveal"]["quiz_reveal"] |= chosen("x", "same_day")
    assert submit(world, view, state) == {}
    settle(world)
    quiz = world.store.subscriptions.get(TEAM, CHANNEL)
    assert quiz and quiz.schedule.reveal == DEFAULT_REVEAL
    state["at"]["quiz_at"]["selected_time"] = "23:30"
    assert list(submit(world, view, state)["errors"]) == ["reveal"]
