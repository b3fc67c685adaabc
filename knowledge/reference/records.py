"""What the file of exact names holds, as typed values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum


@dataclass(frozen=True, slots=True)
class Api:
    """One of AWS's APIs: `id` is botocore's name for it, `cli` that of the AWS CLI.

    `regions` are the codes of those with an endpoint; empty if botocore doesn't list them.
    """

    number: int
    id: str
    name: str
    operation_count: int
    cli: str
    regions: tuple[str, ...]
    is_global: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation; `cli` is empty if the AWS CLI can't call it. `errors` are numbers."""

    name: str
    api: Api
    number: int
    python: str
    required: tuple[str, ...]
    errors: tuple[int, ...]
    is_deprecated: bool
    streams: bool

    @property
    def cli(self) -> str:
        """Its command of the AWS CLI, such as `aws s3api put-object`; "" if there is none."""
        return "" if self.streams else f"aws {self.api.cli} {self.python.replace('_', '-')}"


@dataclass(frozen=True, slots=True)
class ApiError:
    """An error that an API lists, with its HTTP status if the model gives one."""

    name: str
    api: Api
    number: int
    status: int | None


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Allowed values; `members` are what the parameters and fields that take one are called.

    `operations` are the numbers of those that ask for it.
    """

    api: Api
    shape: str
    members: tuple[str, ...]
    operations: frozenset[int]
    allowed: tuple[str, ...]


class Change(IntEnum):
    """What a change of a property does to its resource."""

    UPDATES = 0
    REPLACES = 1
    DEPENDS = 2


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a resource type; `values` are empty if any are allowed."""

    change: Change = Change.UPDATES
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResourceType:
    """A CloudFormation resource type; properties by their path, such as Rules.Status.

    One of the properties in `either` is required, too. A resource that `never_updates` is replaced
    by any change.
    """

    name: str
    required: tuple[str, ...]
    either: tuple[str, ...]
    attributes: tuple[str, ...]
    never_updates: bool
    properties: Mapping[str, Property] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Region:
    """A Region and the names of the APIs with an endpoint there."""

    code: str
    name: str
    apis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Runtime:
    """A Lambda runtime; each date in ISO form, or None if there is none yet."""

    name: str
    deprecated: str | None
    create_block: str | None
    update_block: str | None
    successor: str | None
