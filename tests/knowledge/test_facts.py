"""Every built-in fact, against the rules and through every view."""

from __future__ import annotations

from datetime import date
from zlib import crc32

import pytest

from bot.fake_slack.validator import Surface, validation_errors
from bot.slack.mrkdwn import escape
from bot.views.card import card, shared_card
from bot.views.refusal import suggestions
from bot.views.usage import fact_list, service_list, usage
from bot.views.value import Value
from knowledge import Fact, KnowledgeBase
from knowledge.files.folders import BUILT_IN
from knowledge.files.loader import inspect

SERVICES = {
    "Amazon API Gateway", "AWS CloudFormation", "Amazon CloudWatch", "AWS CodeBuild",
    "AWS CodeCommit", "AWS CodeDeploy", "Amazon Cognito", "Amazon DynamoDB", "Amazon EBS",
    "Amazon EC2", "Amazon ECS", "AWS Elastic Beanstalk", "Amazon ElastiCache",
    "Amazon Kinesis Data Streams", "Amazon Data Firehose",
    "Amazon Managed Service for Apache Flink", "AWS KMS", "AWS Lambda", "Amazon S3", "AWS SAM",
    "Amazon SNS", "AWS Step Functions", "Elastic Load Balancing",
    "Amazon SQS", "AWS STS", "AWS Systems Manager Parameter Store", "Amazon VPC", "AWS X-Ray",
    "AWS CLI and SDKs", "AWS IAM",
    "AWS AppSync", "AWS Billing and accounts", "AWS CDK", "AWS Certificate Manager",
    "AWS CloudTrail",
    "AWS IAM Identity Center", "AWS Organizations", "AWS Secrets Manager", "AWS Systems Manager",
    "AWS WAF", "Amazon Aurora", "Amazon Bedrock", "Amazon CloudFront", "Amazon EC2 Auto Scaling",
    "Amazon ECR", "Amazon EFS", "Amazon EKS", "Amazon EventBridge", "Amazon RDS", "Amazon Route 53",
    "AWS Amplify", "AWS Backup", "AWS CodePipeline", "AWS Config", "AWS Glue", "AWS Security Hub",
    "AWS global infrastructure", "Amazon Athena", "Amazon FSx", "Amazon GuardDuty", "Amazon MSK",
    "Amazon OpenSearch Service", "Amazon Redshift", "Amazon SES",
}  # fmt: skip
TODAY = date(2026, 11, 26)
VALUE = Value("", "U0ANN", "what is this <!channel> about?")


def test_the_built_in_facts_have_no_faults() -> None:
    assert [str(fault) for fault in inspect([BUILT_IN])[1]] == []


def test_the_built_in_facts_have_phrasings_enough(knowledge: KnowledgeBase) -> None:
    """Facts that few ask for may have fewer elsewhere, such as those that teams write."""
    few = [fact.id for fact in knowledge.facts.values() if len(fact.phrasings) < 8]
    assert few == []


def test_every_service_is_there_with_facts(knowledge: KnowledgeBase) -> None:
    assert {service.name for service in knowledge.services.values()} == SERVICES
    assert {fact.service for fact in knowledge.facts.values()} == set(knowledge.services)


@pytest.mark.parametrize(
    ("old", "slug"),
    [
        ("kinesis data analytics", "flink"),
        ("kinesis firehose", "firehose"),
        ("cfn", "cloudformation"),
    ],
)
def test_old_names_find_the_service(knowledge: KnowledgeBase, old: str, slug: str) -> None:
    service = knowledge.find_service(old)
    assert service is not None and service.slug == slug


def test_every_fact_goes_through_every_view(knowledge: KnowledgeBase) -> None:
    for fact in knowledge.facts.values():
        service = knowledge.services[fact.service].name
        related = [knowledge.facts[other] for other in fact.related]
        value = VALUE.about(fact.id)
        for message in (
            card(fact, service, value, related, today=TODAY, shareable=True),
            card(fact, service, value, related, today=TODAY, detailed=True),
            shared_card(fact, service, value, TODAY),
            suggestions("what?", [fact, *related][:3], value, "Did you mean?"),
        ):
            assert validation_errors(message.payload(), Surface.MESSAGE) == [], fact.id
        assert escape(fact.answer) in card(fact, service, value, today=TODAY).text


def test_every_list_is_valid(knowledge: KnowledgeBase) -> None:
    for service in knowledge.services.values():
        assert validation_errors(fact_list(knowledge, service).payload(), Surface.MESSAGE) == [], (
            service.name
        )
    assert validation_errors(service_list(knowledge, "/aws").payload(), Surface.MESSAGE) == []
    assert validation_errors(usage("/aws", "/aws").payload(), Surface.MESSAGE) == []


@pytest.mark.parametrize("half", [0, 1])
def test_a_phrasing_finds_its_fact(knowledge: KnowledgeBase, half: int) -> None:
    """A phrasing is written for one fact; nearly all must lead there.

    In two halves, because a busy machine takes a minute for all. New facts move no other fact to
    the other half, so that a half changes only by what is asked and found.
    """
    facts = [fact for fact in knowledge.facts.values() if crc32(fact.id.encode()) % 2 == half]
    asked = [(phrase, fact) for fact in facts for phrase in fact.phrasings]
    missed = [(phrase, fact.id) for phrase, fact in asked if _best(knowledge, phrase) != fact]
    assert asked and len(missed) <= 0.03 * len(asked), missed


def _best(knowledge: KnowledgeBase, question: str) -> Fact | None:
    best = knowledge.ask(question).best
    return best.fact if best else None
