"""Misspelled words are read as what was meant, and nothing else is."""

from __future__ import annotations

import pytest

from knowledge import KnowledgeBase
from knowledge.search.spelling import Spelling

COUNTS = {"polling": 9, "pooling": 2, "visibility": 5, "queue": 7, "layer": 3, "key": 8, "429": 1}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lambda concurency limit", "lambda concurrency limit"),
        ("what is long poling", "what is long polling"),
        ("api gatway throttling 429", "api gateway throttling 429"),
        ("elastic beanstlak rolling with additional batch",
         "elastic beanstalk rolling with additional batch"),
        ("kms envelop encrytpion", "kms envelope encryption"),
        ("elasticache lazzy loading", "elasticache lazy loading"),
        ("xray anotations vs metadata", "xray annotations vs metadata"),
        ("cognito user pool vs identiy pool", "cognito user pool vs identity pool"),
    ],
)  # fmt: skip
def test_a_misspelled_question_gets_the_same_answer(
    knowledge: KnowledgeBase, typed: str, meant: str
) -> None:
    misspelled, correct = knowledge.ask(typed), knowledge.ask(meant)
    assert correct.confident and correct.best
    assert misspelled.confident and misspelled.best
    assert misspelled.best.fact == correct.best.fact


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("visibilty", ["visibility"]),
        ("visbilty", ["visibility"]),
        ("quuee", ["queue"]),
        ("wueue", ["queue"]),
        ("poolling", ["polling", "pooling"]),
    ],
)
def test_the_nearest_words_are_found_the_most_frequent_first(word: str, nearest: list[str]) -> None:
    assert Spelling(COUNTS).nearest(word) == nearest


@pytest.mark.parametrize("word", ["ley", "428", "4290", "laxxr", "vsblty", "zebra", ""])
def test_a_word_that_is_short_far_off_or_a_number_is_left_alone(word: str) -> None:
    assert Spelling(COUNTS).nearest(word) == []
