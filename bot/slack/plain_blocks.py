"""Messages without the blocks that some Slacks don't know yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

CONTEXT_ACTIONS = "context_actions"


def has_context_actions(message: Mapping[str, Any]) -> bool:
    """Whether a message has thumbs or icons of Slack's own."""
    return any(block["type"] == CONTEXT_ACTIONS for block in message.get("blocks", ()))


def with_plain_buttons(message: Mapping[str, Any]) -> dict[str, Any]:
    """The same with ordinary buttons, whose action IDs are numbered, in place of thumbs and icons.

    https://docs.slack.dev/reference/block-kit/blocks/context-actions-block
    """
    return {**message, "blocks": [_plain(block) for block in message["blocks"]]}


def _plain(block: dict[str, Any]) -> dict[str, Any]:
    if block["type"] != CONTEXT_ACTIONS:
        return block
    buttons = [button for element in block["elements"] for button in _buttons(element)]
    return {**block, "type": "actions", "elements": buttons}


def _buttons(element: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if element["type"] == "feedback_buttons":
        for number, side in enumerate(("positive_button", "negative_button")):
            name = f"{element['action_id']}_{number}"
            yield {"type": "button", "action_id": name, **element[side]}
    else:
        dropped = ("icon", "visible_to_user_ids")
        supported = {name: part for name, part in element.items() if name not in dropped}
        yield supported | {"type": "button"}
