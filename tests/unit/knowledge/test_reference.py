"""Exact names without a fact: what is answered, and what isn't."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import Outcome, Result
from knowledge.reference.answer import ReferenceAnswer
from knowledge.reference.questions import read_question
from knowledge.reference.reference import Reference
from knowledge.search.result import Match, with_reference
from tests.unit.bot.test_golden_views import SIZE
from tests.unit.knowledge.small_reference import VERSIONS, small_reference


@pytest.fixture(autouse=True)
def small_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.reference.versions.installed_versions", lambda: VERSIONS)


@pytest.fixture
def reference(tmp_path: Path) -> Reference:
    return small_reference(tmp_path)


def said(reference: Reference, question: str) -> str:
    found = reference.answer(question)
    return f"{found.title}\n{found.text}\n{found.source}" if found else ""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("PutMessage", "“aws queue put-message”. Its required parameter is QueueName."),
        ("what is put_message", "PutMessage (Acme Queue)"),
        ("aws queue put-message", "In boto3 it's put_message, of the client “queue”"),
        ("what does queue:PutMessage need?", "Its required parameter is QueueName."),
        ("which errors does PutMessage throw", "lists 2 errors: Busy and QueueGone."),
        ("waht errors can put_message raise", "lists 2 errors: Busy and QueueGone."),
        ("acme queue peek operation", "Peek is an operation of Acme Queue."),
        ("is ListQueues deprecated", "marks ListQueues as deprecated"),
        ("is SendLetter deprecated", "doesn't mark SendLetter as deprecated"),
        ("GetMessage", "GetMessage is an operation of 2 APIs: Acme Queue and Acme Post."),
        ("GetMessage of acme post", "GetMessage (Acme Post)"),
        ("SendLetter in acme queue", "has no operation SendLetter. It's an operation of"),
        ("does PutMessage throw QueueGone", "Yes: PutMessage lists QueueGone."),
        ("does GetMessage of acme queue throw QueueGone", "No: the model of GetMessage doesn't"),
        ("QueueGone", "QueueGone is an error of Acme Queue, with HTTP status 404. 1 of its 4"),
        ("QueueGone acme post", "doesn't list QueueGone; 1 other API does: Acme Queue."),
        ("what http status does Busy have in acme queue", "gives no HTTP status for it."),
        ("allowed values of SortMode", "SortMode of Acme Queue can be FIRST_IN or LAST_IN."),
        ("is LAST_IN a valid SortMode", "Yes: LAST_IN is an allowed value of SortMode"),
        ("is Middle_In a valid value of SortMode", "No: Middle_In isn't an allowed value"),
        ("is last_in a valid value of SortMode", "It's written LAST_IN."),
        ("what is FIRST_IN", "allowed value of Sorting (as SortMode)"),
        ("AWS::Acme::Queue required properties", "always needs the property Mode."),
        ("is Mode required in AWS::Acme::Queue", "Yes: AWS::Acme::Queue always needs Mode."),
        ("is Depth required in aws::acme::queue", "doesn't always need Depth."),
        ("what in AWS::Acme::Queue forces replacement", "Changing QueueName replaces"),
        ("does changing Depth of AWS::Acme::Queue replace it", "No: by the schema, changing Depth"),
        ("will changing QueueName replace AWS::Acme::Queue", "Yes: changing QueueName replaces"),
        ("can QueueName of AWS::Acme::Queue change without replacement", "\nChanging QueueName"),
        ("does changing Rules replace AWS::Acme::Queue", "It depends: some changes of Rules"),
        ("does changing State replace AWS::Acme::Queue", "some changes of Rules.State"),
        ("allowed values of State in AWS::Acme::Queue", "Rules.State can be on or off."),
        ("does changing QueueName cause replacement", "That holds for AWS::Acme::Queue."),
        ("does changing Value replace AWS::Acme::Stamp", "Yes: changing any property"),
        ("does AWS::Acme::Queue have a property QueueTitle", "no property QueueTitle"),
        ("AWS::Acme::Empty properties", "AWS::Acme::Empty has no properties to set."),
        ("getatt attributes of AWS::Acme::Queue", "AWS::Acme::Queue are Arn"),
        ("which region is eu-nowhere-1", "eu-nowhere-1 is Europe (Nowhere)."),
        ("region code for nowhere", "eu-nowhere-1 is Europe (Nowhere)."),
        ("is acme queue available in eu-nowhere-1", "Yes: Acme Queue has an endpoint in"),
        ("is acme queue available in elsewhere region", "the list has no endpoint of Acme Queue"),
        ("is acme post in eu-nowhere-2", "Acme Post is a global service"),
        ("which services have endpoints in eu-nowhere-1", "of 1 API there: Acme Queue."),
        ("regions of acme queue", "endpoints in 1 Region: eu-nowhere-1."),
        ("when is python3.8 deprecated", "is 2024-10-14. You can't create new functions"),
        ("python 3.8 runtime end of life", "Its successor is python3.14."),
    ],
)  # fmt: skip
def test_an_exact_name_is_answered(reference: Reference, question: str, expected: str) -> None:
    assert expected in said(reference, question)


@pytest.mark.parametrize(
    "question",
    [
        "which status code does FIRST_IN give", "", "PM", "hello", "what is a queue",
        "how do I call PutMessage", "PutMessage in prod", "PutMessage fails",
        "why does PutMessage throw QueueGone", "max length of QueueName in PutMessage",
        "how many messages can PutMessage take", "size limit of AWS::Acme::Queue",
        "price of eu-nowhere-1", "PutMessage timeout", "NoSuchThing", "AWS::Acme::Nothing",
        "what is NoSuchThing in acme queue", "eu-unknown-1", "python3.8", "is python3.1 deprecated",
        "our queue in eu-nowhere-1 is slow", "does PutMessage work after our last move",
        "Peek", "PEEK", "peek into the queue", "AWS::Acme::Queue PutMessage", "regions",
        "PutMessage " * 40,
    ],
)  # fmt: skip
def test_anything_else_is_not(reference: Reference, question: str) -> None:
    assert said(reference, question) == ""


@pytest.mark.parametrize("word", ["max", "limit", "quota", "size", "price", "cost", "timeout"])
def test_bounds_and_prices_are_never_looked_up(word: str) -> None:
    assert read_question("PutMessage QueueName") is not None
    assert read_question(f"{word} of QueueName in PutMessage") is None


def test_an_answer_says_which_data_it_comes_from(reference: Reference) -> None:
    sources = {
        "PutMessage": "from AWS's API model (botocore 9.9), not reviewed by a person",
        "AWS::Acme::Queue": "from CloudFormation's resource schemas (cfn-lint 8.8), not reviewed "
        "by a person",
    }
    for question, source in sources.items():
        found = reference.answer(question)
        assert found and found.source == source


FACT = Result("PutMessage", Match(SIZE, 0.9), (), Outcome.ANSWER)
FOUND = ReferenceAnswer("PutMessage", "It needs a name.", "from a model", ("QueueName",))


def test_a_certain_fact_stays_first() -> None:
    result = with_reference(FACT, FOUND)
    assert (result.outcome, result.best, result.reference) == (Outcome.ANSWER, FACT.best, FOUND)


def test_what_a_certain_fact_says_is_not_repeated() -> None:
    assert with_reference(FACT, replace(FOUND, keys=("256 KB",))).reference is None


def test_facts_stay_beside_an_answer_only_if_they_may_be_meant() -> None:
    unsure = replace(FACT, outcome=Outcome.SUGGEST)
    assert with_reference(unsure, replace(FOUND, title="256 KB")).nearest == unsure.nearest
    assert with_reference(unsure, FOUND).nearest == ()
    result = with_reference(replace(FACT, outcome=Outcome.UNKNOWN), FOUND)
    assert (result.outcome, result.nearest) == (Outcome.REFERENCE, ())
