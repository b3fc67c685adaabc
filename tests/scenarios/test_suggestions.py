"""Answers that people suggest: the form, the curators' decision, and the answer afterwards."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.curating.hourly_limit import MAX_PER_HOUR
from bot.slack.manifest import SAVE
from bot.store.fact_changes import ChangeKind
from bot.views import fact_form
from bot.views import suggestion as view
from tests.scenarios.conftest import (
    ANN,
    BEN,
    CHANNEL,
    TEAM,
    World,
    buttons,
    database_away,
    settle,
)
from tests.scenarios.forms import (
    FILLED,
    deliver,
    initial,
    interaction,
    modal,
    press,
    send_form,
    suggest,
)

CURATORS = "C0FACTS"
QUESTION = "when is the zanzibar freeze for lambda"
WITHIN_SECONDS = 10.0
"""Ten times what we promise: the machine may be busy."""


def prepare(world: World) -> World:
    world.store.prepare()
    world.slack.people.users = {ANN: {}, BEN: {"is_admin": True}}
    world.command_reply("curators here", BEN, channel=CURATORS)
    return world


@pytest.fixture
def world(make_world: Callable[..., World], url: str) -> Iterator[World]:
    yield prepare(make_world(database_url=url))


def posted(world: World, channel: str) -> list[dict[str, Any]]:
    return [message for message in world.slack.messages if message["channel"] == channel]


def shown(view: Any) -> str:
    return json.dumps(view, ensure_ascii=False)


def answer(world: World, question: str = QUESTION, **more: Any) -> str:
    return str(world.command(question, **more)["text"])


def test_a_suggestion_is_checked_approved_and_answers_everywhere(
    world: World, make_world: Callable[..., World], url: str
) -> None:
    other_process = make_world(database_url=url)
    assert FILLED["answer"] not in answer(world) + answer(other_process)
    suggest(world)
    deliver(world)
    (message,) = posted(world, CURATORS)
    assert message["text"].startswith(f"<@{ANN}> suggested an answer:")
    assert FILLED["phrasings"].split("\n")[0] in shown(message)
    press(world, message, buttons(message)["Approve"], BEN)
    approved_at = time.monotonic()
    assert FILLED["answer"] in answer(world)
    while FILLED["answer"] not in answer(other_process):
        assert time.monotonic() - approved_at < WITHIN_SECONDS
    assert "Written by your team" in answer(other_process)
    assert FILLED["answer"] not in answer(world, team="T2")
    (message,) = posted(world, CURATORS)
    assert f"Approved by <@{BEN}>" in shown(message) and "Reject" not in buttons(message)
    (change,) = world.store.fact_changes.after(0)
    assert change.kind is ChangeKind.WRITTEN and change.fact.startswith("team-lambda-")
    deliver(world)
    (end,) = posted(world, "D0ANN")
    assert "was approved" in end["text"] and FILLED["title"] in end["text"]


def test_mistakes_are_said_at_the_inputs_and_what_was_entered_stays(world: World) -> None:
    world.command(f"suggest {QUESTION}?")
    settle(world)
    assert initial(modal(world)) == {
        "service": "lambda", "title": "When is the zanzibar freeze for lambda", "answer": "",
        "source": "", "phrasings": QUESTION, "detail": "",
    }  # fmt: skip
    errors = send_form(world, **(FILLED | {"source": "the wiki", "phrasings": "just one"}))
    assert set(errors) == {"source", "phrasings"}
    assert "give at least 3" in errors["phrasings"]
    assert posted(world, CURATORS) == [] and world.store.suggestions.open_ones(TEAM) == []


def test_the_nearest_facts_come_first(world: World) -> None:
    world.command("suggest")
    settle(world)
    ways = "how long can lambda run\nmax lambda duration\nlambda timeout maximum value"
    entered = FILLED | {"title": "Lambda timeout here", "phrasings": ways}
    assert send_form(world, **entered) == {}
    form = modal(world)
    assert fact_form.NEAREST in shown(form) and form["submit"]["text"] == "No, send it"
    assert initial(form)["title"] == "Lambda timeout here"
    show = form["blocks"][1]["accessory"]
    assert show["value"] == "lambda-timeout"
    about: Any = {"container": {"type": "view", "view_id": form["id"]}, "view": form}
    trigger = {"trigger_id": world.slack.trigger(ANN)}
    action = {"block_id": "x", "action_ts": "1.1"} | show
    world.send(interaction("block_actions", ANN, actions=[action], **about, **trigger))
    settle(world)
    assert "15 minutes" in shown(modal(world)) and modal(world)["id"] != form["id"]
    world.slack.view_store.close(ANN, modal(world)["id"])
    assert modal(world)["id"] == form["id"]
    assert world.store.suggestions.open_ones(TEAM) == []
    assert send_form(world) == {}
    assert fact_form.SENT in shown(modal(world))
    assert len(world.store.suggestions.open_ones(TEAM)) == 1


def test_services_are_offered_while_typing(world: World) -> None:
    menu = {"action_id": "service", "block_id": "service", "value": "dyn"}
    response = world.send(interaction("block_suggestion", ANN, view={}, **menu))
    (option,) = json.loads(response.text)["options"]
    assert option["value"] == "dynamodb"
    every = world.send(interaction("block_suggestion", ANN, view={}, **menu | {"value": ""}))
    assert len(json.loads(every.text)["options"]) == len(
        world.services.answering.knowledge.services
    )


def test_a_refusal_leads_to_the_form(world: World) -> None:
    refusal = world.command("what is the zanzibar quota <!channel>")
    row = buttons(refusal)
    assert len([block for block in refusal["blocks"] if block["type"] == "actions"]) == 1
    world.press(row["Suggest an answer"])
    settle(world)
    assert "zanzibar quota" in initial(modal(world))["phrasings"]


def test_a_mention_gets_a_button_because_only_a_press_opens_the_form(world: World) -> None:
    world.mention(f"<@U0BOT> suggest {QUESTION}")
    (call,) = world.slack.wait_for("chat.postEphemeral")
    world.press(buttons(call.body)["Suggest an answer"])
    settle(world)
    assert initial(modal(world))["phrasings"] == QUESTION


def test_a_message_is_saved_with_its_question_answer_and_link(world: World) -> None:
    said = (
        "How long is the zanzibar freeze for lambda? Two weeks &amp; a day, see "
        "<https://contoso.example/freeze|the wiki>."
    )
    shortcut: Any = {
        "callback_id": SAVE, "trigger_id": world.slack.trigger(ANN), "message_ts": "9.1",
        "message": {"type": "message", "text": said, "ts": "9.1"},
        "channel": {"id": CHANNEL}, "response_url": world.slack.response_url(),
    }  # fmt: skip
    world.send(interaction("message_action", ANN, **shortcut))
    settle(world)
    found = initial(modal(world))
    assert found["service"] == "lambda" and found["source"] == "https://contoso.example/freeze"
    assert found["phrasings"] == "How long is the zanzibar freeze for lambda?"
    assert found["answer"].startswith("Two weeks & a day")


def test_a_rejection_has_a_reason_that_the_author_reads(world: World) -> None:
    suggest(world)
    deliver(world)
    (message,) = posted(world, CURATORS)
    press(world, message, buttons(message)["Reject"], BEN)
    form = modal(world, BEN)
    blank = form | {"state": {"values": {"reason": {"reason": {"value": "  "}}}}}
    response = world.send(interaction("view_submission", BEN, view=blank))
    assert json.loads(response.text)["errors"] == {"reason": view.NEED_REASON}
    reason = {"value": "Not *true* <!here>"}
    filled = form | {"state": {"values": {"reason": {"reason": reason}}}}
    assert world.send(interaction("view_submission", BEN, view=filled)).text == ""
    settle(world)
    (message,) = posted(world, CURATORS)
    assert f"Rejected by <@{BEN}>" in shown(message) and "Approve" not in buttons(message)
    deliver(world)
    (end,) = posted(world, "D0ANN")
    assert "decided not to use it" in end["text"] and "<!here>" not in end["text"]
    assert world.store.fact_changes.after(0) == []


def test_an_edit_is_what_is_approved(world: World) -> None:
    suggest(world)
    deliver(world)
    (message,) = posted(world, CURATORS)
    press(world, message, buttons(message)["Edit"], BEN)
    assert initial(modal(world, BEN)) == FILLED
    assert "answer" in send_form(world, BEN, answer="x" * 301)
    assert send_form(world, BEN, answer="Until January 6.") == {}
    assert "Until January 6." in answer(world)
    (message,) = posted(world, CURATORS)
    assert "Until January 6." in shown(message) and f"Approved by <@{BEN}>" in shown(message)
    deliver(world)
    assert "was approved" in posted(world, "D0ANN")[0]["text"]


def test_only_curators_decide_and_the_first_decision_holds(world: World) -> None:
    suggest(world)
    deliver(world)
    (message,) = posted(world, CURATORS)
    pressed = buttons(message)
    for name in ("Approve", "Edit", "Reject"):
        press(world, message, pressed[name], ANN)
        assert "Only curators can do that" in world.slack.ephemeral[-1]["text"]
    assert modal(world, ANN) == {} and world.store.fact_changes.after(0) == []
    press(world, message, pressed["Approve"], BEN)
    press(world, message, pressed["Approve"], BEN)
    press(world, message, pressed["Edit"], BEN)
    assert modal(world, BEN) == {}
    assert len(world.store.fact_changes.after(0)) == 1


def test_the_same_fact_twice_is_approved_once(world: World) -> None:
    suggest(world)
    suggest(world, BEN)
    deliver(world)
    first, second = posted(world, CURATORS)
    press(world, first, buttons(first)["Approve"], BEN)
    press(world, second, buttons(second)["Approve"], BEN)
    assert "can't be approved as is" in world.slack.ephemeral[-1]["text"]
    assert len(world.store.fact_changes.after(0)) == 1


def test_another_workspace_decides_nothing(world: World) -> None:
    suggest(world)
    (stored,) = world.store.suggestions.open_ones(TEAM)
    element = {"type": "button", "action_id": view.APPROVE, "value": str(stored.id)}
    world.press(element, BEN, team={"id": "T2"})
    settle(world)
    assert len(world.store.suggestions.open_ones(TEAM)) == 1
    assert world.store.suggestions.get("T2", stored.id) is None


def test_sending_a_form_twice_suggests_once(world: World) -> None:
    world.command("suggest")
    settle(world)
    send_form(world, **FILLED)
    form = modal(world)
    if "private_metadata" in form:
        send_form(world, **FILLED)
    again = form | {"id": modal(world)["id"]}
    send_form(world, view=again, **FILLED)
    assert len(world.store.suggestions.open_ones(TEAM)) == 1


def test_there_is_a_limit_an_hour(world: World) -> None:
    for number in range(MAX_PER_HOUR):
        suggest(world, title=f"Freeze {number}")
    world.command("suggest")
    settle(world)
    errors = send_form(world, **FILLED) or send_form(world, **FILLED)
    assert "suggestions in an hour" in errors["title"]
    assert len(world.store.suggestions.open_ones(TEAM)) == MAX_PER_HOUR


def test_without_a_database_what_was_entered_is_not_lost(world: World) -> None:
    world.command("suggest")
    settle(world)
    send_form(world, **FILLED)
    with database_away(world.store):
        errors = send_form(world, **FILLED)
    assert "try again" in errors["title"]
    assert send_form(world, **FILLED) == {}


def test_those_who_become_curators_get_what_is_open(world: World) -> None:
    suggest(world)
    deliver(world)
    world.command_reply("curators here", BEN, channel="C0NEW")
    deliver(world)
    assert len(posted(world, CURATORS)) == len(posted(world, "C0NEW")) == 1


def test_erasing_the_author_keeps_the_suggestion(world: World) -> None:
    suggest(world)
    world.store.people.erase(TEAM, ANN)
    deliver(world)
    (message,) = posted(world, CURATORS)
    assert message["text"].startswith("Someone suggested") and ANN not in shown(message)
    press(world, message, buttons(message)["Approve"], BEN)
    deliver(world)
    assert posted(world, "D0ANN") == []
    assert FILLED["answer"] in answer(world)
