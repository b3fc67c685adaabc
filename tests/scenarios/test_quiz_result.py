"""A pick that can be changed where it is shown, and what follows when the answer is out."""

from __future__ import annotations

from typing import Any

import pytest

from bot import messages
from bot.fake_slack.server import Failure
from bot.quiz import texts
from tests.scenarios.conftest import ANN, BEN, CHANNEL, TEAM, World, buttons, settle
from tests.scenarios.test_posting_once import LATE, NOT_TAKEN, TAKEN, posting, wait
from tests.scenarios.test_quiz import CAT, HISTORY, asked, press, reveal, right_letter, shown
from tests.scenarios.test_quiz_settings import initial_state, opened, submit


@pytest.fixture
def quiz(world: World) -> World:
    """A channel with a quiz at half past nine, and a token that reads the history."""
    world.slack.scopes |= HISTORY
    world.command("quiz on 09:30 mon-fri Europe/Berlin")
    world.slack.wait_for("chat.postMessage")
    world.slack.messages.clear()
    return world


def press_own(world: World, expected: dict[str, Any], name: str, user: str = ANN) -> dict[str, Any]:
    """Press a button of a message that only this person sees."""
    before = len(world.responses())
    container = {
        "type": "message", "message_ts": "300.1", "channel_id": CHANNEL, "is_ephemeral": True,
    }  # fmt: skip
    world.press(buttons(expected)[name], user, container=container)
    return world.responses(before + 1)[before]


def press_in_thread(world: World, message: dict[str, Any], user: str) -> dict[str, Any]:
    """Ask in the question's thread how one did."""
    before = len(world.responses())
    container = {
        "type": "message", "message_ts": message["ts"], "channel_id": message["channel"],
        "thread_ts": message["thread_ts"], "is_ephemeral": False,
    }  # fmt: skip
    world.press(buttons(message)[texts.HOW_DID_I_DO], user, container=container)
    return world.responses(before + 1)[before]


def replies_of(world: World) -> list[dict[str, Any]]:
    return [message for message in world.slack.messages if message["thread_ts"]]


def test_the_question_says_until_when_and_in_small_print_what_about(quiz: World) -> None:
    message = asked(quiz)
    small_print = message["blocks"][-1]["elements"][0]["text"]
    posted = posting(quiz)
    service = quiz.services.quizmaster.service_name(posted.question.service)
    assert small_print.startswith(f"{service} \u00b7 ")
    assert f"answer by <!date^{int(posted.reveal_at)}^{{time}}|17:00 (" in small_print
    assert "answer by 17:00" in message["text"]


def test_where_the_answer_comes_another_day_the_day_is_named(world: World) -> None:
    world.command("quiz on 09:30 mon-fri Europe/Berlin reveal next")
    world.slack.wait_for("chat.postMessage")
    message = asked(world)
    assert "^{date_short_pretty} at {time}|Tue 09:30 (" in shown(message)
    assert "answer by Tue 09:30 (" in message["text"]


def test_a_pick_is_changed_in_the_message_that_shows_it(quiz: World) -> None:
    message = asked(quiz)
    reply = press(quiz, message, "A")
    assert sorted(buttons(reply)) == ["B", "C", "D"]
    changed = press_own(quiz, reply, "C")
    assert changed["replace_original"] is True
    assert changed["text"].startswith("You picked C:")
    assert sorted(buttons(changed)) == ["A", "B", "D"]
    (given,) = quiz.store.answers.in_time(posting(quiz).id)
    assert (given.user, given.choice) == (ANN, 2)


def test_a_pick_changed_too_late_becomes_the_result(quiz: World) -> None:
    message = asked(quiz)
    right = right_letter(quiz, message)
    wrong = "B" if right == "A" else "A"
    reply = press(quiz, message, wrong)
    reveal(quiz)
    result = press_own(quiz, reply, right)
    assert result["replace_original"] is True
    assert messages.too_late(right) in result["text"]
    (given,) = quiz.store.answers.in_time(posting(quiz).id)
    assert given.choice == "ABCD".index(wrong)


def test_a_press_on_ones_own_message_is_not_taken_for_the_question(quiz: World) -> None:
    message = asked(quiz)
    reply = press(quiz, message, "A")
    quiz.slack.scopes -= HISTORY
    quiz.slack.fail_next("chat.postMessage", TAKEN)
    second = asked(quiz, "2026-11-24T09:30:00+01:00")
    wait(quiz, 20)
    unknown = quiz.store.postings.latest(TEAM, CHANNEL)
    assert unknown and unknown.ts is None and second["ts"] != message["ts"]
    forged = {**buttons(reply)["B"], "value": buttons(second)["A"]["value"]}
    press_own(quiz, {"blocks": [{"elements": [forged]}]}, "B")
    settle(quiz)
    latest = quiz.store.postings.latest(TEAM, CHANNEL)
    assert latest and latest.ts is None


