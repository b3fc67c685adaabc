"""Which of several facts about a thing comes first."""

from __future__ import annotations

import pytest

from knowledge.search.matcher import Matcher
from knowledge.vocabulary import load_vocabulary
from tests.unit.knowledge.test_guards import SERVICES, fact

FACTS = [
    fact(
        "sqs-waiting",
        "SQS long polling: the call waits",
        "It returns as soon as a message is there.",
        "long polling",
        "wait time",
        asked="how does long polling work",
    ),
    fact(
        "sqs-off",
        "SQS long polling is off by default",
        "Without long polling a call returns at once.",
        "long polling disabled",
        asked="why does long polling seem to be off for my queue",
    ),
    fact("sqs-parts", "SQS attributes", "Twelve blue attributes need a typed name each."),
    fact("lambda-layer", "Lambda layers", "A layer holds libraries."),
]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(FACTS, SERVICES, load_vocabulary())


@pytest.mark.parametrize("question", ["long polling", "what is long polling", "sqs long polling"])
def test_a_fact_of_just_that_name_comes_before_one_that_says_it_more_often(
    matcher: Matcher, question: str
) -> None:
    best = matcher.ask(question).best
    assert best is not None and best.fact.id == "sqs-waiting"


def test_a_longer_question_goes_by_all_its_words(matcher: Matcher) -> None:
    best = matcher.ask("sqs long polling off by default").best
    assert best is not None and best.fact.id == "sqs-off"
