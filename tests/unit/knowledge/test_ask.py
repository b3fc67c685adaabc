"""What the matcher promises, on questions that no phrasing contains."""

from __future__ import annotations

from dataclasses import replace

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
        ("short v long poling", "sqs-long-polling"),
        ("RDS Backup window", "rds-backup-retention"),
        ("DynamoDB Backup restore", "ddb-pitr"),
        ("AWS Backup cross account", "bak-cross-account"),
    ],
)
def test_the_right_fact_is_found(knowledge: KnowledgeBase, question: str, fact: str) -> None:
    best = knowledge.ask(question).best
    assert best is not None and best.fact.id == fact


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("x ray retention", "xray-retention"),
        ("how long does x ray keep traces", "xray-retention"),
        ("X Ray sampling rules", "xray-sampling-rules"),
        ("cloud watch log retention", "cloudwatch-log-retention"),
        ("dynamo db item size", "ddb-item-size"),
        ("code build timeout", "codebuild-timeout"),
        ("cloud formation template size", "cfn-template-size"),
        ("cloud watch vs cloud trail", "cloudwatch-cloudtrail-xray"),
        ("apigateway cors", "apigw-cors"),
        ("secretsmanager price", "secrets-price"),
        ("ddb item size", "ddb-item-size"),
        ("cfn template size", "cfn-template-size"),
        ("SFN max duration", "sfn-duration"),
    ],
)
def test_a_service_is_known_however_its_name_is_written(
    knowledge: KnowledgeBase, question: str, fact: str
) -> None:
    result = knowledge.ask(question)
    assert result.confident and result.best and result.best.fact.id == fact


@pytest.mark.parametrize(
    "question", ["", "  ", "the", "???", "\0\0", "\U0001f44d" * 50, "good morning", "lunch?"]
)
def test_what_is_no_question_gets_no_answer(knowledge: KnowledgeBase, question: str) -> None:
    assert not knowledge.ask(question).confident


def test_another_service_is_not_answered_with_a_known_one(knowledge: KnowledgeBase) -> None:
    assert knowledge.ask("sqs delay queue maximum").confident
    result = knowledge.ask("pinpoint delay queue maximum")
    assert not result.confident
    assert result.outside == "Pinpoint"
    assert result.outcome is Outcome.UNKNOWN, "nothing of another service is suggested either"


@pytest.mark.parametrize("question", ["~/.aws/config example", "Lambda Config", "nginx config"])
def test_a_plain_word_is_not_taken_for_the_service_of_that_name(
    knowledge: KnowledgeBase, question: str
) -> None:
    assert ":config" not in knowledge.matcher.parser.parse(question).services
    assert ":config" in knowledge.matcher.parser.parse("AWS Config rules").services


@pytest.mark.parametrize(
    "question", ["protect an api without waf", "lambda without api gateway", "idle timeout"]
)
def test_what_is_excluded_or_shared_by_services_is_only_suggested(
    knowledge: KnowledgeBase, question: str
) -> None:
    assert knowledge.ask(question).outcome is Outcome.SUGGEST


def test_there_are_at_most_three_others_best_first(knowledge: KnowledgeBase) -> None:
    result = knowledge.ask("sqs polling delay")
    assert result.best is not None and 1 <= len(result.others) <= 3
    scores = [match.score for match in (result.best, *result.others)]
    assert scores == sorted(scores, reverse=True)
    assert len({match.fact.id for match in (result.best, *result.others)}) == len(scores)


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("how many flow logs per network interface", "vpc-flow-logs"),
        ("Rate exceeded", "apigw-429"),
        ("how many customer gateways per region", "apigw-429"),
        ("kinesis Access-Control-Allow-Origin", "apigw-cors"),
        ("docker image layers caching not working", "lambda-layer"),
    ],
)
def test_a_fact_that_does_not_fit_is_never_certain(
    knowledge: KnowledgeBase, question: str, fact: str
) -> None:
    result = knowledge.ask(question)
    assert not result.confident
    near = [match.fact.id for match in (result.best, *result.others) if match]
    assert not near or fact in near


@pytest.mark.parametrize(
    "text",
    [
        "nope",
        "null",
        "who made you",
        "hi",
        "thanks!!",
        "tell me a joke",
        "sdfghjkl",
        "ok thx",
        "?",
        "can somebody please help me, its urgent!!",
        "hello, I have a question",
    ],
)
def test_small_talk_is_no_question(knowledge: KnowledgeBase, text: str) -> None:
    assert knowledge.ask(text).outcome is Outcome.SMALL_TALK


@pytest.mark.parametrize(
    "text",
    [
        "what is the time to live of dynamodb items",
        "what is the date format in s3 access logs",
        "what is the time limit of a function",
        "are you sure sqs keeps messages for 14 days",
        "i am lost with kms key policies",
        "please help me with sqs",
        "haha what is 429 in api gateway",
    ],
)
def test_a_question_that_begins_like_small_talk_is_one(knowledge: KnowledgeBase, text: str) -> None:
    assert knowledge.ask(text).outcome is not Outcome.SMALL_TALK


