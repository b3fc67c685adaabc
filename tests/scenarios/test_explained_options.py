"""How hard a question is, and after it what its wrong options really are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.quiz import texts
from bot.team.team_knowledge import TeamKnowledge
from knowledge import KnowledgeBase, Question
from knowledge.model import FactsById
from tests.scenarios.conftest import ANN, BEN, World
from tests.scenarios.test_practice import press_private
from tests.scenarios.test_quiz import HISTORY, asked, newest, press, reveal, right_letter, shown

DAYS = Question(
    "How long?", "4 days", ("1 day", "2 <days>", "3 days"),
    {"1 day": "a delay & more", "2 <days>": "*nothing*"}, 3,
)  # fmt: skip
OTHER = "U0OTHER"
EXPLAINED = {"1 day": "1 day \u00b7 a delay & more", "2 <days>": "2 <days> \u00b7 *nothing*"}


@pytest.fixture(autouse=True)
def one_question(knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fact has the same question."""
    set_quiz(knowledge, monkeypatch, DAYS)


def set_quiz(knowledge: KnowledgeBase, patch: pytest.MonkeyPatch, *quiz: Question) -> None:
    facts = [replace(fact, quiz=quiz) for fact in knowledge.facts.values()]
    patch.setattr(knowledge, "facts", FactsById(facts))


@pytest.fixture
def quiz(world: World, knowledge: KnowledgeBase) -> World:
    world.services.quizmaster.__init__(TeamKnowledge(knowledge))  # type: ignore[misc]
    world.slack.scopes |= HISTORY
    world.command("quiz on 09:30 mon-fri Europe/Berlin")
    world.slack.wait_for("chat.postMessage")
    return world


def small_print(message: dict[str, Any]) -> list[str]:
    """The texts of context blocks, without Slack's escapes."""
    texts = [
        element["text"]
        for block in message["blocks"]
        if block["type"] == "context"
        for element in block["elements"]
    ]
    return [text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for text in texts]


def explanations(message: dict[str, Any]) -> list[str]:
    """Each option that is explained, with what it really is."""
    parts = [
        part.get("text", "")
        for block in message["blocks"]
        if block["type"] == "rich_text"
        for part in block["elements"][0]["elements"]
        if part.get("text", "").strip() != texts.YOUR_PICK
    ]
    pairs = zip(parts, parts[1:], strict=False)
    return [f"{option.strip()} \u00b7 {why[3:-1]}" for option, why in pairs if why[:3] == "  ("]


def letter_of(message: dict[str, Any], option: str) -> str:
    """The letter of an option of an open question."""
    (block,) = [block for block in message["blocks"] if block["type"] == "rich_text"]
    parts = [part["text"] for part in block["elements"][0]["elements"]]
    return str(parts[[part.strip() for part in parts].index(option) - 1])


def test_the_question_says_how_hard_it_is_and_the_reveal_explains(quiz: World) -> None:
    message = asked(quiz)
    assert " \u00b7 Hard \u00b7 answer by " in small_print(message)[0]
    assert explanations(message) == [] and "a delay" not in shown(message)
    letter = right_letter(quiz, message)
    press(quiz, message, letter, BEN)
    quiz.wall_clock.now += 3
    quiz.clock.tick()
    counted = quiz.slack.messages[-1]
    assert " \u00b7 Hard \u00b7 answer by " in small_print(counted)[0]
    reveal(quiz)
    revealed = newest(quiz)
    assert sorted(explanations(revealed)) == sorted(EXPLAINED.values())
    assert "a delay &amp; more" in revealed["text"] and "2 &lt;days&gt;" in revealed["text"]
    assert explanations(press(quiz, message, letter, ANN)) == []
    late = press(quiz, message, letter_of(message, "1 day"), OTHER)
    assert explanations(late) == [EXPLAINED["1 day"]]


def test_nothing_is_explained_that_was_not_asked(
    quiz: World, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between question and reveal the options changed: what is known is about the new ones."""
    asked(quiz)
    set_quiz(knowledge, monkeypatch, replace(DAYS, right="5 days"))
    reveal(quiz)
    assert explanations(newest(quiz)) == []


def test_a_question_that_nobody_graded_shows_no_level(
    quiz: World, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_quiz(knowledge, monkeypatch, replace(DAYS, difficulty=None, because={}))
    quiz.services.quizmaster.__init__(TeamKnowledge(knowledge))  # type: ignore[misc]
    message = asked(quiz)
    assert small_print(message)[0].split(" \u00b7 ")[1].startswith("answer by ")
    reveal(quiz)
    assert explanations(newest(quiz)) == []


def test_practice_explains_only_the_pick(world: World) -> None:
    question = world.command_reply("practice")
    assert small_print(question) == ["Question 1 of 5 \u00b7 Hard \u00b7 New to you."]
    reply = press_private(world, question, letter_of(question, "2 <days>"))
    assert explanations(reply) == [EXPLAINED["2 <days>"]]
    assert "a delay" not in reply["text"] and "*nothing*" in reply["text"]
