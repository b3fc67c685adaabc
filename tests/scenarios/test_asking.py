"""What people do with the slash command, mentions and direct messages."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest

from bot import messages
from bot.fake_slack.response_urls import ResponseTarget
from bot.fake_slack.validator import Surface, validation_errors
from bot.operations.logs import Text
from bot.store import Votes
from knowledge import KnowledgeBase, Result
from tests.scenarios.conftest import ANN, BEN, BOT, CHANNEL, DIRECT, World, buttons, settle

QUESTION = "what is 429 in api gateway"


def shown(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False)


def test_the_command_answers_in_the_acknowledgement(world: World, knowledge: KnowledgeBase) -> None:
    answer = world.command(QUESTION)
    assert answer["response_type"] == "ephemeral"
    assert answer["unfurl_links"] is False
    assert knowledge.facts["apigw-429"].answer in answer["text"]
    assert f"checked {knowledge.facts['apigw-429'].checked}" in shown(answer)
    assert validation_errors(answer, Surface.MESSAGE) == []
    assert world.slack.calls == []


@pytest.mark.parametrize("text", ["", "help", "  HELP ", "hi", "?"])
def test_help_shows_usage_with_the_command_that_was_typed(world: World, text: str) -> None:
    answer = world.command(text, command="/cloud")
    assert "/cloud what is 429 in api gateway" in answer["text"]
    assert validation_errors(answer, Surface.MESSAGE) == []


def test_services_are_listed_with_their_counts(world: World, knowledge: KnowledgeBase) -> None:
    answer = world.command("services")
    for service in knowledge.services.values():
        assert service.name in answer["text"]
    assert validation_errors(answer, Surface.MESSAGE) == []


@pytest.mark.parametrize("name", ["sqs", "SQS", "simple queue service"])
def test_the_facts_of_a_service_are_listed_and_one_can_be_shown(
    world: World, knowledge: KnowledgeBase, name: str
) -> None:
    answer = world.command(f"list {name}")
    assert knowledge.facts["sqs-long-polling"].title in answer["text"]
    assert validation_errors(answer, Surface.MESSAGE) == []
    menu = answer["blocks"][-1]["elements"][0]
    option = next(o for o in menu["options"] if o["value"] == "sqs-long-polling")
    world.press({**menu, "selected_option": option})
    (call,) = world.slack.wait_for("response")
    assert call.body["replace_original"] is True
    assert knowledge.facts["sqs-long-polling"].answer in call.body["text"]


def test_a_random_fact_is_a_card(world: World, knowledge: KnowledgeBase) -> None:
    answer = world.command("random")
    assert any(fact.answer in answer["text"] for fact in knowledge.facts.values())


def test_an_unsure_answer_offers_facts_that_show_in_place(world: World) -> None:
    offered = buttons(world.command("sqs"))
    world.press(offered["Show"])
    (call,) = world.slack.wait_for("response")
    assert call.body["replace_original"] is True


def test_what_nobody_knows_is_said_plainly(world: World) -> None:
    answer = world.command("how do I water tomatoes in october")
    assert "I don't have that" in answer["text"]
    assert "\U0001f44d" not in buttons(answer)


def test_sharing_posts_once_under_the_askers_name(world: World) -> None:
    share = buttons(world.command(QUESTION))["Share"]
    for _ in range(2):
        world.press(share)
    settle(world)
    (public,) = [c for c in world.slack.calls if c.body.get("response_type") == "in_channel"]
    assert public.body["text"].startswith(f"<@{ANN}> asked: what is 429 in api gateway")
    for reply in (call.body for call in world.slack.calls if call is not public):
        assert reply["replace_original"] and reply["text"].startswith(messages.SHARED)
        assert "Share" not in buttons(reply)


def test_a_failed_share_can_be_tried_again(world: World) -> None:
    share = buttons(world.command(QUESTION))["Share"]
    world.press(share, response_url=f"{world.slack.url.removesuffix('/api/')}/response/gone")
    settle(world)
    world.press(share)
    assert world.slack.wait_for("response", 2)


def test_related_facts_are_one_click_away(world: World, knowledge: KnowledgeBase) -> None:
    offered = buttons(world.command(QUESTION))
    related = knowledge.facts[knowledge.facts["apigw-429"].related[0]]
    world.press(offered[f"See also: {related.title}"])
    (call,) = world.slack.wait_for("response")
    assert call.body["replace_original"] is True
    assert related.answer in call.body["text"]


def test_more_shows_the_detail(world: World, knowledge: KnowledgeBase) -> None:
    more = buttons(world.command(QUESTION))["Show details"]
    world.press(more)
    (call,) = world.slack.wait_for("response")
    assert str(knowledge.facts["apigw-429"].detail) in call.body["text"]
    world.press(buttons(call.body)["Show less"])
    _, call = world.slack.wait_for("response", 2)
    assert str(knowledge.facts["apigw-429"].detail) not in call.body["text"]
    assert call.body["replace_original"] is True


@pytest.mark.parametrize("name", ["team", "directmessage"])
@pytest.mark.parametrize(
    ("question", "action"),
    [(QUESTION, "card_menu"), ("sqs", "show_fact")],
)
def test_only_the_asker_can_change_a_public_answer(
    world: World, question: str, action: str, name: str
) -> None:
    """A stranger who presses gets a private message, whatever the channel is called."""
    world.mention(f"<@{BOT}> {question}")
    settle(world)
    (public,) = world.slack.messages
    before = json.dumps(public)
    element = next(b for b in buttons(public).values() if b["action_id"].startswith(action))
    where = {
        "channel": {"id": CHANNEL, "name": name},
        "container": {"message_ts": public["ts"], "channel_id": CHANNEL, "is_ephemeral": False},
    }
    for user in (BEN, ANN):
        source = ResponseTarget(CHANNEL, user, public["ts"])
        world.press(element, user, **where, response_url=world.slack.response_url(source))
        settle(world)
        assert (json.dumps(public) == before) == (user == BEN)
        assert len(world.slack.messages) == 1
    assert [message["visible_to"] for message in world.slack.ephemeral] == [BEN]


def test_feedback_counts_once_a_person_and_the_newest_wins(world: World) -> None:
    offered = buttons(world.command(QUESTION))
    for user in (ANN, ANN, BEN):
        world.press(offered["\U0001f44d"], user=user)
    world.slack.wait_for("response", 3)
    assert Votes("apigw-429", helpful=2, wrong=0) in world.store.votes()
    world.press(offered["\U0001f44e"], user=ANN)
    world.slack.wait_for("response", 4)
    assert Votes("apigw-429", helpful=1, wrong=1) in world.store.votes()


@pytest.mark.parametrize("value", ["", "garbage", "v0:x", '[1,"gone","U1",""]', "[" * 3000, None])
@pytest.mark.parametrize(
    "action",
    [
        "show_fact_0",
        "share",
        "more",
        "helpful",
        "quiz_answer",
        "card_menu",
        "feedback",
        "request_fact",
    ],
)
def test_a_button_of_an_old_message_says_so(world: World, action: str, value: str) -> None:
    response = world.press({"type": "button", "action_id": action, "value": value})
    assert response.status_code == 200
    (call,) = world.slack.wait_for("response")
    assert call.body["text"] == messages.OLD_BUTTON
    assert call.body["replace_original"] is False


def test_a_mention_is_answered_in_its_thread(world: World) -> None:
    world.mention(f"<@{BOT}> {QUESTION}", ts="100.5")
    (call,) = world.slack.wait_for("chat.postMessage")
    assert (call.body["channel"], call.body["thread_ts"]) == (CHANNEL, "100.5")
    assert "429" in call.body["text"]
    world.mention(f"and <@{BOT}> sqs long polling?", ts="100.9", thread_ts="100.5")
    _, call = world.slack.wait_for("chat.postMessage", 2)
    assert call.body["thread_ts"] == "100.5"
    assert "Long polling" in call.body["text"]


@pytest.mark.parametrize("own", [f"<@{BOT}>", f"<@{BOT}|factbot>", f"<@{BOT}>:", "@factbot"])
@pytest.mark.parametrize("form", ["{own} {text}", "{text} {own}", "sqs {own} long polling?"])
def test_mentions_are_no_part_of_the_question(world: World, own: str, form: str) -> None:
    world.mention(form.format(own=own, text="explain sqs long polling to <@U0EVE|eve>"))
    (call,) = world.slack.wait_for("chat.postMessage")
    assert "Long polling" in call.body["text"]
    assert "U0EVE" not in shown(call.body) and BOT not in shown(call.body)


@pytest.mark.parametrize("surface", ["command", "mention", "direct"])
def test_every_surface_reads_markup_the_same(world: World, surface: str) -> None:
    text = "hi team, how does <https://a.example|SQS> \u201clong\u00a0polling\u201d work? :wave:"
    if surface == "command":
        answer = world.command(text)
    else:
        getattr(world, surface)(text)
        (call,) = world.slack.wait_for("chat.postMessage")
        answer = call.body
    assert "Long polling" in answer["text"]
    asked = buttons(answer)["\U0001f44d"]["value"].removeprefix("+")
    assert json.loads(asked)[3] == 'how does SQS "long polling" work?'


def test_the_lines_of_a_pasted_error_reach_the_search(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    knowledge = world.services.answering.knowledge
    ask = knowledge.ask

    def noting(text: str) -> Result:
        asked.append(text)
        return ask(text)

    monkeypatch.setattr(knowledge, "ask", noting)
    world.direct("what is\n```An error occurred:\r\n  429 &lt;Too Many&gt;```")
    world.slack.wait_for("chat.postMessage")
    assert asked == ["what is\nAn error occurred:\n429 <Too Many>"]


@pytest.mark.parametrize("text", ["help", "hi", ""])
def test_a_direct_message_gets_usage(world: World, text: str) -> None:
    world.direct(text)
    (call,) = world.slack.wait_for("chat.postMessage")
    assert call.body["channel"] == DIRECT
    assert "thread_ts" not in call.body
    assert "/aws services" in call.body["text"]


def test_a_follow_up_in_a_direct_message_asks_again(world: World) -> None:
    world.direct("what is 429 in api gateway")
    world.slack.wait_for("chat.postMessage")
    settle(world)
    world.direct("what about 504?")
    _, call = world.slack.wait_for("chat.postMessage", 2)
    assert "504" in call.body["text"]


def test_after_a_refusal_nothing_is_followed_up(world: World) -> None:
    world.direct("what is 429 in api gateway")
    world.slack.wait_for("chat.postMessage")
    settle(world)
    world.direct("kubernetes ingress rules")
    world.slack.wait_for("chat.postMessage", 2)
    settle(world)
    world.direct("what about 504?")
    *_, call = world.slack.wait_for("chat.postMessage", 3)
    assert not call.body["text"].startswith("API Gateway error 504")


def test_why_shows_more_of_the_last_answer(world: World) -> None:
    world.direct("what is 429 in api gateway")
    (first,) = world.slack.wait_for("chat.postMessage")
    settle(world)
    world.direct("why?")
    _, call = world.slack.wait_for("chat.postMessage", 2)
    assert call.body["text"].splitlines()[0] == first.body["text"].splitlines()[0]
    assert len(call.body["text"]) > len(first.body["text"])


def test_a_bare_service_name_gets_an_overview(world: World) -> None:
    world.direct("sqs")
    (call,) = world.slack.wait_for("chat.postMessage")
    assert call.body["text"].startswith("Amazon SQS: ")
    assert "list sqs" in call.body["text"]


def test_small_talk_gets_a_sentence_and_no_fact(world: World) -> None:
    world.direct("tell me a joke")
    (call,) = world.slack.wait_for("chat.postMessage")
    assert call.body["text"].startswith("I only know AWS facts")


def test_an_event_delivered_twice_gets_one_reply(world: World) -> None:
    for _ in range(3):
        assert world.mention(f"<@{BOT}> {QUESTION}", event_id="Ev-same").status_code == 200
    settle(world)
    assert len(world.slack.wait_for("chat.postMessage")) == 1


def test_two_processes_reply_once(make_world: Callable[[], World]) -> None:
    worlds = [make_world(), make_world()]
    asked = (f"<@{BOT}> {QUESTION}",)
    threads = [
        threading.Thread(target=world.mention, args=asked, kwargs={"event_id": "Ev-x"})
        for world in worlds * 3
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for world in worlds:
        settle(world)
    assert len(worlds[0].slack.wait_for("chat.postMessage")) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B1"},
        {"subtype": "bot_message"},
        {"subtype": "message_changed", "hidden": True},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"user": "USLACKBOT"},
        {"user": None},
    ],
)
def test_other_bots_changes_and_joins_get_silence(world: World, more: dict[str, Any]) -> None:
    assert world.direct(QUESTION, **more).status_code == 200
    assert world.mention(f"<@{BOT}> {QUESTION}", **more).status_code == 200
    settle(world)
    assert world.slack.calls == []


@pytest.mark.parametrize(
    "event", ["app_home_opened", "app_uninstalled", "tokens_revoked", "reaction_added"]
)
def test_every_event_is_accepted(world: World, event: str) -> None:
    assert world.event({"type": event, "user": ANN}).status_code == 200


@pytest.mark.parametrize(
    "text",
    ["<!channel>", "<@U0EVE>", "<http://evil.example|aws.amazon.com>", "*b* _i_ `c`", "@here",
     "<!subteam^S1>", "https://evil.example"],
)  # fmt: skip
def test_nothing_typed_can_ping_or_disguise(world: World, text: str) -> None:
    answer = world.command(f"zorbification {text}")
    assert validation_errors(answer, Surface.MESSAGE) == []
    for control in ("<!", "<@", "<http:"):
        assert control not in shown(answer)


@pytest.mark.parametrize(
    "text",
    ["x" * 4000, "s3 " * 2000, "a\x00b\x00", "\u202eevil \u0645\u0631\u062d\u0628\u0627",
     "\U0001f600" * 800, ":tada:" * 500, " ", "\n\n", "&" * 3000, "<" * 3000, '"\'\\' * 500],
)  # fmt: skip
def test_odd_text_gets_a_polite_answer(world: World, text: str) -> None:
    answer = world.command(text)
    assert answer["text"]
    assert validation_errors(answer, Surface.MESSAGE) == []
    assert world.direct(text).status_code == 200
    world.slack.wait_for("chat.postMessage")


def test_a_broken_listener_is_logged_without_the_text_and_said(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(self: object, asked: Any) -> None:
        raise RuntimeError(asked.text)

    monkeypatch.setattr("bot.answers.answering.Answering.reply", broken)
    answer = world.command("secret question")
    assert answer["text"] == messages.BROKEN
    (record,) = [record for record in caplog.records if record.exc_info]
    reply = Text(()).format(record)
    assert "kind=command team=T1" in reply and "RuntimeError" in reply
    assert "secret question" not in reply
