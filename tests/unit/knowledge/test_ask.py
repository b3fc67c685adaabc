"""What the matcher promises, on questions that no phrasing contains."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import KnowledgeBase, Outcome


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("what is 429 in api gateway", "apigw-429"),
        ("apigw 429??", "apigw-429"),
        ("what dose long poling do in sqs", "sqs-long-polling"),
        ("short v long poling", "sqs-short-vs-long-polling"),
    ],
)
def test_the_right_fact_is_found(knowledge: KnowledgeBase, question: str, fact: str) -> None:
    best = knowledge.ask(question).best
    assert best is not None and best.fact.id == fact


@pytest.mark.parametrize(
    "question", ["", "  ", "the", "???", "\0\0", "\U0001f44d" * 50, "good morning", "lunch?"]
)
def test_what_is_no_question_gets_no_answer(knowledge: KnowledgeBase, question: str) -> None:
    assert not knowledge.ask(question).confident


def test_another_service_is_not_answered_with_a_known_one(knowledge: KnowledgeBase) -> None:
    assert knowledge.ask("sqs delay queue maximum").confident
    result = knowledge.ask("sns delay queue maximum")
    assert not result.confident
    assert result.outside == "SNS"


def test_there_are_at_most_three_others_best_first(knowledge: KnowledgeBase) -> None:
    result = knowledge.ask("sqs polling delay")
    assert result.best is not None and 1 <= len(result.others) <= 3
    scores = [match.score for match in (result.best, *result.others)]
    assert scores == sorted(scores, reverse=True)
    assert len({match.fact.id for match in (result.best, *result.others)}) == len(scores)


@pytest.mark.parametrize("text", ["and in lambda?", "what about lambda", "lambda?", "in Lambda"])
def test_a_follow_up_asks_the_same_of_another_service(knowledge: KnowledgeBase, text: str) -> None:
    assert knowledge.follow_up("default concurrency of sqs", text) == (
        "default concurrency of lambda"
    )


@pytest.mark.parametrize("text", ["lambda memory", "and why?", "", "thanks"])
def test_a_question_of_its_own_is_no_follow_up(knowledge: KnowledgeBase, text: str) -> None:
    assert knowledge.follow_up("sqs delay", text) is None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gets_a_result(knowledge: KnowledgeBase, text: str) -> None:
    result = knowledge.ask(text)
    assert result.question == text
    assert (result.outcome is Outcome.ANSWER) == result.confident
    for match in result.nearest:
        assert 0 <= match.score <= 1


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10_000), st.data())
def test_asking_is_repeatable(knowledge: KnowledgeBase, seed: int, data: st.DataObject) -> None:
    facts = list(knowledge.facts.values())
    question = data.draw(st.sampled_from(facts[seed % len(facts)].phrasings))
    assert knowledge.ask(question) == knowledge.ask(question)
