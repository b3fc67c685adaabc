"""What cfn-lint's files say: CloudFormation's resource types, and the life of Lambda runtimes.

The files are read where they are installed. Importing cfn-lint takes a second, and without them its
own reader would download them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from knowledge.reference.building.tables import Row, packed

REGION = "us-east-1"
"""Whose resource types are read; it has them all."""
MAX_DEPTH = 8
"""How deep properties are read: some of WAF's hold themselves."""
Schema = Mapping[str, Any]


def data_folder() -> Path:
    """Where cfn-lint's data is. Raises ModuleNotFoundError if it isn't installed."""
    found = find_spec("cfnlint")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("cfn-lint is not installed", name="cfnlint")
    return Path(found.submodule_search_locations[0]) / "data"


def resource_rows(folder: Path) -> Iterator[Row]:
    """The rows of all resource types, and of their properties by name."""
    schemas = folder / "schemas"
    files = _read(schemas / "providers" / f"{REGION}.json")
    for number, (name, stem) in enumerate(sorted(files.items()), 1):
        schema = _read(schemas / "resources" / f"{stem}.json")
        body = resource_type(schema)
        yield Row("resource_types", (number, name, packed(body)))
        for path, property_ in body["properties"].items():
            if "." not in path:
                yield Row("properties", (path, number, property_.get("change", 0)))


def runtime_rows(folder: Path) -> Iterator[Row]:
    """A row for each Lambda runtime, with ISO dates."""
    lives = _read(folder / "AdditionalSpecs" / "LmbdRuntimeLifecycle.json")
    for name, life in lives.items():
        dates = (life.get("deprecated"), life.get("create-block"), life.get("update-block"))
        yield Row("runtimes", (name, *dates, life.get("successor")))


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


def resource_type(schema: Schema) -> dict[str, Any]:
    """A resource type in short.

    `change` is 1 where a change of the property replaces the resource, and 2 where that depends. Of
    properties below others, only those with allowed values or such a change are kept.
    """
    always = _pointers(schema, "createOnlyProperties")
    maybe = _pointers(schema, "conditionalCreateOnlyProperties")
    attributes = _pointers(schema, "readOnlyProperties")
    handlers: Schema = schema.get("handlers") or {}
    properties: dict[str, dict[str, Any]] = {}
    for path, content in _properties(schema, schema, "", 0):
        if path in attributes:
            continue
        found: dict[str, Any] = {}
        if path in always or path in maybe:
            found["change"] = 1 if path in always else 2
        if values := content.get("enum"):
            found["values"] = list(map(str, values))
        if found or "." not in path:
            properties.setdefault(path, found)
    return {
        "required": sorted(schema.get("required", ())),
        "either": sorted(schema.get("requiredOr") or schema.get("requiredXor") or ()),
        "attributes": sorted(attributes),
        "properties": properties,
        "never_updates": bool(handlers) and "update" not in handlers,
    }


def _pointers(schema: Schema, name: str) -> set[str]:
    """Paths such as Rules.Status, of pointers such as /properties/Rules/*/Status."""
    return {
        ".".join(part for part in pointer.split("/")[2:] if part not in ("*", "properties"))
        for pointer in schema.get(name, ())
    }


def _properties(
    root: Schema, schema: Schema, prefix: str, depth: int
) -> Iterator[tuple[str, Schema]]:
    """Every property with its path, and what its values must be; lists are stepped through."""
    for name, content in schema.get("properties", {}).items():
        found = _resolved(root, content)
        yield f"{prefix}{name}", found
        if depth < MAX_DEPTH and f".{name}." not in f".{prefix}":
            yield from _properties(root, found, f"{prefix}{name}.", depth + 1)


def _resolved(root: Schema, schema: Schema) -> Schema:
    """What a reference leads to, through lists. https://json-schema.org/draft-07"""
    for _ in range(MAX_DEPTH):
        if "$ref" in schema:
            schema = _at(root, schema["$ref"])
        elif isinstance(schema.get("items"), dict):
            schema = schema["items"]
        else:
            break
    return schema


def _at(root: Schema, pointer: str) -> Schema:
    """The part of a schema that a pointer such as #/definitions/Tag leads to."""
    found: Any = root
    for part in pointer.lstrip("#/").split("/"):
        found = found.get(part, {}) if isinstance(found, dict) else {}
    return found if isinstance(found, dict) else {}
