"""In a busy channel, a quiz asks in private before it posts anything."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot import messages
from bot.listeners.quiz_setup import MIN_BUSY_CHANNEL_MEMBERS
from bot.quiz import texts
from bot.views.quiz_confirmation import CONFIRM, ProposedQuiz
from tests.scenarios.conftest import ANN, BEN, BOT, CHANNEL, DIRECT, TEAM, World, buttons, settle
from tests.scenarios.test_quiz_settings import chosen, initial_state, opened, submit

ON = "quiz on 10:15 mon wed Asia/Tokyo reveal next services lambda"
ASKED = texts.start_here(MIN_BUSY_CHANNEL_MEMBERS)


@pytest.fixture
def busy(world: World) -> World:
    world.slack.scopes |= {"channels:read", "groups:read"}
    others = [f"U{number}" for number in range(MIN_BUSY_CHANNEL_MEMBERS - 2)]
    world.slack.members[CHANNEL] = [ANN, BEN, *others]
    return world


def quiz_of(world: World) -> Any:
    return world.store.subscriptions.get(TEAM, CHANNEL)


def press_button(world: World, message: dict[str, Any], name: str, user: str = ANN) -> str:
    before = len(world.responses())
    world.press(buttons(message)[name], user)
    settle(world)
    answer = world.responses()[before]
    assert answer["replace_original"]
    return str(answer["text"])


def test_the_command_asks_first(busy: World) -> None:
    asked = busy.command_reply(ON)
    assert asked["response_type"] == "ephemeral" and asked["text"].startswith(ASKED)
    assert "10:15, Mon, Wed, Asia/Tokyo" in asked["text"]
    assert quiz_of(busy) is None and busy.slack.messages == []
    assert press_button(busy, asked, texts.START_QUIZ) == texts.QUIZ_STARTED
    quiz = quiz_of(busy)
    assert quiz.active and (quiz.services, quiz.created_by) == (("lambda",), ANN)
    assert f"{quiz.schedule.at:%H:%M}" == "10:15" and quiz.schedule.reveal is None
    (introduced,) = busy.slack.messages
    assert f"<@{ANN}>" in introduced["text"]


def test_not_now_leaves_the_channel_as_it_is(busy: World) -> None:
    asked = busy.command_reply(ON)
    assert press_button(busy, asked, texts.NOT_NOW) == texts.NOTHING_POSTED
    assert quiz_of(busy) is None and busy.slack.messages == []


def test_a_second_press_posts_nothing_more(busy: World) -> None:
    asked = busy.command_reply(ON)
    for _ in range(2):
        press_button(busy, asked, texts.START_QUIZ)
    assert len(busy.slack.messages) == 1


def test_the_modal_asks_first(busy: World) -> None:
    view = opened(busy)
    submit(busy, view, initial_state(view))
    (asked,) = busy.responses(1)
    assert asked["text"].startswith(ASKED) and busy.slack.messages == []
    press_button(busy, asked, texts.START_QUIZ)
    assert quiz_of(busy).active and quiz_of(busy).standings


def test_breaks_are_kept_until_the_yes(busy: World) -> None:
    view = opened(busy)
    state = initial_state(view)
    state["pause"]["quiz_pause"]["selected_date"] = "2027-01-05"
    state["holidays"]["quiz_holidays"] |= chosen("Germany", "DE")
    submit(busy, view, state)
    (asked,) = busy.responses(1)
    press_button(busy, asked, texts.START_QUIZ)
    schedule = quiz_of(busy).schedule
    assert (str(schedule.paused_until), schedule.holidays) == ("2027-01-05", "DE")


def test_a_mention_is_asked_in_private(busy: World) -> None:
    busy.mention(f"<@{BOT}> {ON}", ts="100.6", thread_ts="100.5")
    settle(busy)
    (asked,) = [call for call in busy.slack.calls if call.method.startswith("chat.")]
    assert (asked.method, asked.body["user"]) == ("chat.postEphemeral", ANN)
    assert asked.body["text"].startswith(ASKED)


def test_a_quiz_that_is_on_is_changed_at_once(busy: World) -> None:
    press_button(busy, busy.command_reply(ON), texts.START_QUIZ)
    assert busy.command_reply("quiz on 11:00")["text"].startswith(texts.QUIZ_CHANGED)


@pytest.mark.parametrize("away", ["channels:read", ""])
def test_a_small_channel_or_one_that_slack_tells_nothing_about_is_not_asked(
    busy: World, away: str
) -> None:
    busy.slack.scopes -= {away}
    if not away:
        busy.slack.members[CHANNEL].pop()
    busy.command(ON)
    settle(busy)
    assert quiz_of(busy).active and len(busy.slack.messages) == 1


def test_direct_messages_are_not_busy(busy: World) -> None:
    busy.direct("quiz on 10:15")
    settle(busy)
    subscription = busy.store.subscriptions.get(TEAM, DIRECT)
    assert subscription and subscription.active


def test_only_members_confirm(busy: World) -> None:
    asked = busy.command_reply(ON)
    busy.slack.members[CHANNEL].remove(BEN)
    assert press_button(busy, asked, texts.START_QUIZ, BEN) == texts.MEMBERS_ONLY
    assert quiz_of(busy) is None


@pytest.mark.parametrize(
    "value",
    ["", "x", "[]", "7", "null", '["25:00","UTC",[0],"","",1]', '["09:30","Moon",[0],"","",1]',
     '["09:30","UTC",[9],"","",1]', '["09:30","UTC",[0],"","",1,2]', '["09:30",7,[0],"",7,1]'],
)  # fmt: skip
def test_a_button_that_makes_no_sense_starts_nothing(busy: World, value: str) -> None:
    busy.press({"type": "button", "action_id": CONFIRM, "value": value})
    assert busy.responses(1)[0]["text"] == messages.OLD_BUTTON
    assert quiz_of(busy) is None
    assert ProposedQuiz.decode(json.dumps(value)) is None
