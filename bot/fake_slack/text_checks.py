"""Signs that a text was not escaped before it was sent.

https://docs.slack.dev/messaging/formatting-message-text#escaping
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.fake_slack.checks import error_at

_PING = re.compile(r"<!(?:channel|here|everyone|group|subteam\^)")
_BARE_AMPERSAND = re.compile(r"&(?!amp;|lt;|gt;)")
_NOT_DISPLAYED = {
    "action_id", "block_id", "callback_id", "channel", "external_id", "initial_value", "metadata",
    "private_metadata", "value",
}  # fmt: skip
"""Fields that nobody sees, or that show what was typed: Slack doesn't parse them as text."""


def pings(node: object, pointer: str) -> Iterator[str]:
    """Mentions of whole groups, wherever a text is displayed."""
    if isinstance(node, str):
        if match := _PING.search(node):
            yield error_at(pointer, f"must not contain the control sequence {match.group()}")
    elif isinstance(node, Mapping):
        for name, part in node.items():
            if name not in _NOT_DISPLAYED:
                yield from pings(part, f"{pointer}/{name}")
    elif isinstance(node, list | tuple):
        for number, item in enumerate(node):
            yield from pings(item, f"{pointer}/{number}")


def bare_ampersands(payload: Mapping[str, Any], pointer: str) -> Iterator[str]:
    """Ampersands that begin no entity."""
    texts = [payload.get("text"), *_text_objects(payload)]
    if any(isinstance(text, str) and _BARE_AMPERSAND.search(text) for text in texts):
        yield error_at(pointer, "must not contain a bare &")


def _text_objects(node: object) -> Iterator[object]:
    """The text of every text object in a tree."""
    if isinstance(node, Mapping):
        if node.get("type") in ("plain_text", "mrkdwn"):
            yield node.get("text")
        for part in node.values():
            if not isinstance(part, str):
                yield from _text_objects(part)
    elif isinstance(node, list | tuple):
        for item in node:
            yield from _text_objects(item)
