"""What people call the APIs that botocore has models of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

CLI_NAMES = {"s3": "s3api", "codedeploy": "deploy", "config": "configservice"}
"""Where the AWS CLI has another name than botocore."""
_SPOKEN = {
    "acm": "certificate manager",
    "amp": "managed prometheus, prometheus, managed service for prometheus",
    "apigateway": "api gateway, api gw, apigw, rest api",
    "apigatewayv2": "api gateway, api gw, apigw, http api, websocket api",
    "application-autoscaling": "application auto scaling",
    "appstream": "appstream, appstream 2.0",
    "autoscaling": "auto scaling, ec2 auto scaling, asg",
    "bedrock": "bedrock",
    "bedrock-agent": "bedrock, bedrock agents, agents for bedrock",
    "bedrock-agent-runtime": "bedrock, bedrock agents runtime",
    "bedrock-runtime": "bedrock",
    "ce": "cost explorer",
    "cloudformation": "cfn",
    "cloudwatch": "cw",
    "codeconnections": "codestar connections",
    "cognito-identity": "cognito, identity pools, identity pool, cognito identity pools",
    "cognito-idp": "cognito, user pools, user pool, cognito user pools, cognito user pool",
    "cognito-sync": "cognito sync",
    "config": "aws config, configservice",
    "dms": "database migration service",
    "docdb": "documentdb",
    "dynamodb": "dynamo, ddb",
    "dynamodbstreams": "dynamodb streams",
    "ec2": "vpc, ebs volumes",
    "ecr": "container registry",
    "ecs": "fargate, elastic container service, ecs task, ecs service, ecs task definition",
    "efs": "elastic file system",
    "eks": "elastic kubernetes service",
    "elasticbeanstalk": "beanstalk, elastic beanstalk",
    "elb": "elb, classic load balancer, clb",
    "elbv2": "elb, alb, nlb, application load balancer, network load balancer, load balancer",
    "emr": "elastic mapreduce",
    "es": "elasticsearch",
    "events": "eventbridge, event bridge, cloudwatch events",
    "firehose": "kinesis firehose, data firehose, kinesis data firehose",
    "globalaccelerator": "global accelerator",
    "grafana": "managed grafana",
    "identitystore": "identity store, identity center",
    "kafka": "msk, managed kafka, managed streaming for kafka",
    "kafkaconnect": "msk connect",
    "kinesis": "kinesis data streams, data streams",
    "kinesisanalyticsv2": "flink, managed flink, managed service for apache flink",
    "lambda": "lambda functions, lambda function",
    "location": "location service",
    "logs": "cloudwatch logs, cw logs",
    "memorydb": "memorydb, memory db",
    "mwaa": "airflow, managed airflow, managed workflows for apache airflow",
    "opensearch": "opensearch, opensearch service",
    "opensearchserverless": "opensearch serverless",
    "ram": "resource access manager",
    "rds": "aurora, relational database service",
    "resourcegroupstaggingapi": "tagging api, resource groups tagging",
    "route53": "route 53, r53",
    "s3": "s3api, simple storage service",
    "s3control": "s3 control, s3 batch operations",
    "sagemaker": "sagemaker ai",
    "scheduler": "eventbridge scheduler",
    "secretsmanager": "secrets manager, secretsmanager",
    "servicediscovery": "cloud map",
    "ses": "ses, simple email service",
    "sesv2": "ses, simple email service, ses v2",
    "sso-admin": "identity center, iam identity center, sso",
    "ssm": "systems manager, parameter store, session manager, ssm",
    "stepfunctions": "step functions, step function, stepfunctions, sfn, state machine",
    "transfer": "transfer family",
    "waf": "waf classic",
    "wafv2": "waf",
    "xray": "x-ray, xray",
}  # fmt: skip
"""What people say besides the names that a model has; several APIs may share one."""
_NAMES = {
    "apigateway": "API Gateway (REST)",
    "apigatewayv2": "API Gateway (HTTP and WebSocket)",
    "bedrock-runtime": "Amazon Bedrock Runtime",
    "cognito-idp": "Amazon Cognito user pools",
    "cognito-identity": "Amazon Cognito identity pools",
    "es": "Amazon OpenSearch Service (es)",
    "iam": "AWS IAM",
    "s3control": "Amazon S3 Control",
    "sesv2": "Amazon SES (v2)",
    "ses": "Amazon SES (v1)",
    "ssm": "AWS Systems Manager",
    "stepfunctions": "AWS Step Functions",
    "sts": "AWS STS",
    "dynamodb": "Amazon DynamoDB",
}
"""Where a model's own name says too little, or is out of date."""


def display_name(api: str, metadata: Mapping[str, Any]) -> str:
    """How we call an API: as people do, with its maker in front."""
    named = metadata.get("serviceAbbreviation") or metadata["serviceFullName"]
    return _NAMES.get(api, str(named))


def aliases_of(api: str, metadata: Mapping[str, Any]) -> dict[str, bool]:
    """Every name of an API as `joined` writes it, and whether that is its own.

    The prefix of an address and the name in signatures are often those of several APIs.
    """
    spoken = [name.strip() for name in _SPOKEN.get(api, "").split(",")]
    named = [metadata.get(field) for field in ("serviceId", "serviceAbbreviation")]
    named += [metadata["serviceFullName"], display_name(api, metadata)]
    shared = [metadata.get(field) for field in ("endpointPrefix", "signingName")]
    found: dict[str, bool] = {}
    for is_own, names in (
        (True, (api, CLI_NAMES.get(api, api), *spoken, *named)), (False, shared),
    ):  # fmt: skip
        for name in filter(None, names):
            short = re.sub(r"^(AWS|Amazon) ", "", name)
            for form in (name, short, re.sub(r" ?\([^)]*\)", "", short)):
                found.setdefault(joined(form), is_own)
    found.pop("", None)
    return found


def joined(name: str) -> str:
    """A name without spaces and punctuation, in lower case."""
    return re.sub(r"[^a-z0-9]", "", name.lower())
