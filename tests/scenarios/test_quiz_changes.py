"""Changing or ending a channel's quiz is announced with a name, once."""

from __future__ import annotations

from typing import Any

import pytest

from bot.fake_slack.server import Failure
from bot.quiz import texts
from tests.scenarios.conftest import ANN, BEN, CHANNEL, TEAM, World, settle
from tests.scenarios.test_posting_once import LATE, NOT_TAKEN, TAKEN, wait
from tests.scenarios.test_quiz import HISTORY
from tests.scenarios.test_quiz_settings import initial_state, opened, submit

ON = "quiz on 09:30 mon-fri Europe/Berlin"


@pytest.fixture
def quiz(world: World) -> World:
    """A quiz that Ann set up."""
    world.slack.scopes |= HISTORY
    world.command(ON)
    world.slack.wait_for("chat.postMessage")
    world.slack.messages.clear()
    return world


def notices(world: World, channel: str = CHANNEL) -> list[str]:
    wait(world, 3)
    messages: list[dict[str, Any]] = world.slack.messages
    return [message["text"] for message in messages if message["channel"] == channel]


def test_a_change_is_announced_with_a_name_and_to_who_set_it_up(quiz: World) -> None:
    quiz.command_reply("quiz on 10:15", BEN)
    (announced,) = notices(quiz)
    assert announced.startswith(texts.quiz_changed_by(f"<@{BEN}>"))
    assert "10:15, Mon-Fri, Europe/Berlin" in announced
    assert notices(quiz, "D0ANN") == [texts.your_quiz(f"<@{BEN}>", f"<#{CHANNEL}>", ended=False)]
    subscription = quiz.store.subscriptions.get(TEAM, CHANNEL)
    assert subscription and subscription.created_by == ANN


def test_an_end_is_announced_too(quiz: World) -> None:
    quiz.command_reply("quiz off", BEN)
    assert notices(quiz) == [texts.quiz_ended_by(f"<@{BEN}>", "/aws")]
    assert notices(quiz, "D0ANN") == [texts.your_quiz(f"<@{BEN}>", f"<#{CHANNEL}>", ended=True)]
    quiz.command_reply("quiz off", BEN)
    assert len(notices(quiz)) == 1


def test_who_set_it_up_is_not_told_of_their_own_change(quiz: World) -> None:
    quiz.command_reply("quiz on 10:15", ANN)
    assert len(notices(quiz)) == 1
    assert notices(quiz, "D0ANN") == []


def test_saving_the_same_settings_again_announces_nothing(quiz: World) -> None:
    quiz.command_reply(ON, BEN)
    assert notices(quiz) == notices(quiz, "D0ANN") == []


def test_who_turns_it_on_again_has_set_it_up(quiz: World) -> None:
    quiz.command_reply("quiz off", BEN)
    notices(quiz)
    quiz.command("quiz on", BEN)
    settle(quiz)
    assert f"<@{BEN}>" in notices(quiz)[-1]
    subscription = quiz.store.subscriptions.get(TEAM, CHANNEL)
    assert subscription and subscription.created_by == BEN


def test_a_change_of_a_quiz_whose_owner_is_erased_names_only_who_changed_it(quiz: World) -> None:
    quiz.store.people.erase(TEAM, ANN)
    quiz.command_reply("quiz on 10:15", BEN)
    assert len(notices(quiz)) == 1
    assert ANN not in str(quiz.slack.messages)
    subscription = quiz.store.subscriptions.get(TEAM, CHANNEL)
    assert subscription and subscription.created_by == BEN


def test_nobody_who_is_erased_is_announced(quiz: World) -> None:
    quiz.command_reply("quiz on 10:15", BEN)
    quiz.store.people.erase(TEAM, BEN)
    assert notices(quiz) == notices(quiz, "D0ANN") == []


def test_an_announcement_follows_a_channel_to_its_new_id(quiz: World) -> None:
    quiz.command_reply("quiz on 10:15", BEN)
    quiz.store.move_channel(TEAM, CHANNEL, "C0SHARED")
    assert len(notices(quiz, "C0SHARED")) == 1
    assert notices(quiz, "D0ANN") == [texts.your_quiz(f"<@{BEN}>", "<#C0SHARED>", ended=False)]


@pytest.mark.parametrize("failure", [TAKEN, NOT_TAKEN, *LATE])
def test_an_announcement_comes_exactly_once(quiz: World, failure: Failure) -> None:
    quiz.slack.fail_next("chat.postMessage", failure)
    quiz.command_reply("quiz on 10:15", ANN)
    wait(quiz, 150)
    assert len(notices(quiz)) == 1


def test_an_announcement_that_slack_refuses_pauses_no_quiz(quiz: World) -> None:
    quiz.slack.fail_next("chat.postMessage", Failure(error="restricted_action"))
    quiz.command_reply("quiz on 10:15", ANN)
    assert notices(quiz) == []
    subscription = quiz.store.subscriptions.get(TEAM, CHANNEL)
    assert subscription and subscription.active


@pytest.mark.parametrize("text", ["quiz on 10:15", "quiz off", "quiz now"])
def test_only_members_change_a_quiz(quiz: World, text: str) -> None:
    quiz.slack.scopes |= {"channels:read", "groups:read"}
    quiz.slack.members[CHANNEL] = [ANN]
    assert quiz.command_reply(text, BEN)["text"] == texts.MEMBERS_ONLY
    assert notices(quiz) == notices(quiz, "D0ANN") == []
    subscription = quiz.store.subscriptions.get(TEAM, CHANNEL)
    assert subscription and subscription.active
    quiz.slack.members[CHANNEL] = [*(f"U{number}" for number in range(1500)), BEN]
    quiz.command(text, BEN)
    settle(quiz)
    assert len(notices(quiz)) == 1


def test_only_members_save_the_modal(quiz: World) -> None:
    quiz.slack.scopes |= {"channels:read", "groups:read"}
    quiz.slack.members[CHANNEL] = [BEN]
    view = opened(quiz)
    state = initial_state(view)
    state["at"]["quiz_at"]["selected_time"] = "10:15"
    submit(quiz, view, state)
    settle(quiz)
    assert quiz.responses(1)[-1]["text"] == texts.MEMBERS_ONLY
    subscription = quiz.store.subscriptions.get(TEAM, CHANNEL)
    assert subscription and f"{subscription.schedule.at:%H:%M}" == "09:30"
