"""What an answer consists of, and lists in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from knowledge.counting import listed
from knowledge.reference.records import Api, ApiError, Operation

Listed = TypeVar("Listed", Operation, ApiError)

MAX_LISTED = 60
"""How many names a list holds at most."""
MAX_EXAMPLES = 4
_WELL_KNOWN = (
    "lambda", "s3", "ec2", "dynamodb", "sqs", "sns", "events", "stepfunctions", "rds", "ecs",
    "iam", "sts", "kms", "cloudwatch", "logs", "kinesis", "apigateway", "secretsmanager", "ssm",
    "cloudformation", "glue", "athena", "eks", "elbv2", "route53", "cloudfront", "cognito-idp",
    "bedrock-runtime", "rekognition", "textract",
)  # fmt: skip
"""botocore's names of the APIs that examples come from first."""


class Source(Enum):
    """Where an answer comes from; `{}` stands for the package and its version."""

    API_MODEL = "from AWS's API model ({})"
    RESOURCE_SCHEMA = "from CloudFormation's resource schemas ({})"
    ENDPOINTS = "from AWS's list of endpoints ({})"
    RUNTIMES = "from a list of Lambda runtimes ({})"

    @property
    def is_botocore(self) -> bool:
        """Whether the package is botocore; else it is cfn-lint."""
        return self in (Source.API_MODEL, Source.ENDPOINTS)


@dataclass(frozen=True, slots=True)
class Found:
    """What the data says, in our own sentences of plain text; `keys` are what it comes down to."""

    title: str
    text: str
    source: Source
    keys: tuple[str, ...]


def in_words(items: Sequence[str], most: int = MAX_LISTED, joint: str = "and") -> str:
    """`A`, `A and B`, `A, B, and C`, or `A, B, and 7 more`."""
    shown = list(items[:most])
    if hidden := len(items) - len(shown):
        shown.append(f"{hidden} more")
    return listed(shown, joint)


def well_known_first(apis: Iterable[Api]) -> list[Api]:
    """Each API once, those that most people use first."""
    rank = {name: number for number, name in enumerate(_WELL_KNOWN)}
    return sorted(dict.fromkeys(apis), key=lambda api: rank.get(api.id, len(rank)))


def one_of_each_api(items: Sequence[Listed]) -> list[Listed]:
    """The first item of each API, those of the APIs that most people use first."""
    apis = well_known_first(item.api for item in items)
    return [next(item for item in items if item.api == api) for api in apis]


def names_of(apis: Iterable[Api], most: int = MAX_EXAMPLES) -> str:
    """The names of some APIs, each once, those that most people use first."""
    names = list(dict.fromkeys(api.name for api in well_known_first(apis)))
    return in_words(names, most)