def test_the_answer_is_announced_in_the_thread_and_tells_each_person_alone(quiz: World) -> None:
    message = asked(quiz)
    right = right_letter(quiz, message)
    wrong = "B" if right == "A" else "A"
    for user, letter in ((ANN, right), (BEN, wrong)):
        press(quiz, message, letter, user)
        quiz.wall_clock.now += 1
    reveal(quiz)
    (reply,) = replies_of(quiz)
    assert (reply["channel"], reply["thread_ts"]) == (CHANNEL, message["ts"])
    assert reply["text"].startswith(f"{messages.RIGHT_ANSWER} {right}: ")
    assert reply["text"].endswith("1 of 2 got it right.")
    assert "<@" not in shown(reply)
    own = press_in_thread(quiz, reply, ANN)
    assert own["text"] == f"You picked {right}. That's right."
    assert (own["response_type"], own["thread_ts"]) == ("ephemeral", message["ts"])
    not_right = press_in_thread(quiz, reply, BEN)["text"]
    assert not_right.startswith(
        f"You picked {wrong}. That's not right. {messages.RIGHT_ANSWER} {right}: "
    )
    assert press_in_thread(quiz, reply, CAT)["text"].startswith(texts.YOU_DID_NOT_ANSWER)
    wait(quiz, 30)
    assert len(replies_of(quiz)) == 1


def test_a_streak_is_told_with_ones_own_answer(quiz: World) -> None:
    for date in ("2026-11-23", "2026-11-24"):
        message = asked(quiz, f"{date}T09:30:00+01:00")
        press(quiz, message, right_letter(quiz, message))
        reveal(quiz, date)
    first, second = replies_of(quiz)
    assert press_in_thread(quiz, second, ANN)["text"].endswith("right. That's 2 in a row.")
    assert press_in_thread(quiz, first, ANN)["text"].endswith("That's right.")


def test_a_question_that_nobody_answered_gets_no_reply(quiz: World) -> None:
    asked(quiz)
    reveal(quiz)
    wait(quiz, 10)
    assert replies_of(quiz) == []


@pytest.mark.parametrize("value", ["", "x", "0", "999", "99999999999", "\u0661"])
def test_a_button_of_a_question_that_is_gone_is_answered(quiz: World, value: str) -> None:
    message = asked(quiz)
    press(quiz, message, "A")
    reveal(quiz)
    (reply,) = replies_of(quiz)
    name = {"type": "plain_text", "text": texts.HOW_DID_I_DO}
    forged = {"type": "button", "action_id": "quiz_mine", "value": value, "text": name}
    reply["blocks"] = [{"type": "actions", "elements": [forged]}]
    assert press_in_thread(quiz, reply, ANN)["text"] == messages.QUIZ_GONE


def test_an_open_question_does_not_tell_its_answer_by_that_button(quiz: World) -> None:
    message = asked(quiz)
    press(quiz, message, "A")
    forged = {**buttons(message)["A"], "action_id": "quiz_mine", "value": str(posting(quiz).id)}
    own = press_own(quiz, {"blocks": [{"elements": [forged]}]}, "A")
    assert own["text"] == messages.QUIZ_GONE


@pytest.mark.parametrize("failure", [TAKEN, NOT_TAKEN, *LATE])
def test_the_reply_in_the_thread_comes_exactly_once(quiz: World, failure: Failure) -> None:
    press(quiz, asked(quiz), "A")
    quiz.slack.fail_next("chat.postMessage", failure)
    quiz.wall_clock.move_to("2026-11-23T17:00:00+01:00")
    quiz.clock.tick()
    wait(quiz, 150)
    assert len(replies_of(quiz)) == 1


def test_without_the_history_a_reply_of_unknown_outcome_is_not_repeated(quiz: World) -> None:
    quiz.slack.scopes -= HISTORY
    press(quiz, asked(quiz), "A")
    quiz.slack.fail_next("chat.postMessage", NOT_TAKEN)
    quiz.wall_clock.move_to("2026-11-23T17:00:00+01:00")
    quiz.clock.tick()
    wait(quiz, 150)
    assert replies_of(quiz) == []
    assert messages.RIGHT_ANSWER in quiz.slack.messages[-1]["text"]
    subscription = quiz.store.subscriptions.get(TEAM, CHANNEL)
    assert subscription and subscription.active


def test_a_reply_that_slack_refuses_pauses_no_quiz(quiz: World) -> None:
    press(quiz, asked(quiz), "A")
    quiz.slack.fail_next("chat.postMessage", Failure(error="cannot_reply_to_message"))
    quiz.wall_clock.move_to("2026-11-23T17:00:00+01:00")
    quiz.clock.tick()
    wait(quiz, 30)
    assert replies_of(quiz) == []
    subscription = quiz.store.subscriptions.get(TEAM, CHANNEL)
    assert subscription and subscription.active


def test_the_reply_goes_to_the_channel_too_if_the_settings_say_so(quiz: World) -> None:
    view = opened(quiz)
    state = initial_state(view)
    options = state["weekly"]["quiz_weekly"]["selected_options"]
    assert [option["value"] for option in options] == ["weekly"]
    options.append({"text": {"type": "plain_text", "text": "x"}, "value": "broadcast"})
    assert submit(quiz, view, state) == {}
    settle(quiz)
    saved = quiz.store.subscriptions.get(TEAM, CHANNEL)
    assert saved and saved.broadcast and saved.standings
    quiz.command("quiz on 09:30")
    settle(quiz)
    quiz.clock.tick()  # the notice that the quiz was changed
    quiz.slack.messages.clear()
    message = asked(quiz)
    press(quiz, message, "A")
    reveal(quiz)
    quiz.clock.tick()
    (reply,) = replies_of(quiz)
    assert reply["subtype"] == "thread_broadcast"


def test_otherwise_it_stays_in_the_thread(quiz: World) -> None:
    message = asked(quiz)
    press(quiz, message, "A")
    reveal(quiz)
    quiz.clock.tick()
    (reply,) = replies_of(quiz)
    assert "subtype" not in reply
