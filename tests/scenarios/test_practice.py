"""Practice in private, the review queue and its reminders."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from bot import messages
from bot.quiz.review import schedule_review
from tests.scenarios.conftest import ANN, BEN, DIRECT, TEAM, World, buttons
from tests.scenarios.test_quiz import asked, press, reveal, right_letter, shown


def press_private(
    world: World, message: dict[str, Any], name: str, user: str = ANN, **more: Any
) -> Any:
    """Press a button of a private message; what it leads to."""
    before = len(world.responses())
    container = {"type": "message", "message_ts": f"400.{before}", "is_ephemeral": True}
    world.press(buttons(message)[name], user, container=container | more)
    return world.responses(before + 1)[before]


def exercise_of(message: dict[str, Any]) -> int:
    """The id of a practice question."""
    return int(buttons(message)["A"]["value"].strip("[]").split(",")[1])


def right_of(world: World, message: dict[str, Any]) -> str:
    number = int(buttons(message)["A"]["value"].strip("[]").split(",")[1])
    exercise = world.store.people.exercise(number)
    assert exercise
    return "ABCD"[exercise.question.right_index]


def test_practice_asks_at_once_and_answers_at_once(world: World) -> None:
    question = world.command_reply("practice")
    assert question["response_type"] == "ephemeral"
    right = right_of(world, question)
    reply = press_private(world, question, right)
    assert reply["replace_original"] is True
    assert reply["text"].startswith(f"Right! It's {right}:")
    assert "You'll see this again in 3 days." in reply["text"]
    following = press_private(world, reply, messages.NEXT_QUESTION)
    assert sorted(buttons(following)) == ["A", "B", "C", "D"]


def test_a_second_press_does_not_change_the_grade(world: World) -> None:
    question = world.command_reply("practice")
    right = right_of(world, question)
    wrong = "B" if right == "A" else "A"
    assert press_private(world, question, wrong)["text"].startswith("Not quite")
    assert press_private(world, question, right)["text"] == messages.ALREADY_ANSWERED


def test_nobody_answers_for_somebody_else(world: World) -> None:
    question = world.command_reply("practice")
    assert press_private(world, question, "A", BEN)["text"] == messages.NOT_YOURS


def test_practice_works_in_a_direct_message(world: World) -> None:
    world.direct("practice")
    world.slack.wait_for("chat.postMessage")
    (question,) = world.slack.messages
    assert question["channel"] == DIRECT
    assert sorted(buttons(question)) == ["A", "B", "C", "D"]


def test_what_was_answered_wrong_comes_again_the_next_day(world: World) -> None:
    question = world.command_reply("practice")
    wrong = "B" if right_of(world, question) == "A" else "A"
    assert "You'll see this again in 1 day." in press_private(world, question, wrong)["text"]
    world.wall_clock.now += 25 * 3600
    again = world.command_reply("practice")
    assert messages.FROM_QUEUE in again["text"]
    assert question["text"].splitlines()[1] == again["text"].splitlines()[1]


def test_a_miss_in_the_quiz_enters_the_queue(world: World) -> None:
    world.slack.scopes |= {"channels:history", "groups:history"}
    world.command("quiz on 09:30 mon-fri Europe/Berlin")
    world.slack.wait_for("chat.postMessage")
    message = asked(world)
    wrong = "B" if right_letter(world, message) == "A" else "A"
    press(world, message, wrong)
    reveal(world)
    world.wall_clock.now += 25 * 3600
    assert message["text"].splitlines()[1] in world.command_reply("practice")["text"]


def test_a_fact_looked_up_twice_enters_the_queue(world: World) -> None:
    for _ in range(2):
        world.command("what is 429 in api gateway")
    world.lookups.write()
    world.wall_clock.now += 25 * 3600
    (fact,) = world.store.people.due_cards(TEAM, ANN)
    assert fact.startswith("apigw-429")


def test_a_day_asks_for_five_reviews_at_most(world: World) -> None:
    facts = world.services.quizmaster.knowledge.facts.values()
    card, _ = schedule_review(None, True, 0.0, world.wall_clock())
    for fact in [fact for fact in facts if fact.quiz][:8]:
        world.store.people.put_card(TEAM, ANN, fact.id, card, world.wall_clock() - 1)
    world.store.people.change(TEAM, ANN, reminded=True, next_at=world.wall_clock())
    world.clock.tick()
    (reply,) = reminders(world)
    assert "5 facts are due" in reply["text"]
    for expected in ([True] * 5 + [False], [True] * 3 + [False] * 3):
        from_queue = []
        for _ in expected:
            question = world.command_reply("practice")
            press_private(world, question, right_of(world, question))
            from_queue.append(messages.FROM_QUEUE in question["text"])
        assert from_queue == expected
        world.wall_clock.now += 86_401


@pytest.fixture
def reminded(world: World) -> World:
    """Ann has one fact to review and wants to be told."""
    world.slack.users[ANN] = {"tz": "Europe/Berlin"}
    question = world.command_reply("practice")
    wrong = "B" if right_of(world, question) == "A" else "A"
    reply = press_private(world, question, wrong)
    assert press_private(world, reply, messages.REMIND_ME)["text"] == messages.REMINDING
    return world


def reminders(world: World) -> list[dict[str, Any]]:
    return copy.deepcopy([m for m in world.slack.messages if m["channel"] == DIRECT])


def test_a_reminder_comes_once_a_working_day_if_something_is_due(reminded: World) -> None:
    for moment in ("2026-11-24T08:59:00+01:00", "2026-11-24T09:00:00+01:00"):
        assert reminders(reminded) == []
        reminded.wall_clock.move_to(moment)
        reminded.clock.tick()
    (reply,) = reminders(reminded)
    assert "1 fact is due" in reply["text"]
    reminded.clock.tick()
    assert len(reminders(reminded)) == 1


def test_no_reminder_if_nothing_is_due(reminded: World) -> None:
    reminded.store.people.erase(TEAM, ANN)
    reminded.command_reply("practice resume")
    reminded.wall_clock.move_to("2026-11-24T09:00:00+01:00")
    reminded.clock.tick()
    assert reminders(reminded) == []


@pytest.mark.parametrize(
    ("verb", "expected", "days"),
    [
        ("snooze", messages.SNOOZED, 6),
        ("pause", messages.PAUSED, 30),
        ("stop", messages.STOPPED, 30),
    ],
)
def test_reminders_can_be_put_off(reminded: World, verb: str, expected: str, days: int) -> None:
    assert reminded.command_reply(f"practice {verb}")["text"] == expected
    for _ in range(days):
        reminded.wall_clock.now += 86_400
        reminded.clock.tick()
    assert reminders(reminded) == []


def test_a_snooze_ends_after_a_week(reminded: World) -> None:
    reminded.command_reply("practice snooze")
    for moment in ("2026-11-30T23:59:00+01:00", "2026-12-01T09:00:00+01:00"):
        assert reminders(reminded) == []
        reminded.wall_clock.move_to(moment)
        reminded.clock.tick()
    assert len(reminders(reminded)) == 1


def test_a_pause_ends_with_resume(reminded: World) -> None:
    reminded.command_reply("practice pause")
    reminded.wall_clock.move_to("2026-12-01T08:00:00+01:00")
    reminded.command_reply("practice resume")
    reminded.wall_clock.move_to("2026-12-01T09:00:00+01:00")
    reminded.clock.tick()
    assert len(reminders(reminded)) == 1


def test_the_reminders_menu_does_what_its_words_say(reminded: World) -> None:
    reminded.wall_clock.move_to("2026-11-24T09:00:00+01:00")
    reminded.clock.tick()
    (reply,) = reminders(reminded)
    start, menu = reply["blocks"][-1]["elements"]
    option = next(o for o in menu["options"] if o["value"] == "erase")
    before = len(reminded.responses())
    reminded.press({**menu, "selected_option": option})
    offered = reminded.responses(before + 1)[before]
    assert reminded.store.people.get(TEAM, ANN).reminded
    assert press_private(reminded, offered, messages.ERASE)["text"] == messages.ERASED
    assert reminded.store.people.due_cards(TEAM, ANN) == []
    assert not reminded.store.people.get(TEAM, ANN).reminded


def test_words_after_practice_that_mean_nothing_are_answered(world: World) -> None:
    assert world.command_reply("practice hard")["text"] == messages.PRACTICE_USAGE


def test_a_session_has_five_questions_and_a_summary(world: World) -> None:
    question, missed = world.command_reply("practice"), []
    for number in range(1, 6):
        assert messages.question_number(number, 5) in question["text"]
        right = right_of(world, question)
        letter = right if number != 3 else "B" if right == "A" else "A"
        result = press_private(world, question, letter)
        asked_text = question["text"].splitlines()[1]
        assert asked_text in result["text"] and json.dumps(asked_text)[1:-1] in shown(result)
        marks = [
            part["name"]
            for block in result["blocks"]
            if block["type"] == "rich_text"
            for part in block["elements"][0]["elements"]
            if part["type"] == "emoji"
        ]
        assert sorted(marks) == (
            ["white_check_mark"] if letter == right else ["white_check_mark", "x"]
        )
        if letter != right:
            exercise = world.store.people.exercise(exercise_of(question))
            assert exercise
            fact = world.services.quizmaster.knowledge.facts[exercise.question.fact]
            missed.append(fact.title)
        if number < 5:
            assert messages.PRACTICE_AGAIN not in buttons(result)
            question = press_private(world, result, messages.NEXT_QUESTION)
    assert messages.session_summary(4, 5, missed) in result["text"].replace("&amp;", "&")
    assert messages.NEXT_QUESTION not in buttons(result)
    again = press_private(world, result, messages.PRACTICE_AGAIN)
    assert messages.question_number(1, 5) in again["text"]


def test_due_facts_come_first_in_a_session(world: World) -> None:
    facts = [fact.id for fact in world.services.quizmaster.knowledge.facts.values() if fact.quiz]
    for fact in facts[:2]:
        card, due_at = schedule_review(None, False, 0.0, world.wall_clock.now - 5 * 86_400)
        world.store.people.put_card(TEAM, ANN, fact, card, due_at)
    question, asked_about = world.command_reply("practice"), []
    for _ in range(3):
        exercise = world.store.people.exercise(exercise_of(question))
        assert exercise
        asked_about.append(exercise.question.fact)
        result = press_private(world, question, "A")
        question = press_private(world, result, messages.NEXT_QUESTION)
    assert sorted(asked_about[:2]) == sorted(facts[:2])
    assert asked_about[2] not in facts[:2]


@pytest.mark.parametrize("value", ["next", "next 999", "next x", "next 0", ""])
def test_a_button_that_knows_no_session_begins_one(world: World, value: str) -> None:
    question = world.command_reply("practice")
    result = press_private(world, question, "A")
    name = {"type": "plain_text", "text": "Next"}
    button = {"type": "button", "action_id": "practice_next", "value": value, "text": name}
    forged = result | {"blocks": [{"type": "actions", "elements": [button]}]}
    following = press_private(world, forged, "Next")
    assert messages.question_number(1, 5) in following["text"]


def test_nobody_goes_on_with_somebody_elses_session(world: World) -> None:
    result = press_private(world, world.command_reply("practice"), "A")
    following = press_private(world, result, messages.NEXT_QUESTION, BEN)
    assert messages.question_number(1, 5) in following["text"]
