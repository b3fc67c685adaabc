"""Checks from which the tables of Block Kit are made; their sentences follow Slack's.

https://docs.slack.dev/reference/methods/chat.postMessage#errors
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Check = Callable[[object, str], Iterator[str]]
"""Yields the faults of a value that stands at a JSON pointer."""
Rule = Callable[[Mapping[str, Any], str], Iterator[str]]


def fault(sentence: str, at: str) -> str:
    return f"{sentence} [json-pointer:{at}]"


def anything(value: object, at: str) -> Iterator[str]:
    yield from ()


def flag(value: object, at: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield fault("must provide a boolean", at)


def string(longest: int, shortest: int = 1, pattern: str | None = None) -> Check:
    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield fault("must provide a string", at)
        elif len(value) < shortest:
            yield fault(f"must be more than {shortest - 1} characters", at)
        elif len(value) > longest:
            yield fault(f"must be less than {longest + 1} characters", at)
        elif pattern and not re.fullmatch(pattern, value):
            yield fault("does not match the expected format", at)

    return check


def whole(lowest: int, highest: int) -> Check:
    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield fault("must provide an integer", at)
        elif value < lowest:
            yield fault(f"must be at least {lowest}", at)
        elif value > highest:
            yield fault(f"must be at most {highest}", at)

    return check


def one_of(*allowed: str) -> Check:
    def check(value: object, at: str) -> Iterator[str]:
        if value not in allowed:
            yield fault(f"must be one of: {', '.join(allowed)}", at)

    return check


def array(check: Check, least: int, most: int) -> Check:
    def check_array(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, Sequence) or isinstance(value, str | bytes):
            yield fault("must provide an array", at)
            return
        if len(value) < least:
            yield fault(f"no fewer than {least} items allowed", at)
        if len(value) > most:
            yield fault(f"no more than {most} items allowed", at)
        for number, item in enumerate(value):
            yield from check(item, f"{at}/{number}")

    return check_array


def shape(
    required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, *rules: Rule
) -> Check:
    """An object with these keys and no others; `type` is always allowed."""
    known = {"type": anything, **(optional or {}), **required}

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield fault("must provide an object", at)
            return
        for name in required:
            if name not in value:
                yield fault(f"missing required field: {name}", at)
        for name, part in value.items():
            if name in known:
                yield from known[name](part, f"{at}/{name}")
            else:
                yield fault(f"invalid additional property: {name}", at)
        for rule in rules:
            yield from rule(value, at)

    return check


def typed(table: Mapping[str, Check], *names: str) -> Check:
    """An object whose `type` names its check in the table; `names` are the allowed ones."""

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield fault("must provide an object", at)
        elif "type" not in value:
            yield fault("missing required field: type", at)
        elif (kind := str(value["type"])) not in table or (names and kind not in names):
            yield fault(f"unsupported type: {kind}", f"{at}/type")
        else:
            yield from table[kind](value, at)

    return check


def some_of(*names: str) -> Rule:
    def rule(value: Mapping[str, Any], at: str) -> Iterator[str]:
        if not any(name in value for name in names):
            yield fault(f"missing required field: one of {', '.join(names)}", at)

    return rule


def just_one_of(*names: str) -> Rule:
    def rule(value: Mapping[str, Any], at: str) -> Iterator[str]:
        if sum(name in value for name in names) != 1:
            yield fault(f"must provide exactly one of: {', '.join(names)}", at)

    return rule


def in_order(low: str, high: str) -> Rule:
    def rule(value: Mapping[str, Any], at: str) -> Iterator[str]:
        least, most = value.get(low), value.get(high)
        if isinstance(least, int) and isinstance(most, int) and least > most:
            yield fault(f"{low} must not be greater than {high}", at)

    return rule


def offered(value: Mapping[str, Any], at: str) -> Iterator[str]:
    """What is chosen at first must be exactly one of the options."""
    groups = [group for group in _items(value, "option_groups") if isinstance(group, Mapping)]
    options = [option for part in (value, *groups) for option in _items(part, "options")]
    if "initial_option" in value and value["initial_option"] not in options:
        yield fault("must match one of the options", f"{at}/initial_option")
    for number, option in enumerate(_items(value, "initial_options")):
        if option not in options:
            yield fault("must match one of the options", f"{at}/initial_options/{number}")


def _items(value: Mapping[str, Any], name: str) -> list[Any]:
    items = value.get(name)
    return items if isinstance(items, list) else []


def plain(longest: int) -> Check:
    return typed({"plain_text": shape({"text": string(longest)}, {"emoji": flag})})


def words(longest: int) -> Check:
    """A text object of either type."""
    mrkdwn = shape({"text": string(longest)}, {"verbatim": flag})
    plain_text = shape({"text": string(longest)}, {"emoji": flag})
    return typed({"plain_text": plain_text, "mrkdwn": mrkdwn})
