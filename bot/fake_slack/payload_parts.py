"""Reading parts of a payload that may be malformed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any


def blocks_of(payload: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    blocks = payload.get("blocks")
    items = blocks if isinstance(blocks, list | tuple) else ()
    return [block for block in items if isinstance(block, Mapping)]


def strings_under(node: object, name: str) -> Iterator[str]:
    """Every string in a tree that is stored under a name."""
    if isinstance(node, Mapping):
        for key, part in node.items():
            if not isinstance(part, str):
                yield from strings_under(part, name)
            elif key == name:
                yield part
    elif isinstance(node, list | tuple):
        for item in node:
            yield from strings_under(item, name)


def compact_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
