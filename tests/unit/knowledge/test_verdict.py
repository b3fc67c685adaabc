"""A number in the question against the number of the fact: right, or no verdict at all."""

from __future__ import annotations

import pytest

from knowledge import Fact, FactValue, Kind
from knowledge.search.verdict import verdict
from knowledge.values import Unit


def fact(title: str, value: FactValue, kind: Kind = Kind.LIMIT) -> Fact:
    return Fact(
        id="one", service="some", title=title, answer="", detail=None, was=None, keywords=(),
        phrasings=(), related=(), source="", checked="", quiz=(), kind=kind, value=value,
    )  # fmt: skip


LAMBDA = fact(
    "Lambda payload size", FactValue("synchronous invocations", Unit.MB, 6, adjustable=False)
)
SQS = fact("SQS message size", FactValue("messages", Unit.MIB, 1, adjustable=False))
ITEM = fact("DynamoDB item size", FactValue("items", Unit.KB, 400))
TIMEOUT = fact("Lambda timeout", FactValue("a function's run", Unit.MINUTES, 15))
VISIBILITY = fact(
    "SQS visibility timeout",
    FactValue("the visibility timeout", Unit.SECONDS, 43_200, 0, 30),
    Kind.DEFAULT,
)
MEMORY = fact("Lambda memory", FactValue("memory", Unit.MB, 10_240, 128))
TABLES = fact(
    "VPC route tables", FactValue("route tables per VPC", Unit.COUNT, 200, None, None, True)
)
LAYERS = fact("Lambda layer", FactValue("layers per function", Unit.COUNT, 5), Kind.CONCEPT)
RATE = fact(
    "API throttle", FactValue("an account", Unit.REQUESTS_PER_SECOND, 10_000, adjustable=True)
)
RETENTION = fact("SQS retention", FactValue("message retention", Unit.DAYS, 14))


