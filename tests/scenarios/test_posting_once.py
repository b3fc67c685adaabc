"""A question and its answer reach the channel exactly once, whatever Slack says and when."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from bot import messages
from bot.fake_slack.server import Failure
from bot.quiz import texts
from bot.slack.unknown_outcome import REPEAT_AFTER_SECONDS
from bot.store.deliveries import DeliveryKind, DeliveryOutcome
from bot.store.postings import Posting
from tests.scenarios.conftest import ANN, BEN, CHANNEL, DIRECT, TEAM, World
from tests.scenarios.test_quiz import HISTORY, asked, day, newest, press, reveal, right_letter

HTML = "<html>Bad gateway at 10.0.0.7</html>"
TAKEN = Failure(status=500, carried_out=True)
NOT_TAKEN = Failure(status=500)
UNREADABLE_TAKEN = Failure(raw_body=HTML, carried_out=True)
UNREADABLE_NOT_TAKEN = Failure(status=502, raw_body=HTML)
LATE = tuple(Failure(error="internal_error", late_seconds=seconds) for seconds in (8.0, 20.0, 40.0))


@pytest.fixture
def quiz(world: World) -> World:
    """A channel with a quiz at half past nine, Berlin time, and the default scopes."""
    world.command("quiz on 09:30 mon-fri Europe/Berlin")
    world.slack.wait_for("chat.postMessage")
    world.slack.messages.clear()
    return world


@pytest.fixture
def reading(quiz: World) -> World:
    """The same with the optional scopes, so that the history may be read."""
    quiz.slack.scopes |= HISTORY
    return quiz


def wait(world: World, seconds: int) -> None:
    """Let time go by, with a clock that ticks."""
    for _ in range(seconds):
        world.wall_clock.now += 1
        world.slack.catch_up()
        world.clock.tick()


def posting(world: World) -> Posting:
    found = world.store.postings.latest(TEAM, CHANNEL)
    assert found
    return found


def posts(world: World) -> int:
    return sum(call.method == "chat.postMessage" for call in world.slack.calls) - 1


@pytest.mark.parametrize(
    "failure", [TAKEN, NOT_TAKEN, UNREADABLE_TAKEN, UNREADABLE_NOT_TAKEN, *LATE]
)
def test_with_the_history_a_question_is_neither_lost_nor_doubled(
    reading: World, failure: Failure
) -> None:
    reading.slack.fail_next("chat.postMessage", failure)
    reading.wall_clock.move_to("2026-11-23T09:30:00+01:00")
    reading.clock.tick()
    wait(reading, 150)
    (message,) = reading.slack.messages
    assert posting(reading).ts == message["ts"]
    assert posts(reading) == (1 if failure not in (NOT_TAKEN, UNREADABLE_NOT_TAKEN) else 2)


def test_nothing_is_repeated_before_over_a_minute_has_passed(reading: World) -> None:
    reading.slack.fail_next("chat.postMessage", NOT_TAKEN)
    reading.wall_clock.move_to("2026-11-23T09:30:00+01:00")
    reading.clock.tick()
    wait(reading, int(REPEAT_AFTER_SECONDS) - 1)
    assert posts(reading) == 1
    wait(reading, 10)
    assert posts(reading) == 2


@pytest.mark.parametrize("failure", [TAKEN, UNREADABLE_TAKEN, *LATE])
def test_without_the_history_the_first_press_tells_which_message_it_is(
    quiz: World, failure: Failure
) -> None:
    quiz.slack.fail_next("chat.postMessage", failure)
    quiz.wall_clock.move_to("2026-11-23T09:30:00+01:00")
    quiz.clock.tick()
    wait(quiz, 150)
    (message,) = quiz.slack.messages
    assert (posts(quiz), posting(quiz).ts) == (1, None)
    assert press(quiz, message, "A")["text"].startswith("You picked A:")
    assert posting(quiz).ts == message["ts"]
    assert "Slack didn't say" not in quiz.command_reply("quiz status")["text"]
    reveal(quiz)
    revealed, reply = quiz.slack.messages
    assert messages.RIGHT_ANSWER in revealed["text"]
    assert "of 1 got it right" in revealed["text"]
    assert reply["thread_ts"] == revealed["ts"] == message["ts"]


def test_a_question_that_nobody_presses_is_lost_and_the_log_and_the_status_say_so(
    quiz: World, caplog: pytest.LogCaptureFixture
) -> None:
    quiz.slack.fail_next("chat.postMessage", NOT_TAKEN)
    asked_at = "2026-11-23T09:30:00+01:00"
    quiz.wall_clock.move_to(asked_at)
    quiz.clock.tick()
    wait(quiz, 150)
    assert (posts(quiz), quiz.slack.messages) == (1, [])
    assert "never confirmed" in caplog.text
    assert texts.question_unconfirmed(day(quiz)) in quiz.command_reply("quiz status")["text"]
    reveal(quiz)
    assert "a question was lost" in caplog.text
    assert texts.question_lost(day(quiz)) in quiz.command_reply("quiz status")["text"]
    quiz.wall_clock.move_to("2026-11-24T09:30:00+01:00")
    quiz.clock.tick()
    assert len(quiz.slack.messages) == 1
    assert "question of" not in quiz.command_reply("quiz status")["text"]


def test_a_lost_day_breaks_no_streak(quiz: World) -> None:
    for date in ("2026-11-23", "2026-11-24", "2026-11-25"):
        if date == "2026-11-24":
            quiz.slack.fail_next("chat.postMessage", NOT_TAKEN)
            quiz.wall_clock.move_to(f"{date}T09:30:00+01:00")
            quiz.clock.tick()
        else:
            message = asked(quiz, f"{date}T09:30:00+01:00")
            press(quiz, message, right_letter(quiz, message))
        reveal(quiz, date)
    assert f"<@{ANN}> 2" in str(newest(quiz))


def test_a_press_after_the_end_still_brings_the_answer_into_the_channel(quiz: World) -> None:
    quiz.slack.fail_next("chat.postMessage", TAKEN)
    quiz.wall_clock.move_to("2026-11-23T09:30:00+01:00")
    quiz.clock.tick()
    (message,) = quiz.slack.messages
    message = dict(message)
    wait(quiz, 20)
    reveal(quiz)
    assert messages.RIGHT_ANSWER not in quiz.slack.messages[0]["text"]
    assert "counts only toward your own review" in press(quiz, message, "A")["text"]
    wait(quiz, 2)
    assert messages.RIGHT_ANSWER in quiz.slack.messages[0]["text"]


@pytest.mark.parametrize("failure", [TAKEN, NOT_TAKEN, *LATE])
def test_an_answer_that_is_a_message_of_its_own_comes_once(
    reading: World, failure: Failure
) -> None:
    asked(reading)
    reading.slack.failure_for = lambda method: (
        Failure(error="edit_window_closed") if method == "chat.update" else None
    )
    reading.slack.fail_next("chat.postMessage", failure)
    reading.wall_clock.move_to("2026-11-23T17:00:00+01:00")
    reading.clock.tick()
    wait(reading, 3)
    reading.slack.fail_next("chat.update", Failure(status=429, retry_after=2))
    wait(reading, 150)
    assert len(reading.slack.messages) == 2
    assert messages.RIGHT_ANSWER in reading.slack.messages[-1]["text"]


@pytest.mark.parametrize(("before", "late"), [(5, 8.0), (5, 40.0), (20, 30.0)])
def test_a_count_that_is_carried_out_late_does_not_hide_the_answer(
    quiz: World, before: int, late: float
) -> None:
    message = asked(quiz)
    quiz.wall_clock.move_to("2026-11-23T17:00:00+01:00")
    quiz.wall_clock.now -= before
    press(quiz, message, "A")
    quiz.slack.fail_next("chat.update", Failure(error="internal_error", late_seconds=late))
    wait(quiz, before + 1)
    assert messages.RIGHT_ANSWER in newest(quiz)["text"], "it comes at its time"
    wait(quiz, 150)
    assert messages.RIGHT_ANSWER in newest(quiz)["text"]


def test_a_question_of_unknown_outcome_is_not_repeated_once_the_quiz_is_off(
    reading: World,
) -> None:
    reading.slack.fail_next("chat.postMessage", NOT_TAKEN)
    reading.wall_clock.move_to("2026-11-23T09:30:00+01:00")
    reading.clock.tick()
    reading.command_reply("quiz off")
    wait(reading, 150)
    (reply,) = reading.slack.messages
    assert "turned off this channel's quiz" in reply["text"]


def test_scopes_that_were_taken_back_lose_the_question_but_not_the_quiz(reading: World) -> None:
    reading.slack.fail_next("chat.postMessage", NOT_TAKEN)
    reading.wall_clock.move_to("2026-11-23T09:30:00+01:00")
    reading.clock.tick()
    reading.slack.scopes -= HISTORY
    wait(reading, 150)
    assert posts(reading) == 1
    outcome = reading.store.deliveries.outcome(DeliveryKind.QUESTION, str(posting(reading).id))
    assert outcome == DeliveryOutcome.UNCONFIRMED
    subscription = reading.store.subscriptions.get(TEAM, CHANNEL)
    assert subscription and subscription.active


def test_a_history_that_is_rate_limited_stops_no_other_message(reading: World) -> None:
    reading.slack.failure_for = lambda method: (
        Failure(status=429, retry_after=60) if method == "conversations.history" else None
    )
    reading.slack.fail_next("chat.postMessage", TAKEN)
    reading.wall_clock.move_to("2026-11-23T09:30:00+01:00")
    reading.clock.tick()
    wait(reading, 10)
    reading.command("quiz now", channel="C0OTHER")
    reading.slack.wait_for("chat.postMessage", 3)
    reading.slack.failure_for = lambda method: None
    wait(reading, 150)
    assert [message["channel"] for message in reading.slack.messages] == [CHANNEL, "C0OTHER"]


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update"])
def test_an_error_that_nobody_knows_pauses_the_quiz_after_a_few_tries(
    quiz: World, method: str
) -> None:
    new = Failure(error="channel_has_gone_fishing")
    refuse = {"on": False}
    quiz.slack.failure_for = lambda called: new if refuse["on"] and called == method else None
    if method == "chat.update":
        asked(quiz)
        quiz.wall_clock.move_to("2026-11-23T17:00:00+01:00")
    else:
        quiz.wall_clock.move_to("2026-11-23T09:30:00+01:00")
    before = sum(call.method == method for call in quiz.slack.calls)
    refuse["on"] = True
    tried_at: list[float] = []
    for _ in range(120):
        quiz.clock.tick()
        tried = sum(call.method == method for call in quiz.slack.calls) - before
        tried_at += [quiz.wall_clock.now] * (tried - len(tried_at))
        if tried >= 4:
            refuse["on"] = False
        quiz.wall_clock.now += 1
    subscription = quiz.store.subscriptions.get(TEAM, CHANNEL)
    assert subscription and subscription.paused_for == "channel_has_gone_fishing"
    waits = [later - earlier for earlier, later in zip(tried_at, tried_at[1:], strict=False)]
    assert [round(wait) for wait in waits[:3]] == [5, 10, 20]
    reply = [message for message in quiz.slack.messages if message["channel"] == DIRECT]
    assert len(reply) == 1
    assert "channel_has_gone_fishing" in reply[0]["text"]


def test_errors_that_go_away_lose_nothing_however_many_others_came_before(quiz: World) -> None:
    for error in (*["ratelimited"] * 4, "channel_has_gone_fishing", "org_has_gone_fishing"):
        quiz.slack.fail_next("chat.postMessage", Failure(error=error))
    quiz.wall_clock.move_to("2026-11-23T09:30:00+01:00")
    quiz.clock.tick()
    wait(quiz, 120)
    assert len(quiz.slack.messages) == 1
    assert posting(quiz).ts


def everything(world: World) -> str:
    with world.store.engine.connect() as db:
        tables = db.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        return str([db.exec_driver_sql(f'SELECT * FROM "{name}"').all() for name in tables.all()])


@pytest.mark.parametrize(
    "text",
    ["<b>zebra</b>", '{"zebra', '["zebra"]', '{"ok": true, "channel": "C0TEAM", "ts": "zebra"}'],
)
def test_a_response_that_cannot_be_read_is_quoted_nowhere(
    reading: World, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    reading.slack.fail_next("chat.postMessage", Failure(raw_body=text))
    reading.wall_clock.move_to("2026-11-23T09:30:00+01:00")
    reading.clock.tick()
    ours = [record for record in caplog.records if record.name.startswith("bot")]
    reply = str([vars(record) for record in ours])
    assert "unreadable_response" in reply
    assert "zebra" not in reply
    assert "zebra" not in everything(reading)
    wait(reading, 150)
    assert len(reading.slack.messages) == 1


def test_a_slack_out_of_reach_loses_nothing(quiz: World, monkeypatch: pytest.MonkeyPatch) -> None:
    installation: Any = quiz.services.sender._installations.find(TEAM)
    there = installation.client.base_url
    installation.client.base_url = "http://127.0.0.1:9/api/"
    quiz.wall_clock.move_to("2026-11-23T09:30:00+01:00")
    quiz.clock.tick()
    wait(quiz, 20)
    installation.client.base_url = there
    wait(quiz, 60)
    assert len(quiz.slack.messages) == 1
    assert posting(quiz).ts
    assert BEN not in str(quiz.slack.messages)
