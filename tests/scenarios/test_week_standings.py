"""One message at the end of the week says how the channel's quiz went."""

from __future__ import annotations

from typing import Any

import pytest

from bot.fake_slack.server import Failure
from bot.quiz import texts
from tests.scenarios.conftest import ANN, BEN, CHANNEL, TEAM, World, settle
from tests.scenarios.test_posting_once import LATE, NOT_TAKEN, TAKEN, wait
from tests.scenarios.test_quiz import CAT, HISTORY, asked, press, reveal, right_letter
from tests.scenarios.test_quiz_settings import initial_state, opened, submit

THURSDAY, FRIDAY = "2026-11-26", "2026-11-27"


@pytest.fixture
def quiz(world: World) -> World:
    """A quiz on working days, on Wednesday evening."""
    world.slack.scopes |= HISTORY
    world.wall_clock.move_to("2026-11-25T19:00:00+01:00")
    world.command("quiz on 09:30 mon-fri Europe/Berlin")
    world.slack.wait_for("chat.postMessage")
    return world


def ask(world: World, day: str, right: tuple[str, ...], wrong: tuple[str, ...] = ()) -> None:
    """The day's question, answered by these."""
    message = asked(world, f"{day}T09:30:00+01:00")
    letter = right_letter(world, message)
    for user in right:
        press(world, message, letter, user)
    for user in wrong:
        press(world, message, "B" if letter == "A" else "A", user)


def standings(world: World) -> list[dict[str, Any]]:
    found = [item for item in world.slack.messages if texts.WEEK_TITLE in item["text"]]
    assert {message["channel"] for message in found} <= {CHANNEL}
    return found


def test_after_the_weeks_last_answer_the_standings_come_once(quiz: World) -> None:
    ask(quiz, THURSDAY, (ANN, BEN), (CAT,))
    reveal(quiz, THURSDAY)
    wait(quiz, 90)
    assert standings(quiz) == []
    quiz.command_reply("leaderboard off", BEN)
    ask(quiz, FRIDAY, (ANN, BEN), (CAT, "U0DAN"))
    question = quiz.store.postings.latest(TEAM, CHANNEL)
    assert question
    reveal(quiz, FRIDAY)
    assert standings(quiz) == []
    wait(quiz, 90)
    (reply,) = standings(quiz)
    lines = reply["text"].splitlines()
    assert lines[1] == f"1. <@{ANN}> 2 of 2 right"
    assert f"{texts.LONGEST_STREAKS} <@{ANN}> 2" in lines
    assert f"Most missed: {question.question.text} (2 of 4 got it right)" in lines
    assert lines[-1].startswith("Next week's theme: ")
    assert not any(user in reply["text"] for user in (BEN, CAT, "U0DAN"))
    wait(quiz, 90)
    quiz.wall_clock.move_to("2026-11-29T12:00:00+01:00")
    quiz.clock.tick()
    assert len(standings(quiz)) == 1


def test_a_week_without_answers_has_no_standings(quiz: World) -> None:
    ask(quiz, FRIDAY, ())
    reveal(quiz, FRIDAY)
    wait(quiz, 90)
    assert standings(quiz) == []


def test_a_week_in_which_nobody_was_right_ranks_nobody(quiz: World) -> None:
    ask(quiz, FRIDAY, (), (ANN,))
    reveal(quiz, FRIDAY)
    wait(quiz, 90)
    (reply,) = standings(quiz)
    assert texts.NOBODY_WAS_RIGHT in reply["text"]
    assert ANN not in reply["text"]


def test_where_the_last_answer_comes_on_monday_the_standings_do_not_wait(world: World) -> None:
    world.slack.scopes |= HISTORY
    world.wall_clock.move_to("2026-11-25T19:00:00+01:00")
    world.command("quiz on 09:30 mon-fri Europe/Berlin reveal next")
    world.slack.wait_for("chat.postMessage")
    ask(world, THURSDAY, (ANN,))
    ask(world, FRIDAY, (ANN,))
    world.wall_clock.move_to(f"{FRIDAY}T16:59:59+01:00")
    world.clock.tick()
    assert standings(world) == []
    wait(world, 2)
    (reply,) = standings(world)
    assert f"1. <@{ANN}> 1 of 1 right" in reply["text"]


def test_a_channel_that_wants_none_gets_none(quiz: World) -> None:
    view = opened(quiz)
    state = initial_state(view)
    assert len(state["weekly"]["quiz_weekly"]["selected_options"]) == 1
    state["weekly"]["quiz_weekly"]["selected_options"] = []
    submit(quiz, view, state)
    settle(quiz)
    quiz.command_reply("quiz on 09:30", ANN)
    subscription = quiz.store.subscriptions.get(TEAM, CHANNEL)
    assert subscription and not subscription.standings
    wait(quiz, 3)
    ask(quiz, FRIDAY, (ANN,))
    reveal(quiz, FRIDAY)
    wait(quiz, 90)
    assert standings(quiz) == []


def test_a_modal_of_an_earlier_version_changes_nothing_about_them(quiz: World) -> None:
    view = opened(quiz)
    state = initial_state(view)
    del state["weekly"]
    submit(quiz, view, state)
    settle(quiz)
    subscription = quiz.store.subscriptions.get(TEAM, CHANNEL)
    assert subscription and subscription.standings


def test_a_quiz_that_was_turned_off_has_no_standings(quiz: World) -> None:
    ask(quiz, FRIDAY, (ANN,))
    reveal(quiz, FRIDAY)
    assert quiz.command_reply("quiz off")["text"] == texts.quiz_off("/aws")
    wait(quiz, 90)
    assert standings(quiz) == []


@pytest.mark.parametrize("failure", [TAKEN, NOT_TAKEN, *LATE])
def test_the_standings_come_exactly_once(quiz: World, failure: Failure) -> None:
    ask(quiz, FRIDAY, (ANN,))
    reveal(quiz, FRIDAY)
    wait(quiz, 30)
    quiz.slack.fail_next("chat.postMessage", failure)
    wait(quiz, 200)
    assert len(standings(quiz)) == 1


def test_the_settings_name_their_channel(quiz: World) -> None:
    assert opened(quiz)["blocks"][0]["text"]["text"] == f"For <#{CHANNEL}>"


@pytest.mark.parametrize(("back_at", "comes"), [("2026-11-29T23:00", 1), ("2026-11-30T00:01", 0)])
def test_after_an_outage_they_come_as_long_as_the_week_lasts(
    quiz: World, back_at: str, comes: int
) -> None:
    ask(quiz, FRIDAY, (ANN,))
    reveal(quiz, FRIDAY)
    quiz.wall_clock.move_to(f"{back_at}:00+01:00")
    wait(quiz, 3)
    assert len(standings(quiz)) == comes
