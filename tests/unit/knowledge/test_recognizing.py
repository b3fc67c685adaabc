"""Which terms of AWS a text names, and which facts explain them."""

from __future__ import annotations

import pytest

from knowledge import KnowledgeBase
from knowledge.recognizing import MAX_FACTS, TermKind, explain, recognize

JAVA = """Caused by: com.amazonaws.services.sqs.model.QueueDoesNotExistException: The specified \
queue does not exist (Service: AmazonSQS; Status Code: 400; Request ID: 3f)
\tat com.acme.Orders.handleRequest(Orders.java:3)"""


@pytest.mark.parametrize(
    ("text", "kind", "terms"),
    [
        (JAVA, TermKind.ERROR, ("QueueDoesNotExistException",)),
        (JAVA, TermKind.SERVICE, ("Amazon SQS",)),
        ("NoSuchKey on GetObject", TermKind.ERROR, ("NoSuchKey",)),
        ("NoSuchKey on GetObject", TermKind.OPERATION, ("GetObject",)),
        ("api gateway says 502, then 429", TermKind.STATUS, ("429", "502")),
        (
            "raise VisibilityTimeout and MaxKeys",
            TermKind.PARAMETER,
            ("VisibilityTimeout", "MaxKeys"),
        ),
    ],
)
def test_a_term_is_recognized(
    knowledge: KnowledgeBase, text: str, kind: TermKind, terms: tuple[str, ...]
) -> None:
    assert recognize(knowledge, text)[kind] == terms


@pytest.mark.parametrize(
    "text",
    [
        "", "404", "lunch at 12, 500 people", "a JavaScript meetup with PowerShell",
        "Traceback (most recent call last):\n  File \"a.py\", line 1\nValueError: x",
        "requestId and userId are null in handleRequest",
    ],
)  # fmt: skip
def test_nothing_is_recognized_elsewhere(knowledge: KnowledgeBase, text: str) -> None:
    found = explain(knowledge, text)
    assert (dict(found.terms), found.facts) == ({}, ())


def test_the_facts_are_certain_few_and_different(knowledge: KnowledgeBase) -> None:
    text = "NoSuchKey, BucketNotEmpty, UPDATE_ROLLBACK_FAILED, QueueDoesNotExist, VisibilityTimeout"
    found = explain(knowledge, text)
    assert len({fact.id for fact in found.facts}) == len(found.facts) == MAX_FACTS


def test_of_a_traceback_only_the_error_is_explained(knowledge: KnowledgeBase) -> None:
    assert [fact.id for fact in explain(knowledge, JAVA).facts] == ["sqs-queue-not-found"]
