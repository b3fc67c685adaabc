"""A file of exact names made of two small models, two resource types, a Region, and a runtime."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from knowledge.reference.building.api_models import api_rows
from knowledge.reference.building.cfn_lint_files import resource_type
from knowledge.reference.building.regions import region_rows, regions_by_prefix
from knowledge.reference.building.tables import Row, packed, write
from knowledge.reference.reference import Reference
from knowledge.reference.versions import Versions

VERSIONS = Versions("9.9", "8.8")
ENDPOINTS = {
    "partitions": [
        {
            "regions": {
                "eu-nowhere-1": {"description": "Europe (Nowhere)"},
                "eu-nowhere-2": {"description": "Europe (Elsewhere)"},
            },
            "services": {
                "queue": {"endpoints": {"eu-nowhere-1": {}}},
                "post": {"endpoints": {"aws-global": {}}, "isRegionalized": False},
            },
        }
    ]
}


def model(name: str, prefix: str, operations: dict[str, Any], shapes: dict[str, Any]) -> Any:
    metadata = {"serviceFullName": name, "serviceId": name, "endpointPrefix": prefix}
    return {"metadata": metadata, "operations": operations, "shapes": shapes}


QUEUE = model(
    "Acme Queue",
    "queue",
    {
        "PutMessage": {
            "input": {"shape": "PutRequest"},
            "errors": [{"shape": "QueueGone"}, {"shape": "Busy"}],
        },
        "ListQueues": {"deprecated": True},
        "Peek": {"input": {"shape": "PutRequest"}},
        "GetMessage": {"errors": [{"shape": "Busy"}]},
    },
    {
        "PutRequest": {
            "required": ["QueueName"],
            "members": {"QueueName": {"shape": "Name"}, "SortMode": {"shape": "Sorting"}},
        },
        "Name": {"type": "string", "max": 80},
        "Sorting": {"type": "string", "enum": ["FIRST_IN", "LAST_IN"]},
        "QueueGone": {"exception": True, "error": {"code": "Acme.Gone", "httpStatusCode": 404}},
        "Busy": {"exception": True},
    },
)
POST = model(
    "Acme Post",
    "post",
    {"GetMessage": {"errors": [{"shape": "Busy"}]}, "SendLetter": {}},
    {"Busy": {"exception": True, "error": {"httpStatusCode": 429}}},
)
TYPES: dict[str, Any] = {
    "AWS::Acme::Queue": {
        "properties": {
            "QueueName": {"type": "string"},
            "Mode": {"enum": ["fast", "safe"]},
            "Depth": {"type": "integer"},
            "Rules": {"type": "array", "items": {"$ref": "#/definitions/Rule"}},
            "Arn": {},
        },
        "definitions": {"Rule": {"properties": {"State": {"enum": ["on", "off"]}}}},
        "required": ["Mode"],
        "createOnlyProperties": ["/properties/QueueName"],
        "conditionalCreateOnlyProperties": ["/properties/Rules"],
        "readOnlyProperties": ["/properties/Arn"],
        "handlers": {"create": {}, "update": {}},
    },
    "AWS::Acme::Empty": {"properties": {}},
    "AWS::Acme::Stamp": {"properties": {"Value": {}}, "handlers": {"create": {}, "read": {}}},
}


def rows() -> Iterator[Row]:
    yield Row("meta", ("botocore", VERSIONS.botocore))
    yield Row("meta", ("cfn-lint", VERSIONS.cfn_lint))
    regions = regions_by_prefix(ENDPOINTS)
    for number, (api, content) in enumerate({"queue": QUEUE, "post": POST}.items(), 1):
        yield from api_rows(number, api, content, *regions[api])
    yield from region_rows(ENDPOINTS, {"queue": "Acme Queue", "post": "Acme Post"})
    for number, (name, schema) in enumerate(TYPES.items(), 1):
        body = resource_type(schema)
        yield Row("resource_types", (number, name, packed(body)))
        for path, content in body["properties"].items():
            if "." not in path:
                yield Row("properties", (path, number, content.get("change", 0)))
    yield Row("runtimes", ("python3.8", "2024-10-14", "2027-02-01", None, "python3.14"))


@cache
def _written() -> Path:
    path = Path(mkdtemp()) / "small"
    write(str(path), rows())
    return path


def copy_file(path: Path, versions: Versions) -> None:
    """What `prepare` does in these tests: like the real one, it leaves no half of a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = shutil.copy(_written(), path.with_suffix(".new"))
    Path(whole).replace(path)


def small_reference(
    folder: Path, prepare: Callable[[Path, Versions], None] = copy_file
) -> Reference:
    return Reference(folder, prepare)
