"""Facts whose quiz question was removed or reworded: what was asked before goes on to its end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import messages
from bot.quiz.choosing import PastQuestion
from bot.quiz.review import MAX_REVIEWS_PER_DAY, schedule_review
from bot.team.team_knowledge import TeamKnowledge
from knowledge import KnowledgeBase, Question
from knowledge.model import FactsById
from tests.scenarios.conftest import ANN, BEN, TEAM, World, settle
from tests.scenarios.test_practice import press_private, reminders, right_of
from tests.scenarios.test_quiz import (
    HISTORY,
    asked,
    newest,
    press,
    reveal,
    right_letter,
    shown,
)

REWORDED = Question("Which is it now?", "This", ("That", "Those", "These"))


def change_quiz(
    knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, *quiz: Question, ids: set[str]
) -> None:
    """Give these facts other questions, as an upgrade does."""
    facts = {
        fact.id: replace(fact, quiz=quiz) if fact.id in ids else fact
        for fact in knowledge.facts.values()
    }
    monkeypatch.setattr(knowledge, "facts", FactsById(facts.values()))


@pytest.mark.parametrize("quiz", [(), (REWORDED,)])
def test_an_open_question_ends_as_it_was_asked(
    world: World,
    knowledge: KnowledgeBase,
    monkeypatch: pytest.MonkeyPatch,
    quiz: tuple[Question, ...],
) -> None:
    world.slack.scopes |= HISTORY
    world.command("quiz on 09:30 mon-fri Europe/Berlin")
    world.slack.wait_for("chat.postMessage")
    message = asked(world)
    posting = world.store.postings.latest(TEAM, message["channel"])
    assert posting
    change_quiz(knowledge, monkeypatch, *quiz, ids={posting.question.fact})
    letter = right_letter(world, message)
    press(world, message, "A" if letter != "A" else "B")
    reveal(world)
    revealed = shown(newest(world))
    assert f"{messages.RIGHT_ANSWER} {letter}: " in newest(world)["text"]
    assert knowledge.facts[posting.question.fact].title in revealed
    assert "Which is it now?" not in revealed
    late = press(world, message, letter, BEN)
    assert "counts only toward your own review" in late["text"]


def test_a_fact_without_a_question_is_not_asked_about(
    world: World, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_sqs = [fact.id for fact in knowledge.facts.values() if fact.service == "sqs"]
    *lost, stored = of_sqs
    change_quiz(knowledge, monkeypatch, ids=set(lost))
    quizmaster = type(world.services.quizmaster)(TeamKnowledge(knowledge))
    for history in (
        [PastQuestion(fact, "sqs", 4, 0) for fact in lost],
        [PastQuestion(stored, "sqs", 4, 4)],
        [],
    ):
        question = quizmaster.next_question(("sqs",), history)
        assert question is not None and question.fact == stored
        assert quizmaster.questions_left(("sqs",), history) == 1
    assert quizmaster.question_about(lost[0]) is None


def test_reviews_without_a_question_neither_count_nor_hold_others_up(
    world: World, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [fact.id for fact in knowledge.facts.values() if fact.quiz][: MAX_REVIEWS_PER_DAY + 3]
    *lost, stored = ids
    card, _ = schedule_review(None, True, 0.0, world.wall_clock())
    for age, fact in enumerate(reversed(ids), start=1):
        world.store.people.put_card(TEAM, ANN, fact, card, world.wall_clock() - age)
    change_quiz(knowledge, monkeypatch, ids=set(lost))
    world.store.people.change(TEAM, ANN, reminded=True, next_at=world.wall_clock())
    world.clock.tick()
    (reply,) = reminders(world)
    assert "1 fact is due" in reply["text"]
    world.event({"type": "app_home_opened", "user": ANN, "tab": "home"})
    (published,) = world.slack.wait_for("views.publish")
    assert "1 fact is due" in shown(published.body)
    question = world.command_reply("practice")
    assert messages.FROM_QUEUE in question["text"]
    assert knowledge.facts[stored].quiz[0].text in question["text"]
    press_private(world, question, right_of(world, question))
    assert messages.NEW_TO_YOU in world.command_reply("practice")["text"]


def test_no_reminder_if_nothing_that_is_due_has_a_question(
    world: World, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = next(iter(knowledge.facts))
    world.store.people.put_card(TEAM, ANN, lost, "{}", world.wall_clock() - 1)
    change_quiz(knowledge, monkeypatch, ids={lost})
    world.store.people.change(TEAM, ANN, reminded=True, next_at=world.wall_clock())
    world.clock.tick()
    settle(world)
    assert reminders(world) == []


def test_a_private_question_is_graded_after_it_was_removed(
    world: World, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = world.command_reply("practice")
    right = right_of(world, question)
    change_quiz(knowledge, monkeypatch, ids=set(knowledge.facts))
    reply = press_private(world, question, right)
    assert reply["text"].startswith(f"Right! It's {right}:")
    following = press_private(world, reply, messages.NEXT_QUESTION)
    assert following["text"] == messages.NOTHING_TO_PRACTICE
