"""Each reason that rules a fact out, on facts made for it: with the reason, and without."""

from __future__ import annotations

import pytest

from knowledge import Fact, Kind, Service
from knowledge.search.guards import Mismatch, mismatches
from knowledge.search.matcher import Matcher
from knowledge.vocabulary import load_vocabulary

SERVICES = {
    "sqs": Service("sqs", "Amazon SQS", ("Simple Queue Service",)),
    "vpc": Service("vpc", "Amazon VPC", ()),
    "apigw": Service("apigw", "Amazon API Gateway", ("apigw",)),
    "dynamodb": Service("dynamodb", "Amazon DynamoDB", ("ddb",)),
    "lambda": Service("lambda", "AWS Lambda", ()),
}


def fact(
    id: str,
    title: str,
    answer: str,
    *keywords: str,
    kind: Kind = Kind.BEHAVIOR,
    asked: str = "",
    errors: tuple[str, ...] = (),
) -> Fact:
    service = id.partition("-")[0]
    return Fact(
        id=id, service=service, title=title, answer=answer, detail=None, was=None,
        keywords=keywords, phrasings=(asked or title,), related=(), source="", checked="",
        quiz=(), kind=kind, errors=errors,
    )  # fmt: skip


FACTS = [
    fact("sqs-size", "SQS message size", "A message has at most 1 MiB.", "payload"),
    fact("sqs-dlq", "SQS dead-letter queue", "It keeps what failed.", kind=Kind.CONCEPT),
    fact("vpc-tables", "Route tables of a subnet", "A route table serves many subnets."),
    fact("apigw-429", "API Gateway 429", "TooManyRequestsException: the API is throttled."),
    fact("dynamodb-gsi", "GSI keys", "A global secondary index has keys of its own."),
    fact("lambda-vpc", "Lambda in a VPC", "It has no way to the internet without a NAT gateway."),
    fact("lambda-timeout", "Lambda stops", "The function ran too long.", kind=Kind.LIMIT),
    fact(
        "sqs-expired",
        "SQS credentials",
        "Get new ones.",
        errors=("The provided token has expired", "AccessDenied"),
    ),
    fact("sqs-nginx", "Odd parts", "They are odd.", "nginx"),
    fact("sqs-parts", "SQS attributes", "Twelve blue attributes need a typed name each."),
    fact("vpc-idle", "VPC connections", "They end after 350 seconds.", "idle cutoff"),
    fact("apigw-idle", "API Gateway connections", "They end sooner.", "idle cutoff"),
    fact("lambda-layer", "Lambda layers", "A layer holds libraries.", kind=Kind.CONCEPT),
]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(FACTS, SERVICES, load_vocabulary())


@pytest.mark.parametrize(
    ("reason", "fact", "ruled_out", "fitting"),
    [
        (Mismatch.SERVICE, "sqs-size", "lambda message size", "sqs message size"),
        (Mismatch.SERVICE, "sqs-size", "pinpoint message size", "sqs message size"),
        (Mismatch.TECHNOLOGY, "sqs-size", "kafka message size", "message size"),
        (Mismatch.TECHNOLOGY, "sqs-nginx", "nginx odd parts", "sqs nginx odd parts"),
        (
            Mismatch.IMPLIED_SERVICE,
            "sqs-size",
            "message size of PutLogEvents",
            "message size of SendMessage",
        ),
        (
            Mismatch.ERROR,
            "apigw-429",
            "api gateway BadGatewayException",
            "TooManyRequestsException",
        ),
        (Mismatch.UNPLACED, "apigw-429", "Rate exceeded", "api gateway: rate exceeded"),
        (
            Mismatch.UNPLACED,
            "sqs-parts",
            "ValidationException: twelve blue attributes need a dead queue quickly",
            "ValidationException: twelve blue attributes need a typed name each",
        ),
        (Mismatch.STATUS, "apigw-429", "api gateway 502", "api gateway 429"),
        (Mismatch.STATUS, "apigw-429", "status 413", "TooBigAMessageException, status 413"),
        (Mismatch.ASPECT, "lambda-layer", "lambda layers price", "what are lambda layers"),
        (Mismatch.ASPECT, "lambda-layer", "lambda layers maximum", "sam and lambda layers"),
        (Mismatch.ASPECT, "lambda-timeout", "lambda stops price", "lambda stops maximum"),
        (
            Mismatch.DEFINITION,
            "sqs-dlq",
            "why is my sqs dead-letter queue empty",
            "what is an sqs dead-letter queue",
        ),
        (
            Mismatch.COUNTED,
            "vpc-tables",
            "how many gateways per route table",
            "how many subnets per route table",
        ),
        (Mismatch.SIDES, "dynamodb-gsi", "dynamodb gsi vs libraries", "dynamodb gsi vs keys"),
        (Mismatch.VAGUE, "dynamodb-gsi", "keys", "gsi keys"),
        (
            Mismatch.REVERSED,
            "sqs-size",
            "sqs message size without payload",
            "sqs message size and payload",
        ),
        (
            Mismatch.REVERSED,
            "lambda-vpc",
            "internet without lambda",
            "lambda without a NAT gateway",
        ),
        (Mismatch.REVERSED, "sqs-size", "big payload without SQS?", "big SQS payload"),
    ],
)
def test_a_fact_that_cannot_be_meant_is_ruled_out(
    matcher: Matcher, reason: Mismatch, fact: str, ruled_out: str, fitting: str
) -> None:
    number = [item.id for item in FACTS].index(fact)
    assert reason in mismatches(matcher.parser.parse(ruled_out), number, matcher.index)
    assert reason not in mismatches(matcher.parser.parse(fitting), number, matcher.index)


