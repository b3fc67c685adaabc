"""What cfn-lint knows: resource types, limits of templates, the life of Lambda's runtimes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from knowledge.verifying.member import Measure, Member

REGION = "us-east-1"
"""Whose resource types are asked; it has them all."""
_BOUNDS = {
    "integer": (Measure.NUMBER, "minimum", "maximum"),
    "number": (Measure.NUMBER, "minimum", "maximum"),
    "string": (Measure.CHARACTERS, "minLength", "maxLength"),
    "array": (Measure.THINGS, "minItems", "maxItems"),
    "object": (Measure.THINGS, "minProperties", "maxProperties"),
}


class ResourceSchema:
    """The schema of one resource type. https://json-schema.org/draft-07"""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._schema = schema

    def member(self, path: str) -> Member | None:
        """A property by its path, past lists: Rules.Status; None if there is no such one."""
        names = path.split(".")
        parent: Mapping[str, Any] = {}
        found = self._schema
        for name in names:
            parent = self._resolved(found)
            if name not in parent.get("properties", {}):
                return None
            found = parent["properties"][name]
        pointer = "/properties/" + "/".join(names)
        return self._member(
            names[-1],
            self._resolved(found, through_lists=False),
            names[-1] in parent.get("required", ()),
            pointer in self._schema.get("createOnlyProperties", ()),
        )

    def _resolved(self, schema: Mapping[str, Any], through_lists: bool = True) -> Mapping[str, Any]:
        while True:
            if "$ref" in schema:
                schema = self._schema["definitions"][schema["$ref"].rsplit("/", 1)[1]]
            elif through_lists and "items" in schema:
                schema = schema["items"]
            else:
                return schema

    def _member(
        self, name: str, schema: Mapping[str, Any], required: bool, create_only: bool
    ) -> Member:
        types = schema.get("type", "")
        kind = types if isinstance(types, str) else next(iter(types), "")
        measure, least, most = _BOUNDS.get(kind, (None, "minimum", "maximum"))
        return Member(
            name,
            measure,
            schema.get(least),
            schema.get(most),
            tuple(map(str, self._resolved(schema).get("enum", ()))),
            schema.get("description", ""),
            required,
            create_only,
        )


@cache
def resource_type(name: str) -> ResourceSchema | None:
    """A resource type, also one of AWS SAM's; None if cfn-lint doesn't know it.

    Raises ImportError if cfn-lint is not installed.
    """
    from cfnlint.schema import ResourceNotFoundError
    from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

    try:
        return ResourceSchema(PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, name).schema)
    except ResourceNotFoundError:
        return None


def template_limit(name: str) -> int | float | None:
    """A limit of templates by its path, such as Resources.number; None if there is no such one."""
    from cfnlint.helpers import LIMITS

    found: Any = LIMITS
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found if isinstance(found, int | float) else None


@cache
def runtime_dates() -> dict[str, dict[str, str]]:
    """Days on which Lambda runtimes change, by runtime and cfn-lint's word for the change."""
    from cfnlint.data import AdditionalSpecs
    from cfnlint.helpers import load_resource

    lives: dict[str, dict[str, Any]] = load_resource(AdditionalSpecs, "LmbdRuntimeLifecycle.json")
    changes = ("deprecated", "create-block", "update-block")
    return {
        runtime: {change: life[change] for change in changes if life.get(change)}
        for runtime, life in lives.items()
    }
