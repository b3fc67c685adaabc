"""What is kept of a question tells nothing about an account, a host, or a person."""

from __future__ import annotations

import pytest

from knowledge.wording import MAX_WORDING_CHARS, wording

PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA75gh\n-----END RSA PRIVATE KEY-----"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"


@pytest.mark.parametrize(
    "secret",
    [
        "123456789012", "1234-5678-9012", "AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "xoxb-2345-abcdefgh", "xoxe.xoxp-1-Mi0yLTEyMzQ", "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        JWT, PEM, "10.1.22.33", "10.0.0.0/16", "ip-10-1-22-33.eu-west-1.compute.internal",
        "db1.cluster-c9akciq32.eu-west-1.rds.amazonaws.com", "ann.smith@example.com",
        "https://wiki.example.com/x?token=abc", "postgres://ann:pw@db.corp/orders",
        "arn:aws:iam::123456789012:role/deploy", "i-0abcd1234ef567890", "vpc-0a1b2c3d",
        "7c9e6679-7425-40de-944b-e07fc1f90ae7", "d41d8cd98f00b204e9800998ecf8427e",
        "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
    ],
)  # fmt: skip
@pytest.mark.parametrize("frame", ["why does {} fail", "what about {}?", "'{}' has no access"])
def test_what_identifies_is_masked(secret: str, frame: str) -> None:
    kept = wording(frame.format(secret))
    assert secret not in kept and secret[-6:] not in kept and "\u2026" in kept


@pytest.mark.parametrize(
    "assigned",
    ["password=hunter2", "PASSWORD: hunter2", '"secret": "hunter2"', "api_key=hunter2",
     "Authorization: Bearer hunter2", "aws_session_token = hunter2", "X-Amz-Signature=hunter2"],
)  # fmt: skip
def test_what_is_assigned_to_a_secret_is_masked(assigned: str) -> None:
    assert "hunter2" not in wording(f"sts says no to {assigned} since today")


@pytest.mark.parametrize(
    "question",
    [
        "how do I water tomatoes & herbs in october", "what is 429 in api gateway",
        "can I put 300 KB into a message of SQS", "secret rotation lambda timeout",
        "does a presigned url with an sts token end early", "gp3 16,000 IOPS vs io2",
        "python3.13 on arm64 in eu-west-1", "why 1234567 items", "InvalidParameterCombination?",
        "AWSSDKVersionNotSupportedByThisRuntime", "session manager: password prompts",
    ],
)  # fmt: skip
def test_a_plain_question_is_kept_as_it_is(question: str) -> None:
    assert wording(question) == question


def test_a_pasted_error_is_kept_as_what_it_says() -> None:
    pasted = (
        "Traceback (most recent call last):\n"
        '  File "/srv/orders/handler.py", line 12, in handle\n'
        "    client.put_item(Item=item)\n"
        "botocore.errorfactory.FrobnicationException: An error occurred (FrobnicationException) "
        "when calling the PutItem operation: table orders-prod in 123456789012 cannot frobnicate, "
        "see https://orders.corp.example/help (Request ID: 7c9e6679-7425-40de-944b-e07fc1f90ae7)"
    )
    kept = wording(pasted)
    assert "cannot frobnicate" in kept and len(kept) <= MAX_WORDING_CHARS
    for gone in ("123456789012", "orders.corp", "7c9e6679", "handler.py", "\n"):
        assert gone not in kept


@pytest.mark.parametrize("text", ["a " * 4000, "x" * 4000, "?" * 4000, "1" * 4000, "a@b." * 900])
def test_it_is_short_and_doing_it_twice_changes_nothing(text: str) -> None:
    kept = wording(text)
    assert len(kept) <= MAX_WORDING_CHARS and wording(kept) == kept