def test_words_that_two_services_share_need_the_name_of_one(matcher: Matcher) -> None:
    ids = [item.id for item in FACTS]
    mine, other = ids.index("vpc-idle"), ids.index("apigw-idle")

    def is_contested(question: str, *rivals: int) -> bool:
        found = mismatches(matcher.parser.parse(question), mine, matcher.index, rivals)
        return Mismatch.CONTESTED in found

    assert is_contested("idle cutoff", other) and is_contested("the idle cutoff?", other)
    assert not is_contested("idle cutoff of vpc", other)
    assert not is_contested("idle cutoff")
    assert not is_contested("idle cutoff", ids.index("sqs-size"))
    assert not matcher.ask("idle cutoff").confident
    assert matcher.ask("vpc idle cutoff").confident


def test_a_fact_that_is_itself_an_exception_answers_a_question_for_one(matcher: Matcher) -> None:
    number = [item.id for item in FACTS].index("lambda-vpc")
    question = matcher.parser.parse("lambda vpc internet without nat")
    assert mismatches(question, number, matcher.index) == []


def test_an_error_of_its_own_is_explained_whatever_service_was_called(matcher: Matcher) -> None:
    number = [item.id for item in FACTS].index("sqs-expired")
    called = "An error occurred (AccessDenied) when calling the PutLogEvents operation: {}"
    own = matcher.parser.parse(called.format("The provided token has expired."))
    assert Mismatch.IMPLIED_SERVICE not in mismatches(own, number, matcher.index)
    assert mismatches(matcher.parser.parse(f"Lambda {own.text}"), number, matcher.index) == []
    assert (
        mismatches(
            matcher.parser.parse("kafka: The provided token has expired"), number, matcher.index
        )
        == []
    )
    anyones = matcher.parser.parse(called.format("Access Denied"))
    assert Mismatch.IMPLIED_SERVICE in mismatches(anyones, number, matcher.index)


def test_who_called_does_not_say_which_service(matcher: Matcher) -> None:
    caller = "arn:aws:sts::111122223333:assumed-role/app/session"
    question = matcher.parser.parse(f"User: {caller} is not authorized to perform: sqs:SendMessage")
    assert all(":sqs" in owners for owners in question.implied) and question.implied


def test_a_common_error_beside_an_operation_does_not_say_which_service(matcher: Matcher) -> None:
    question = matcher.parser.parse("AccessDenied when I call SendMessage")
    assert all(":sqs" in owners for owners in question.implied) and question.implied
    assert matcher.parser.parse("why do I get AccessDenied").implied


def test_an_error_that_one_fact_explains_is_answered_whatever_its_words(matcher: Matcher) -> None:
    result = matcher.ask("https://auth.example.com/?error=the+provided_token: expired-token-given")
    assert not result.confident
    named = [*FACTS, fact("sqs-odd", "Odd", "Do this.", errors=("=expired-token-given",))]
    result = Matcher(named, SERVICES, load_vocabulary()).ask(
        "https://x.example.com/?e=expired-token-given"
    )
    assert result.confident and result.best and result.best.fact.id == "sqs-odd"
