"""The global shortcut *Look up an AWS fact*, as the person who chooses it sees it."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from bot.fake_slack.response_urls import ResponseTarget
from bot.fake_slack.server import Failure
from bot.slack.manifest import LOOK_UP
from bot.views import fact_form, lookup, report
from bot.views.refusal import WILL_MESSAGE
from knowledge import KnowledgeBase
from tests.scenarios.conftest import ANN, BEN, CHANNEL, DIRECT, TEAM, World, buttons, settle
from tests.scenarios.forms import initial
from tests.scenarios.test_card import press
from tests.scenarios.test_unanswered import FREEZE, answers, approve, tick

FACT = "sqs-long-polling"
OTHER = "lambda-timeout"
ELSEWHERE = "C0ELSEWHERE"


def payload(kind: str, **more: Any) -> dict[str, Any]:
    return {
        "type": kind, "team": {"id": TEAM, "domain": "acme"}, "api_app_id": "A1", "token": "",
        "user": {"id": ANN, "name": "ann", "team_id": TEAM}, "enterprise": None,
        "is_enterprise_install": False, **more,
    }  # fmt: skip


def open_search(world: World, trigger_id: str | None = None) -> dict[str, Any]:
    """Choose the shortcut; the modal that opens, or nothing."""
    trigger_id = trigger_id or world.slack.trigger(ANN)
    about = {"callback_id": LOOK_UP, "trigger_id": trigger_id, "action_ts": "301.000001"}
    response = world.send(payload("shortcut", **about))
    assert (response.status_code, response.text) == (200, "")
    settle(world)
    return modal(world)


def modal(world: World) -> dict[str, Any]:
    """What the modal shows now."""
    view_id = world.slack.view_store.open_modals.get(ANN)
    return copy.deepcopy(world.slack.views[view_id]) if view_id else {}


def suggested(world: World, typed: str) -> list[dict[str, Any]]:
    menu = {"action_id": lookup.SEARCH, "block_id": "lookup-search", "value": typed}
    response = world.send(payload("block_suggestion", **menu, view=modal(world)))
    options: list[dict[str, Any]] = json.loads(response.text)["options"]
    return options


def press_in(
    world: World, view: dict[str, Any], element: dict[str, Any], at: str = "302.000001"
) -> None:
    """Press or choose something in a modal as it was shown then."""
    action = {"block_id": "lookup-search", "action_ts": at} | element
    about = {"container": {"type": "view", "view_id": view["id"]}, "view": view}
    trigger = {"trigger_id": world.slack.trigger(ANN)}
    assert world.send(payload("block_actions", actions=[action], **about, **trigger)).text == ""
    settle(world)


def choose(world: World, value: str, at: str = "302.000001", view: Any = None) -> dict[str, Any]:
    """Choose an option of the search; the modal after that."""
    option = {"text": {"type": "plain_text", "text": "x"}, "value": value}
    element = {"type": "external_select", "action_id": lookup.SEARCH, "selected_option": option}
    press_in(world, view or modal(world), element, at)
    return modal(world)


def submit(
    world: World, view: dict[str, Any], channel: str | None = CHANNEL, **more: Any
) -> dict[str, str]:
    """Press *Share*; the errors that the modal shows then."""
    menu = {"type": "conversations_select", "selected_conversation": channel}
    view = view | {"state": {"values": {lookup.CHANNEL: {lookup.CHANNEL: menu}}}}
    urls = {"response_urls": world.slack.response_urls_of(ANN, view)}
    submission = payload("view_submission", view=view, **urls) | more
    response = world.send(submission)
    assert response.status_code == 200
    answer = json.loads(response.text or "{}")
    errors = world.slack.view_store.acknowledge(ANN, view["id"], answer)
    settle(world)
    return errors


def shown(view: dict[str, Any]) -> str:
    return json.dumps(view, ensure_ascii=False)


def direct(world: World) -> list[str]:
    """What Ann is told in private."""
    return [message["text"] for message in world.slack.messages if message["channel"] == "D0ANN"]


def test_a_fact_is_found_read_and_shared_in_ones_name(
    world: World, knowledge: KnowledgeBase
) -> None:
    view = open_search(world)
    assert lookup.HINT in shown(view) and "submit" not in view
    assert [call.method for call in world.slack.calls] == ["views.open"]
    assert FACT in [option["value"] for option in suggested(world, "sqs long pol")]
    view = choose(world, FACT)
    assert knowledge.facts[FACT].answer in shown(view) and view["submit"]["text"] == "Share"
    assert world.slack.messages == []
    assert submit(world, view) == {}
    (card,) = world.slack.messages
    assert card["channel"] == CHANNEL and card["text"].startswith(f"<@{ANN}> looked this up")
    assert knowledge.facts[FACT].title in card["text"]
    after = modal(world)
    assert f"<#{CHANNEL}>" in shown(after) and "submit" not in after
    remove = buttons(card)["Remove"]
    assert remove["visible_to_user_ids"] == [ANN]
    press(world, card, "Remove", BEN)
    assert card in world.slack.messages
    press(world, card, "Remove", ANN)
    assert world.slack.messages == []


def test_it_works_where_the_bot_is_not(world: World) -> None:
    world.slack.channels_without_bot.add(ELSEWHERE)
    open_search(world)
    submit(world, choose(world, FACT), ELSEWHERE)
    assert [message["channel"] for message in world.slack.messages] == [ELSEWHERE]


def test_another_fact_can_be_looked_up_after_that(world: World, knowledge: KnowledgeBase) -> None:
    open_search(world)
    submit(world, choose(world, FACT))
    view = choose(world, OTHER, "303.000001")
    assert knowledge.facts[OTHER].answer in shown(view)
    submit(world, view)
    submit(world, choose(world, OTHER, "304.000001"), "C0SECOND")
    channels = [message["channel"] for message in world.slack.messages]
    assert channels == [CHANNEL, CHANNEL, "C0SECOND"]


def test_only_facts_are_offered_and_words_may_have_typos(world: World) -> None:
    values = [option["value"] for option in suggested(world, "lambda")]
    assert values and not [value for value in values if value.startswith("service:")]
    assert suggested(world, "lamda timout")[0]["value"] == OTHER
    assert suggested(world, "what is 429 in api gateway")[0]["value"] == "apigw-429"
    assert len(suggested(world, "a")) <= 100


def test_whoever_found_nothing_is_told_once_there_is_an_answer(world: World) -> None:
    open_search(world)
    view = choose(world, suggested(world, "frobnicator")[0]["value"])
    press_in(world, view, buttons(view)["Ask the team to answer this"], "303.1")
    view = modal(world)
    press_in(world, view, buttons(view)["Tell me when you know"], "304.1")
    view = modal(world)
    assert WILL_MESSAGE in shown(view) and "Tell me when you know" not in buttons(view)
    (watched,) = world.store.gaps.watched()
    assert watched.question == "frobnicator"
    approve(world)
    for _ in range(3):
        tick(world)
    (answer,) = answers(world)
    assert answer["channel"] == DIRECT and FREEZE.answer in answer["text"]


def test_whoever_knows_the_answer_suggests_it_on_top_of_the_search(world: World) -> None:
    open_search(world)
    view = choose(world, suggested(world, "zanzibar <freeze>")[0]["value"])
    press_in(world, view, buttons(view)["Suggest an answer"], "303.1")
    form = modal(world)
    assert form["callback_id"] == fact_form.CALLBACK
    assert initial(form)["phrasings"] == "zanzibar <freeze>"
    world.slack.view_store.close(ANN, form["id"])
    assert modal(world)["id"] == view["id"]
    failure = Failure(error="expired_trigger_id")
    world.slack.failure_for = lambda method: failure if method == "views.push" else None
    press_in(world, view, buttons(view)["Suggest an answer"], "304.1")
    assert fact_form.NOT_OPENED in direct(world)


def test_a_mistake_in_a_fact_is_reported_on_top_of_the_search(world: World) -> None:
    open_search(world)
    view = choose(world, FACT)
    press_in(world, view, buttons(view)[report.TITLE], "304.000001")
    assert modal(world)["title"]["text"] == report.TITLE
    assert modal(world)["private_metadata"] == FACT
    assert "views.push" in [call.method for call in world.slack.calls]  # the search stays below


def test_if_nothing_is_found_it_says_what_to_do(world: World) -> None:
    open_search(world)
    (option,) = suggested(world, "<!channel> zorb & *b*")
    assert "Nothing about" in option["text"]["text"] and "<!" not in shown(option)
    view = choose(world, option["value"])
    assert "Try fewer words" in shown(view) and "<!" not in shown(view)
    found = buttons(view)
    assert "zorb" in found["Search AWS docs"]["url"]
    press_in(world, view, found["Search AWS docs"])
    press_in(world, view, found["Ask the team to answer this"], "303.000001")
    assert "passed your question on" in shown(modal(world))
    assert "Ask the team to answer this" not in buttons(modal(world))
    (wording,) = world.store.gaps.wordings()
    assert wording.question == "<!channel> zorb & *b*"
    assert direct(world) == []


def test_a_fact_that_is_gone_is_said_to_be(world: World) -> None:
    open_search(world)
    assert lookup.GONE in shown(choose(world, "gone"))
    view = choose(world, FACT, "303.000001") | {"private_metadata": "gone"}
    assert submit(world, view) == {lookup.CHANNEL: lookup.GONE}
    assert world.slack.messages == []


def test_a_channel_has_to_be_chosen(world: World) -> None:
    open_search(world)
    assert submit(world, choose(world, FACT), None) == {lookup.CHANNEL: lookup.NEED_CHANNEL}
    assert world.slack.messages == []


def test_nobody_shares_where_they_are_not_a_member(world: World) -> None:
    world.slack.scopes |= {"channels:read"}
    world.slack.people.members = {CHANNEL: [BEN], "C0OWN": [ANN]}
    open_search(world)
    submit(world, choose(world, FACT))
    assert [message["channel"] for message in world.slack.messages] == ["D0ANN"]
    assert "you're not in that channel" in direct(world)[0]
    submit(world, choose(world, FACT, "303.000001"), "C0OWN")
    assert world.slack.messages[-1]["channel"] == "C0OWN"


def test_pressing_twice_shares_once(world: World) -> None:
    open_search(world)
    view = choose(world, FACT)
    submit(world, view)
    submit(world, view)
    assert len(world.slack.messages) == 1


def test_of_two_quick_choices_the_later_one_shows(world: World, knowledge: KnowledgeBase) -> None:
    view = open_search(world)
    choose(world, OTHER, "302.000002", view)
    choose(world, FACT, "302.000001", view)
    (update,) = [call for call in world.slack.calls if call.method == "views.update"]
    assert update.body["hash"] == view["hash"]
    assert knowledge.facts[OTHER].answer in shown(modal(world))
    choose(world, FACT, "302.000003", view)  # the modal has changed since
    assert knowledge.facts[FACT].answer in shown(modal(world))


def test_the_same_choice_twice_changes_nothing(world: World) -> None:
    view = open_search(world)
    first = choose(world, FACT, view=view)
    assert choose(world, FACT, view=view) | {"hash": ""} == first | {"hash": ""}


def test_a_modal_that_was_closed_meanwhile_is_no_error(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    view = open_search(world)
    world.slack.view_store.close(ANN, view["id"])
    choose(world, FACT, view=view)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_a_trigger_that_has_expired_is_answered_in_private(world: World) -> None:
    used = world.slack.trigger(ANN)
    open_search(world, used)
    open_search(world, used)
    assert direct(world) == [lookup.NOT_OPENED]


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (Failure(status=404), "I couldn't share"),
        (Failure(status=500), "didn't confirm"),
    ],
)
def test_what_slack_does_with_the_card_is_told(
    world: World, failure: Failure, sentence: str
) -> None:
    open_search(world)
    view = choose(world, FACT)
    world.slack.fail_next("response", failure)
    world.slack.fail_next("response", failure)
    submit(world, view)
    assert len(direct(world)) == 1 and sentence in direct(world)[0]


def test_without_a_response_url_it_is_posted_by_the_bot(world: World) -> None:
    open_search(world)
    submit(world, choose(world, FACT), response_urls=[])
    (card,) = world.slack.messages
    assert card["channel"] == CHANNEL and card["text"].startswith(f"<@{ANN}>")


@pytest.mark.parametrize("urls", [None, [{"channel_id": CHANNEL, "response_url": 4}]])
def test_damaged_response_urls_do_no_harm(world: World, urls: Any) -> None:
    open_search(world)
    submit(world, choose(world, FACT), response_urls=urls)
    assert len(world.slack.messages) == 1


def test_a_response_url_is_tied_to_its_channel(world: World) -> None:
    """A URL for another channel is none of ours: nothing may appear there."""
    open_search(world)
    other = world.slack.response_url(ResponseTarget(ELSEWHERE, ANN))
    urls = [{"block_id": "b", "channel_id": ELSEWHERE, "response_url": other}]
    submit(world, choose(world, FACT), response_urls=urls)
    assert [message["channel"] for message in world.slack.messages] == [CHANNEL]