@pytest.mark.parametrize(
    ("asked", "question", "expected"),
    [
        (
            LAMBDA,
            "can i send 20mb to lambda sync",
            "No: 20 MB is more than the 6 MB limit for synchronous invocations.",
        ),
        (
            LAMBDA,
            "is 5 MB ok for a synchronous invoke",
            "Yes: 5 MB is within the 6 MB limit for synchronous invocations.",
        ),
        (
            SQS,
            "is 300 KB ok for an sqs message",
            "Yes: 300 KB is within the 1 MiB limit for messages.",
        ),
        (
            SQS,
            "can I push a 600 kb json through a queue",
            "Yes: 600 KB is within the 1 MiB limit for messages.",
        ),
        (SQS, "is 2 mb too big for sqs", "Yes: 2 MB is more than the 1 MiB limit for messages."),
        (SQS, "is 200kb too big?", "No: 200 KB is within the 1 MiB limit for messages."),
        (SQS, "can i send more than 1 MiB", "No: the limit for messages is 1 MiB."),
        (SQS, "can i send more than 256 KB", "Yes: the limit for messages is 1 MiB."),
        (SQS, "is the limit 256 KB?", "No: the limit for messages is 1 MiB, not 256 KB."),
        (
            SQS,
            "does the 256 kb limit still hold",
            "No: the limit for messages is 1 MiB, not 256 KB.",
        ),
        (SQS, "is the max 1 MiB?", "Yes: the limit for messages is 1 MiB."),
        (SQS, "why does my 2 MB message fail", "2 MB is more than the 1 MiB limit for messages."),
        (SQS, "how do i send 20 MB to sqs", "20 MB is more than the 1 MiB limit for messages."),
        (SQS, "Can\u2019t I send 2 MB?", "2 MB is more than the 1 MiB limit for messages."),
        (ITEM, "is a 400 kb item allowed", "Yes: 400 KB is exactly the limit for items."),
        (ITEM, "could an item be 1 mb", "No: 1 MB is more than the 400 KB limit for items."),
        (
            TIMEOUT,
            "can lambda run for 20 minutes",
            "No: 20 minutes is more than the 15-minute limit for a function's run.",
        ),
        (
            TIMEOUT,
            "can a lambda run for an hour",
            "No: 1 hour is more than the 15-minute limit for a function's run.",
        ),
        (
            TIMEOUT,
            "can i have it run 600 seconds",
            "Yes: 600 seconds is within the 15-minute limit for a function's run.",
        ),
        (
            TIMEOUT,
            "can lambda run longer than 15 minutes",
            "No: the limit for a function's run is 15 minutes.",
        ),
        (
            VISIBILITY,
            "is the default visibility timeout 60 seconds?",
            "No: the default for the visibility timeout is 30 seconds, not 60 seconds.",
        ),
        (
            VISIBILITY,
            "is the default visibility timeout 0.5 minutes?",
            "Yes: the default for the visibility timeout is 30 seconds.",
        ),
        (
            MEMORY,
            "can lambda have 10 GB of memory",
            "Yes: 10 GB is within the 10,240 MB limit for memory.",
        ),
        (
            MEMORY,
            "can i use 64 MB of memory",
            "No: 64 MB is less than the minimum of 128 MB for memory.",
        ),
        (
            TABLES,
            "can i have 300 route tables in a vpc",
            "Not by default: 300 is more than the limit of 200 route tables per VPC. "
            "AWS can raise it on request.",
        ),
        (
            TABLES,
            "can we have 1,50 route tables, or 150 route tables",
            None,
        ),
        (
            TABLES,
            "can we have 150 route tables",
            "Yes: 150 is within the default limit of 200 route tables per VPC.",
        ),
        (
            LAYERS,
            "can a lambda have 7 layers",
            "No: 7 is more than the limit of 5 layers per function.",
        ),
        (
            RATE,
            "can it handle 500 rps",
            "Yes: 500 requests per second is within the default 10,000 requests per second "
            "limit for an account.",
        ),
        (
            RETENTION,
            "can i keep messages for a month",
            "No: 1 month is more than the 14-day limit for message retention.",
        ),
    ],
)
def test_a_number_is_settled(asked: Fact, question: str, expected: str | None) -> None:
    assert verdict(question, asked) == expected


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        (LAMBDA, "can i send 20mb to lambda async"),
        (SQS, "error 413 when sending to sqs"),
        (SQS, "clients get 429s and 502s"),
        (SQS, "can sqs take 300 messages"),
        (SQS, "can I send 2 MB/s to sqs"),
        (SQS, "can I send 2 MB per second"),
        (SQS, "can I send 2 GB of logs a day"),
        (SQS, "can i send 10 messages of 300 KB"),
        (SQS, "can i send ten 300 KB messages in a batch"),
        (SQS, "can i send ten 300 KB messages at once"),
        (SQS, "can I send between 1 and 5 MB"),
        (SQS, "can I send 1-5 MB"),
        (SQS, "can I send less than 1 KB"),
        (SQS, "is the max 1 MB?"),  # 1 MiB, as most people call it
        (SQS, "why does my 200 KB message fail"),
        (SQS, "how many 20 KB messages fit"),
        (SQS, "should I use 200 KB messages"),
        (SQS, "does a 64 KB chunk cost extra"),
        (SQS, "did this change in 2025"),
        (SQS, "port 5671 with python 3.12"),
        (SQS, "can I raise the limit to 2 MB"),
        (SQS, "does the 256 KB limit apply to fifo"),
        (SQS, "what is 1 MiB"),
        (SQS, "x" * 300 + " can I send 2 MB"),
        (SQS, "can I send it?"),
        (SQS, ""),
        (ITEM, "can an item be 400 KiB"),
        (TIMEOUT, "does lambda time out after 15 minutes"),
        (TIMEOUT, "can lambda run every 20 minutes"),
        (TIMEOUT, "can lambda run within 20 minutes of a deploy"),
        (TIMEOUT, "can it run for an hour and 15 minutes"),
        (TIMEOUT, "my function from 20 days ago is gone"),
        (TIMEOUT, "does the 15 minute timeout hold for containers"),
        (VISIBILITY, "is the visibility timeout 30 seconds?"),
        (VISIBILITY, "can a message be delayed 24 hours"),
        (MEMORY, "can lambda have 16 GB of /tmp"),
        (MEMORY, "is 20 GB of memory possible on managed instances"),
        (MEMORY, "can lambda have 20 GB of memory and /tmp"),
        (MEMORY, "my function uses 64 MB of memory"),
        (TABLES, "can i have 300 routes in a route table"),
        (TABLES, "can i have 2 route tables in 3 subnets"),
        (TABLES, "the 2019 route table slides"),
        (LAYERS, "can a layer have 250 MB"),
        (RATE, "can i send 20000 requests"),
        (RATE, "can i send 20000 requests per day"),
        (RETENTION, "is a message deleted after 14 days"),
        (RETENTION, "can i keep messages forever"),
    ],
)
def test_in_doubt_there_is_no_verdict(asked: Fact, question: str) -> None:
    assert verdict(question, asked) is None


def test_a_value_that_is_an_aside_must_be_named() -> None:
    aside = fact(
        "Why an LSI is local", FactValue("items with LSI entries", Unit.GB, 10), Kind.NAMING
    )
    assert verdict("can an item be 1 MB", aside) is None
    assert verdict("can items with their lsi entries have 20 GB", aside) is not None


def test_a_pasted_error_gets_none() -> None:
    pasted = (
        "An error occurred (InvalidParameterValue) when calling the SendMessage operation: 2 MB"
    )
    assert verdict(pasted, SQS) is None


def test_a_fact_without_a_value_gets_none() -> None:
    from dataclasses import replace

    assert verdict("can i send 20 MB", replace(SQS, value=None)) is None
