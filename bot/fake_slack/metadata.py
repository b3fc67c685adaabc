"""What the metadata of a message may hold: https://docs.slack.dev/messaging/message-metadata"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.fake_slack.block_kit import ID
from bot.fake_slack.checks import error_at, fields
from bot.fake_slack.payload_parts import compact_json

MAX_BYTES = 1_000
"""Our own guess: Slack has a limit, `metadata_too_large`, but does not document it."""

_SNAKE_CASE = re.compile(r"[a-z][a-z0-9_]*")


def _event_payload(value: object, pointer: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield error_at(pointer, "must provide an object")
        return
    if len(compact_json(value).encode()) > MAX_BYTES:
        yield error_at(pointer, f"must be less than {MAX_BYTES + 1} bytes")
    for name, part in value.items():
        if not _SNAKE_CASE.fullmatch(str(name)):
            yield error_at(pointer, f"must be snake_case: {name}")
        inner = list(part.values()) if isinstance(part, Mapping) else part
        for item in inner if isinstance(inner, list) else [inner]:
            if not isinstance(item, str | int | float):
                yield error_at(f"{pointer}/{name}", "must not be nested or null")


METADATA = fields({"event_type": ID, "event_payload": _event_payload})
