"""Facts that were merged into another: what was stored under their ids goes on under its id."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.quiz.choosing import PastQuestion
from bot.quiz.review import schedule_review
from bot.store import Votes
from bot.views.value import Value
from knowledge import KnowledgeBase
from knowledge.model import FactsById
from tests.scenarios.conftest import ANN, TEAM, World, buttons, settle
from tests.scenarios.test_practice import press_private, right_of
from tests.scenarios.test_quiz import HISTORY, asked, press, reveal, right_letter

STORED, MERGED, OTHER = "sqs-delay-queue", "sqs-before", "sqs-even-before"
QUESTION = "what is a delay queue"


@pytest.fixture(autouse=True)
def merged(knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two facts of old became one."""
    facts = dict(knowledge.facts.items())
    facts[STORED] = replace(facts[STORED], aliases=(MERGED, OTHER))
    monkeypatch.setattr(knowledge, "facts", FactsById(facts.values()))


def test_an_old_button_shows_and_rates_the_fact(world: World, knowledge: KnowledgeBase) -> None:
    value = Value(MERGED, ANN, QUESTION).encode()
    world.press({"action_id": "show_fact_0", "type": "button", "value": value})
    (shown,) = world.slack.wait_for("response")
    assert shown.body["text"].startswith(knowledge.facts[STORED].title)
    rate = buttons(shown.body)["\U0001f44d"]
    assert Value.decode(rate["value"][1:]) == Value(STORED, ANN, QUESTION)
    world.press({"action_id": "helpful", "type": "button", "value": value})
    settle(world)
    assert Votes(STORED, helpful=1, wrong=0) in world.store.votes()
    assert all(votes.fact != MERGED for votes in world.store.votes())


def test_a_related_fact_is_offered_once(
    world: World, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = dict(knowledge.facts.items())
    facts["sqs-long-polling"] = replace(facts["sqs-long-polling"], related=(MERGED, OTHER, STORED))
    monkeypatch.setattr(knowledge, "facts", FactsById(facts.values()))
    value = Value("sqs-long-polling", ANN).encode()
    world.press({"action_id": "show_fact_0", "type": "button", "value": value})
    (shown,) = world.slack.wait_for("response")
    offered = [text for text in buttons(shown.body) if text.startswith("See also: ")]
    assert offered == [f"See also: {knowledge.facts[STORED].title}"]


def test_what_was_asked_under_an_old_id_does_not_come_again(world: World) -> None:
    quizmaster = world.services.quizmaster
    facts = [fact for fact in quizmaster.knowledge.facts.values() if fact.service == "sqs"]
    history = [PastQuestion(MERGED if fact.id == STORED else fact.id, "sqs") for fact in facts[:-1]]
    assert quizmaster.questions_left(("sqs",), history) == 1
    for _ in range(10):
        quiz_question = quizmaster.next_question(("sqs",), history)
        assert quiz_question is not None and quiz_question.fact == facts[-1].id


def test_an_old_id_in_the_review_queue_is_reviewed_once(world: World) -> None:
    card, _ = schedule_review(None, True, 0.0, world.wall_clock() - 9 * 86_400)
    for old in (MERGED, OTHER):
        world.store.people.put_card(TEAM, ANN, old, card, world.wall_clock() - 1)
    question = world.command_reply("practice")
    reply = press_private(world, question, right_of(world, question))
    _, due_at = schedule_review(card, True, 0.0, world.wall_clock())
    days = round((due_at - world.wall_clock()) / 86_400)
    assert f"You'll see this again in {days} days." in reply["text"] and days > 3
    assert world.store.people.due_cards(TEAM, ANN) == []
    world.wall_clock.now = due_at + 1
    assert world.store.people.due_cards(TEAM, ANN) == [STORED]


def test_what_was_practiced_under_an_old_id_is_not_due_again_today(world: World) -> None:
    quiz_question = world.services.quizmaster.question_about(STORED)
    assert quiz_question is not None
    world.store.people.add_exercise(TEAM, ANN, replace(quiz_question, fact=MERGED))
    world.store.people.put_card(TEAM, ANN, OTHER, "{}", world.wall_clock() - 1)
    question = world.command_reply("practice")
    assert quiz_question.text not in question["text"]


def test_a_late_answer_replaces_the_card_of_old(
    world: World, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.slack.scopes |= HISTORY
    world.command("quiz on 09:30 mon-fri Europe/Berlin")
    world.slack.wait_for("chat.postMessage")
    message = asked(world)
    posting = world.store.postings.latest(TEAM, message["channel"])
    assert posting
    facts = {fact.id: replace(fact, aliases=()) for fact in knowledge.facts.values()}
    facts[posting.question.fact] = replace(facts[posting.question.fact], aliases=(MERGED,))
    monkeypatch.setattr(knowledge, "facts", FactsById(facts.values()))
    card, due_at = schedule_review(None, False, 0.0, world.wall_clock())
    world.store.people.put_card(TEAM, ANN, MERGED, card, due_at)
    letter = right_letter(world, message)
    reveal(world)
    press(world, message, letter)
    settle(world)
    world.wall_clock.now += 400 * 86_400
    assert world.store.people.due_cards(TEAM, ANN) == [posting.question.fact]
