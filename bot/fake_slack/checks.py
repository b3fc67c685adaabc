"""Checks from which the tables of Block Kit are built; their sentences follow Slack's.

https://docs.slack.dev/reference/methods/chat.postMessage#errors
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

FieldCheck = Callable[[object, str], Iterator[str]]
"""Yields an error for each problem of a value, given the JSON pointer to the value."""
Rule = Callable[[Mapping[str, Any], str], Iterator[str]]
"""A check of how the fields of an object go together."""


def error_at(pointer: str, sentence: str) -> str:
    return f"{sentence} [json-pointer:{pointer}]"


def anything(value: object, pointer: str) -> Iterator[str]:
    yield from ()


def boolean(value: object, pointer: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield error_at(pointer, "must provide a boolean")


def string(max_chars: int, min_chars: int = 1, pattern: str | None = None) -> FieldCheck:
    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield error_at(pointer, "must provide a string")
        elif len(value) < min_chars:
            yield error_at(pointer, f"must be more than {min_chars - 1} characters")
        elif len(value) > max_chars:
            yield error_at(pointer, f"must be less than {max_chars + 1} characters")
        elif pattern and not re.fullmatch(pattern, value):
            yield error_at(pointer, "does not match the expected format")

    return check


def integer(minimum: int, maximum: int) -> FieldCheck:
    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield error_at(pointer, "must provide an integer")
        elif value < minimum:
            yield error_at(pointer, f"must be at least {minimum}")
        elif value > maximum:
            yield error_at(pointer, f"must be at most {maximum}")

    return check


def one_of(*allowed: str) -> FieldCheck:
    def check(value: object, pointer: str) -> Iterator[str]:
        if value not in allowed:
            yield error_at(pointer, f"must be one of: {', '.join(allowed)}")

    return check


def array(check_item: FieldCheck, min_items: int, max_items: int) -> FieldCheck:
    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, Sequence) or isinstance(value, str | bytes):
            yield error_at(pointer, "must provide an array")
            return
        if len(value) < min_items:
            yield error_at(pointer, f"no fewer than {min_items} items allowed")
        if len(value) > max_items:
            yield error_at(pointer, f"no more than {max_items} items allowed")
        for number, item in enumerate(value):
            yield from check_item(item, f"{pointer}/{number}")

    return check


def fields(
    required: Mapping[str, FieldCheck],
    optional: Mapping[str, FieldCheck] | None = None,
    *rules: Rule,
) -> FieldCheck:
    """An object with these fields and no others; `type` is always allowed."""
    known = {"type": anything, **(optional or {}), **required}

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield error_at(pointer, "must provide an object")
            return
        for name in required:
            if name not in value:
                yield error_at(pointer, f"missing required field: {name}")
        for name, part in value.items():
            if name in known:
                yield from known[name](part, f"{pointer}/{name}")
            else:
                yield error_at(pointer, f"invalid additional property: {name}")
        for rule in rules:
            yield from rule(value, pointer)

    return check


def by_type(checks: Mapping[str, FieldCheck], *allowed: str) -> FieldCheck:
    """An object checked according to its `type`, which must be one of the allowed (or any)."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield error_at(pointer, "must provide an object")
        elif "type" not in value:
            yield error_at(pointer, "missing required field: type")
        elif (kind := str(value["type"])) not in checks or (allowed and kind not in allowed):
            yield error_at(f"{pointer}/type", f"unsupported type: {kind}")
        else:
            yield from checks[kind](value, pointer)

    return check


def at_least_one_of(*names: str) -> Rule:
    def rule(value: Mapping[str, Any], pointer: str) -> Iterator[str]:
        if not any(name in value for name in names):
            yield error_at(pointer, f"missing required field: one of {', '.join(names)}")

    return rule


def exactly_one_of(*names: str) -> Rule:
    def rule(value: Mapping[str, Any], pointer: str) -> Iterator[str]:
        if sum(name in value for name in names) != 1:
            yield error_at(pointer, f"must provide exactly one of: {', '.join(names)}")

    return rule


def initial_options_are_listed(value: Mapping[str, Any], pointer: str) -> Iterator[str]:
    """Slack compares whole option objects, not only their values."""
    groups = [group for group in _list(value, "option_groups") if isinstance(group, Mapping)]
    options = [option for part in (value, *groups) for option in _list(part, "options")]
    if "initial_option" in value and value["initial_option"] not in options:
        yield error_at(f"{pointer}/initial_option", "must match one of the options")
    for number, option in enumerate(_list(value, "initial_options")):
        if option not in options:
            yield error_at(f"{pointer}/initial_options/{number}", "must match one of the options")


def initial_value_fits(value: Mapping[str, Any], pointer: str) -> Iterator[str]:
    """https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element"""
    text, most = value.get("initial_value"), value.get("max_length")
    if isinstance(text, str) and isinstance(most, int) and len(text) > most:
        yield error_at(f"{pointer}/initial_value", f"must be less than {most + 1} characters")


def _list(value: Mapping[str, Any], name: str) -> list[Any]:
    items = value.get(name)
    return items if isinstance(items, list) else []


def plain_text(max_chars: int) -> FieldCheck:
    return by_type({"plain_text": fields({"text": string(max_chars)}, {"emoji": boolean})})


def any_text(max_chars: int) -> FieldCheck:
    """A text object of either type."""
    mrkdwn = fields({"text": string(max_chars)}, {"verbatim": boolean})
    plain = fields({"text": string(max_chars)}, {"emoji": boolean})
    return by_type({"plain_text": plain, "mrkdwn": mrkdwn})
