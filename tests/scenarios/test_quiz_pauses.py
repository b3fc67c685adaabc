"""A quiz pauses until a day, or on public holidays, and then goes on, exactly once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from bot.quiz import texts
from bot.quiz.subscription import UNREADABLE
from bot.store.tables import subscriptions
from bot.views.quiz_breaks import NONE
from tests.scenarios.conftest import ANN, BEN, CHANNEL, TEAM, World, buttons, settle
from tests.scenarios.test_posting_once import wait
from tests.scenarios.test_quiz import HISTORY, asked, press, reveal, right_letter
from tests.scenarios.test_quiz_settings import chosen, initial_state, opened, submit

UNTIL = date(2027, 1, 5)
PAUSE = "quiz pause until 2027-01-05"
SHOWN = "Paused until Tuesday, January 5, 2027"
GERMAN = "No questions on public holidays in Germany"


@pytest.fixture
def quiz(make_world: Callable[..., World], url: str) -> World:
    """A quiz that Ann set up, on SQLite and on PostgreSQL."""
    world = make_world(database_url=url)
    set_up(world)
    return world


def set_up(world: World) -> None:
    world.slack.scopes |= HISTORY
    world.command("quiz on 09:30 mon-fri Europe/Berlin")
    settle(world)
    world.slack.messages.clear()


def questions(world: World) -> list[dict[str, Any]]:
    """What was posted with options to press, as it was then."""
    posts = [call.body for call in world.slack.calls if call.method == "chat.postMessage"]
    return [body for body in posts if "A" in buttons(body)]


def subscription(world: World) -> Any:
    return world.store.subscriptions.get(TEAM, CHANNEL)


def days(world: World, *moments: str) -> list[int]:
    """How many questions there are after each of these moments."""
    counts = []
    for moment in moments:
        world.wall_clock.move_to(f"{moment}+01:00")
        world.clock.tick()
        wait(world, 2)
        counts.append(len(questions(world)))
    return counts


def test_it_pauses_until_a_day_and_goes_on_once(
    quiz: World, make_world: Callable[..., World], url: str
) -> None:
    assert SHOWN in quiz.command_reply(PAUSE)["text"]
    other = make_world(database_url=url)
    other.clock.tick()
    assert (
        days(quiz, "2026-11-23T09:30:00", "2026-12-15T09:30:00", "2027-01-04T09:30:00") == [0] * 3
    )
    other.wall_clock.move_to("2027-01-05T09:30:00+01:00")
    other.clock.tick()
    assert days(quiz, "2027-01-05T09:30:01", "2027-01-05T12:00:00") == [1, 1]
    assert days(other, "2027-01-06T09:30:00") == [2]
    assert subscription(quiz).active and subscription(quiz).schedule.paused_until is None


def test_it_skips_public_holidays(quiz: World) -> None:
    assert GERMAN in quiz.command_reply("quiz holidays Germany")["text"]
    assert days(
        quiz, "2026-12-24T09:30:00", "2026-12-25T09:30:00", "2026-12-28T09:30:00"
    ) == [1, 1, 2]  # fmt: skip


def test_a_pause_that_is_over_is_no_change_and_not_shown(quiz: World) -> None:
    quiz.command_reply(PAUSE)
    days(quiz, "2027-01-11T08:00:00")
    before = len(quiz.slack.messages)
    assert "Paused" not in quiz.command_reply("quiz status")["text"]
    quiz.command_reply("quiz on 09:30 mon-fri Europe/Berlin")
    wait(quiz, 2)
    assert len(quiz.slack.messages) == before


def test_a_question_that_an_earlier_version_planned_for_a_pause_is_left_out(quiz: World) -> None:
    quiz.command_reply(PAUSE)
    due_at = quiz.wall_clock() + 60
    with quiz.store.engine.begin() as db:
        db.execute(update(subscriptions).values(next_day="2026-11-23", next_at=due_at))
    assert days(quiz, "2026-11-23T09:30:00", "2027-01-05T09:30:00") == [0, 1]


@pytest.mark.parametrize(
    "damage", [{"paused_until": "soon"}, {"holidays": "XX"}, {"paused_until": "2027-13-01"}]
)
def test_breaks_that_make_no_sense_pause_the_quiz(quiz: World, damage: dict[str, str]) -> None:
    with quiz.store.engine.begin() as db:
        db.execute(update(subscriptions).values(**damage))
    assert days(quiz, "2026-11-23T09:30:00") == [0]
    assert subscription(quiz).paused_for == UNREADABLE


@pytest.fixture
def team(world: World) -> World:
    set_up(world)
    return world


def test_resuming_asks_again_from_then_on(team: World) -> None:
    team.command_reply(PAUSE)
    assert days(team, "2026-11-24T08:00:00") == [0]
    assert texts.QUIZ_CHANGED in team.command_reply("quiz resume")["text"]
    assert days(team, "2026-11-24T09:30:00", "2026-11-24T12:00:00") == [1, 1]
    assert team.command_reply("quiz resume")["text"] == texts.not_paused("/aws")


def test_bare_quiz_on_ends_a_pause_and_a_schedule_keeps_it(team: World) -> None:
    team.command_reply(PAUSE)
    assert SHOWN in team.command_reply("quiz on 10:15")["text"]
    assert subscription(team).schedule.paused_until == UNTIL
    team.command_reply("quiz on")
    assert subscription(team).schedule.paused_until is None


def test_a_quiz_that_was_off_begins_without_its_old_pause(team: World) -> None:
    team.command_reply(PAUSE)
    team.command_reply("quiz off")
    team.command("quiz on 10:15")
    settle(team)
    assert subscription(team).schedule.paused_until is None


def test_a_pause_is_announced_with_a_name_and_to_who_set_it_up(team: World) -> None:
    team.command_reply(PAUSE, BEN)
    wait(team, 3)
    told, announced = sorted(team.slack.messages, key=lambda message: message["channel"] == CHANNEL)
    assert announced["text"].startswith(texts.quiz_changed_by(f"<@{BEN}>"))
    assert SHOWN in announced["text"]
    assert told["channel"] == "D0ANN"
    assert subscription(team).created_by == ANN


def test_a_question_that_was_asked_gets_its_answer_during_a_pause(team: World) -> None:
    asked(team)
    team.command_reply(PAUSE)
    reveal(team)
    posting = team.store.postings.latest(TEAM, CHANNEL)
    assert posting and posting.closed_at is not None
    assert [message["edited"] for message in team.slack.messages if message["ts"] == posting.ts]


def test_a_question_that_nobody_has_seen_is_withdrawn(team: World) -> None:
    team.wall_clock.move_to("2026-11-23T09:29:55+01:00")
    team.clock.tick()  # plans the question
    team.command_reply(PAUSE)
    assert days(team, "2026-11-23T09:30:00", "2026-11-23T12:00:00") == [0, 0]


def test_status_and_home_show_the_breaks(team: World) -> None:
    team.command_reply(PAUSE)
    team.command_reply("quiz holidays germany")
    status = team.command_reply("quiz status")["text"]
    assert SHOWN in status and GERMAN in status
    team.event({"type": "app_home_opened", "user": ANN, "tab": "home", "channel": "D0ANN"})
    (call,) = team.slack.wait_for("views.publish")
    shown = json.dumps(call.body["view"])
    assert SHOWN in shown and GERMAN in shown


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("quiz pause", texts.PAUSE_USAGE), ("pause the quiz", texts.PAUSE_USAGE),
        ("quiz pause until yesterday", texts.DATES), ("quiz pause 2020-01-01", texts.PAUSE_OVER),
        ("quiz holidays", texts.HOLIDAYS_USAGE), ("quiz holidays atlantis", texts.HOLIDAYS_USAGE),
    ],
)  # fmt: skip
def test_what_cannot_be_read_gets_the_next_step(team: World, typed: str, sentence: str) -> None:
    assert sentence in team.command_reply(typed)["text"]
    assert subscription(team).schedule.paused_until is None


@pytest.mark.parametrize("typed", [PAUSE, "quiz holidays germany", "quiz resume"])
def test_without_a_quiz_there_is_nothing_to_pause(world: World, typed: str) -> None:
    assert world.command_reply(typed)["text"] == texts.no_quiz("/aws")


@pytest.mark.parametrize("typed", [PAUSE, "quiz holidays germany", "quiz resume"])
def test_only_members_pause_a_quiz(team: World, typed: str) -> None:
    team.slack.scopes |= {"channels:read", "groups:read"}
    team.slack.members[CHANNEL] = [ANN]
    assert team.command_reply(typed, BEN)["text"] == texts.MEMBERS_ONLY


def test_a_streak_survives_a_pause(team: World) -> None:
    for moment in ("2026-11-23T09:30:00", "2027-01-05T09:30:00"):
        message = asked(team, f"{moment}+01:00")
        press(team, message, right_letter(team, message))
        reveal(team, moment[:10])
        if moment.startswith("2026"):
            team.command_reply(PAUSE)
    assert team.store.postings.streaks(TEAM, CHANNEL) == {ANN: 2}


def save(world: World, **values: dict[str, Any]) -> dict[str, Any]:
    """Open the modal, enter something, and save it."""
    world.slack.views.clear()
    world.command("quiz")
    settle(world)
    (view,) = world.slack.views.values()
    state = initial_state(view)
    for name, value in values.items():
        state[name][f"quiz_{name}"] |= value
    answer = submit(world, view, state)
    settle(world)
    return answer


def test_the_modal_pauses_and_skips_holidays(team: World) -> None:
    assert save(team, pause={"selected_date": "2027-01-05"}, holidays=chosen("x", "DE")) == {}
    schedule = subscription(team).schedule
    assert (schedule.paused_until, schedule.holidays) == (UNTIL, "DE")
    assert save(team) == {}
    assert subscription(team).schedule == schedule
    assert save(team, pause={"selected_date": None}, holidays=chosen("x", NONE)) == {}
    schedule = subscription(team).schedule
    assert (schedule.paused_until, schedule.holidays) == (None, "")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("pause", {"selected_date": "2029-01-05"}, texts.PAUSE_TOO_LONG),
        ("pause", {"selected_date": "soon"}, texts.DATES),
        ("holidays", chosen("?", "XX"), texts.NEED_COUNTRY),
    ],
)
def test_the_modal_says_what_is_wrong(
    team: World, name: str, value: dict[str, Any], sentence: str
) -> None:
    answer = save(team, **{name: value})
    assert answer["errors"] == {name: sentence}


def test_a_modal_of_an_earlier_version_keeps_the_breaks(team: World) -> None:
    team.command_reply(PAUSE)
    team.slack.views.clear()
    opened(team)
    settle(team)
    view = next(iter(team.slack.views.values()))
    state = initial_state(view)
    del state["pause"], state["holidays"]
    submit(team, view, state)
    settle(team)
    assert subscription(team).schedule.paused_until == UNTIL


def test_typing_a_country_finds_it(world: World) -> None:
    payload = {
        "type": "block_suggestion", "team": {"id": TEAM}, "user": {"id": ANN}, "api_app_id": "A1",
        "action_id": "quiz_holidays", "block_id": "holidays",
        "view": {"id": "V1", "callback_id": "quiz_settings", "type": "modal"},
    }  # fmt: skip
    for typed, expected in (("germ", ["none", "DE"]), ("", ["none", "AF"]), ("zzz", ["none"])):
        options = json.loads(world.send(payload | {"value": typed}).text)["options"]
        assert [option["value"] for option in options][:2] == expected
        assert len(options) <= 100
