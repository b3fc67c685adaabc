"""What botocore's models say: operations, errors, and parameters with allowed values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from knowledge.reference.building.service_names import CLI_NAMES, aliases_of, display_name
from knowledge.reference.building.tables import Row

MAX_DEPTH = 12
"""How many lists in lists are opened."""
MAX_ENUMS_PER_API = 100_000
Model = Mapping[str, Any]
ShapeModel = Mapping[str, Any]


def load_models() -> Iterator[tuple[str, Model]]:
    """Every API's model with botocore's name for it, without what a user has added."""
    for api in _loader().list_available_services("service-2"):
        yield api, _loader().load_service_model(api, "service-2")  # each loader keeps what it loads


def _loader() -> Any:
    from botocore.loaders import Loader

    return Loader([Loader.BUILTIN_DATA_PATH], include_default_search_paths=False)


def api_rows(service: int, api: str, model: Model, regions: str, is_global: bool) -> Iterator[Row]:
    """The rows of one model; `service` is its number, `regions` are codes between spaces."""
    metadata = model["metadata"]
    name, count = display_name(api, metadata), len(model["operations"])
    cli = CLI_NAMES.get(api, api)
    yield Row("services", (service, api, name, count, cli, regions, is_global))
    for alias, is_own in aliases_of(api, metadata).items():
        yield Row("aliases", (alias, service, is_own))
    errors = {name: n for n, name in enumerate(sorted(_errors(model)))}
    yield from _operation_rows(service, model, errors)
    yield from _error_rows(service, model, errors)
    yield from _enum_rows(service, model)


def _errors(model: Model) -> Iterator[str]:
    return (name for name, shape in model["shapes"].items() if shape.get("exception"))


def _operation_rows(service: int, model: Model, errors: Mapping[str, int]) -> Iterator[Row]:
    from botocore import xform_name

    for number, (name, operation) in enumerate(model["operations"].items()):
        required = _shape(model, operation.get("input")).get("required", ())
        listed = {error["shape"] for error in operation.get("errors", ())}
        numbers = sorted(errors[error] for error in listed if error in errors)
        flags = bool(operation.get("deprecated")), _streams(model, operation)
        texts = xform_name(name), " ".join(required), _joined(numbers)
        yield Row("operations", (name, service, number, *texts, *flags))


def _joined(numbers: Iterable[int]) -> str:
    """Numbers between spaces, with one at each end, to be found by."""
    return f" {' '.join(map(str, numbers))} "


def _streams(model: Model, operation: Mapping[str, Any]) -> bool:
    """Whether events are streamed, which the AWS CLI can't do in general."""
    return any(
        model["shapes"][member["shape"]].get("eventstream")
        for side in ("input", "output")
        for member in _shape(model, operation.get(side)).get("members", {}).values()
    )


def _shape(model: Model, reference: Mapping[str, Any] | None) -> ShapeModel:
    shape: ShapeModel = model["shapes"][reference["shape"]] if reference else {}
    return shape


def _error_rows(service: int, model: Model, errors: Mapping[str, int]) -> Iterator[Row]:
    """An error by its name, and by its code on the wire if that differs."""
    for name, number in errors.items():
        details = model["shapes"][name].get("error") or {}
        for label in dict.fromkeys((name, str(details.get("code") or name))):
            status = details.get("httpStatusCode")
            yield Row("errors", (label, service, number, status, label != name))


def _enum_rows(service: int, model: Model) -> Iterator[Row]:
    """The enumerations, the members that take one, and the operations that ask for it."""
    members = _members(model)
    asked: defaultdict[str, list[int]] = defaultdict(list)
    for number, operation in enumerate(model["operations"].values()):
        for shape in _asked(model, operation):
            asked[shape].append(number)
    for at, (shape, content) in enumerate(model["shapes"].items()):
        if not content.get("enum"):
            continue
        enum = service * MAX_ENUMS_PER_API + at
        names = sorted(members[shape])
        allowed = "\n".join(content["enum"])
        yield Row("enums", (enum, service, shape, " ".join(names), _joined(asked[shape]), allowed))
        for name in (*names, shape):
            yield Row("parameters", (name, enum))
        for value in content["enum"]:
            yield Row("enum_values", (value, enum))


def _members(model: Model) -> defaultdict[str, set[str]]:
    """The names of the members of each enumeration, also of those in lists."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for content in model["shapes"].values():
        for name, reference in content.get("members", {}).items():
            found[_innermost(model, reference["shape"])].add(name)
    return found


def _innermost(model: Model, shape: str) -> str:
    """What a list or a map of lists holds in the end."""
    for _ in range(MAX_DEPTH):
        content = model["shapes"][shape]
        inner = content.get("member") or content.get("value")
        if not inner:
            break
        shape = inner["shape"]
    return shape


def _asked(model: Model, operation: Mapping[str, Any]) -> set[str]:
    """The enumerations that a request of an operation holds."""
    waiting = [operation["input"]["shape"]] if "input" in operation else []
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        content = model["shapes"][name]
        references = [*content.get("members", {}).values()]
        references += [content[part] for part in ("member", "key", "value") if part in content]
        waiting += [reference["shape"] for reference in references]
    return {name for name in seen if model["shapes"][name].get("enum")}
