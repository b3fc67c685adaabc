"""What is asked about the fact shown last, and what is a question of its own."""

from __future__ import annotations

import pytest

from knowledge import Fact, Service
from knowledge.search.follow_up import FollowUp, FollowUpKind, read_follow_up
from knowledge.search.matcher import Matcher
from knowledge.vocabulary import load_vocabulary


def fact(id: str, title: str, *keywords: str) -> Fact:
    return Fact(
        id=id, service=id.partition("-")[0], title=title, answer="", detail=None, was=None,
        keywords=keywords, phrasings=(title,), related=(), source="", checked="", quiz=(),
    )  # fmt: skip


LAST = fact("sqs-polling", "SQS long polling wait time")
FACTS = [
    LAST,
    fact("sqs-delay", "SQS maximum delay time of a message"),
    fact("sqs-fifo", "SQS FIFO deduplication time"),
    fact("sqs-maximum", "SQS maximum wait time of long polling"),
    fact("lambda-polling", "Lambda long polling wait"),
]
SERVICES = {
    "sqs": Service("sqs", "Amazon SQS", ()),
    "lambda": Service("lambda", "AWS Lambda", ()),
}


@pytest.mark.parametrize(
    ("text", "follow_up"),
    [
        ("why?", FollowUp(FollowUpKind.MORE)),
        ("ok and why is that", FollowUp(FollowUpKind.MORE)),
        ("What about 504?", FollowUp(FollowUpKind.OTHER, "504")),
        ("and in lambda", FollowUp(FollowUpKind.OTHER, "lambda")),
        ("what\u2019s the default?", FollowUp(FollowUpKind.ASPECT, "default")),
        ("the hard limit", FollowUp(FollowUpKind.ASPECT, "hard limit")),
        ("the visibility timeout", None),
        ("what is the delay queue", None),
        ("and how do I do that with two queues at once", None),
        ("lambda memory", None),
        ("", None),
    ],
)
def test_a_follow_up_has_a_cue_and_is_short(text: str, follow_up: FollowUp | None) -> None:
    assert read_follow_up(text) == follow_up


def ask(text: str, *ids: str) -> str | None:
    """The id of the fact that follows, of some of the facts; "nothing" if none is close enough."""
    facts = [fact for fact in FACTS if fact.id in ids or fact is LAST]
    result = Matcher(facts, SERVICES, load_vocabulary()).follow_ups.answer(LAST, text)
    if result is None:
        return None
    return result.best.fact.id if result.best else "nothing"


def test_it_leads_to_the_nearest_fact_that_holds_what_is_named() -> None:
    everything = [fact.id for fact in FACTS]
    assert ask("the maximum?", *everything) == "sqs-maximum"
    assert ask("and lambda?", *everything) == "lambda-polling"


def test_a_fact_about_little_of_the_same_subject_is_not_taken_for_it() -> None:
    assert ask("the maximum?", "sqs-delay") == "nothing"
    assert ask("what about fifo?", "sqs-fifo") == "nothing"


def test_another_service_is_not_answered_with_ours() -> None:
    assert ask("and lambda?", "sqs-maximum") == "nothing"