def test_a_comparison_is_answered_with_a_fact_for_each_side(knowledge: KnowledgeBase) -> None:
    result = knowledge.ask("difference between apigw 429 and 504")
    assert result.confident and result.best and result.beside
    assert {result.best.fact.id, result.beside.fact.id} == {"apigw-429", "apigw-504"}


def test_a_verdict_comes_only_with_an_answer(
    knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.search.verdict.verdict", lambda question, fact: "Yes: it is.")
    question = "is 2 MB too big for an sqs message"
    answer = knowledge.matcher.ask(question)
    assert knowledge.ask(question).verdict == "Yes: it is."
    unsure = replace(answer, outcome=Outcome.SUGGEST)
    monkeypatch.setattr(knowledge.matcher, "ask", lambda question: unsure)
    assert knowledge.ask(question).verdict is None


@pytest.mark.parametrize(
    ("question", "fact", "sentence"),
    [
        ("can I have 7 vpcs in a region", "vpc-quotas", "Not by default: 7 is more than"),
        ("is 3 vpcs per region ok", "vpc-quotas", "Yes: 3 is within"),
        ("do 6 containers per task work", "ecs-task-definition", "Yes: 6 is within"),
    ],
)
def test_a_number_that_no_fact_holds_finds_the_limit_it_is_compared_with(
    knowledge: KnowledgeBase, question: str, fact: str, sentence: str
) -> None:
    result = knowledge.ask(question)
    assert result.confident and result.best and result.best.fact.id == fact
    assert result.verdict and result.verdict.startswith(sentence)


@pytest.mark.parametrize(
    "question",
    [
        "can my team have 7 people in a region",
        "can google cloud have 7 vpcs in a region",
        "an azure subscription with 7 vpcs in a region, ok?",
    ],
)
def test_a_number_of_something_else_finds_no_limit(knowledge: KnowledgeBase, question: str) -> None:
    assert not knowledge.ask(question).confident


@pytest.mark.parametrize(
    "text",
    ["sqs", "SQS?", "tell me about sqs", "what is sqs", "Amazon SQS", "wats sqs for on aws"],
)
def test_a_bare_service_name_gets_an_overview(knowledge: KnowledgeBase, text: str) -> None:
    result = knowledge.ask(text)
    assert (result.outcome, result.service) == (Outcome.OVERVIEW, "sqs")
    overview = knowledge.overview("sqs")
    assert overview.count >= len(overview.most_asked) == 5


def test_what_is_a_service_shows_the_fact_that_says_so(knowledge: KnowledgeBase) -> None:
    result = knowledge.ask("what is firehose")
    assert result.confident and result.best and result.best.fact.id == "firehose-what"


@pytest.mark.parametrize(
    ("last", "text", "fact"),
    [
        ("apigw-429", "what about 504?", "apigw-504"),
        ("apigw-429", "why?", "apigw-429"),
        ("ddb-gsi-copy", "and lsi?", "ddb-lsi-projection"),
        ("s3-no-such-key", "what about 403?", "s3-list-bucket-403"),
        ("s3-presigned-url", "and presigned post?", "s3-presigned-post"),
        ("sqs-delay-queue", "what is the default?", "sqs-delay-queue"),
    ],
)
def test_a_follow_up_leads_on_from_the_fact_shown_last(
    knowledge: KnowledgeBase, last: str, text: str, fact: str
) -> None:
    result = knowledge.follow_up(last, text)
    assert result is not None and result.confident and result.best
    assert result.best.fact.id == fact


@pytest.mark.parametrize("text", ["and in lambda?", "what about lambda", "the maximum?"])
def test_a_follow_up_that_leads_nowhere_gets_no_answer(knowledge: KnowledgeBase, text: str) -> None:
    result = knowledge.follow_up("sqs-long-polling", text)
    assert result is not None and result.outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    "text", ["lambda memory", "", "thanks", "how do I make one", "the queue is full, what now"]
)
def test_a_question_of_its_own_is_no_follow_up(knowledge: KnowledgeBase, text: str) -> None:
    assert knowledge.follow_up("sqs-long-polling", text) is None


def test_a_fact_that_is_gone_leads_nowhere(knowledge: KnowledgeBase) -> None:
    assert knowledge.follow_up("no-such-fact", "why?") is None


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


@pytest.mark.parametrize("question", ["best pizza in town", "how is the weather today"])
def test_what_has_nothing_to_do_with_any_fact_brings_none_up(
    knowledge: KnowledgeBase, question: str
) -> None:
    result = knowledge.ask(question)
    assert (result.outcome, result.nearest) == (Outcome.UNKNOWN, ())


def test_names_without_facts_of_their_own_are_evidence_for_the_fact_that_they_title(
    knowledge: KnowledgeBase,
) -> None:
    result = knowledge.ask("transit gateway vs vpc peering")
    assert result.best and result.best.fact.id == "vpc-peering-tgw-privatelink"
    assert result.confident
