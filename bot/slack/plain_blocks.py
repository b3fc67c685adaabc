"""Messages without the blocks that some versions of Slack don't know yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

CONTEXT_ACTIONS = "context_actions"


def has_context_actions(message: Mapping[str, Any]) -> bool:
    """Whether a message has thumbs or icons of Slack's own."""
    return any(block["type"] == CONTEXT_ACTIONS for block in message.get("blocks", ()))


def with_plain_buttons(message: Mapping[str, Any]) -> dict[str, Any]:
    """The same with ordinary buttons, whose action IDs are numbered, in place of thumbs and icons.

    They join the row of buttons before them, if there is one, ahead of its menu.
    https://docs.slack.dev/reference/block-kit/blocks/context-actions-block
    """
    blocks: list[dict[str, Any]] = []
    for block in message["blocks"]:
        if block["type"] != CONTEXT_ACTIONS:
            blocks.append(block)
            continue
        buttons = [button for element in block["elements"] for button in _buttons(element)]
        if blocks and blocks[-1]["type"] == "actions":
            blocks.append(_joined(blocks.pop(), buttons))
        else:
            blocks.append({**block, "type": "actions", "elements": buttons})
    return {**message, "blocks": blocks}


def _joined(row: dict[str, Any], buttons: list[dict[str, Any]]) -> dict[str, Any]:
    own = row["elements"]
    first = [element for element in own if element["type"] != "overflow"]
    menus = [element for element in own if element["type"] == "overflow"]
    return {**row, "elements": [*first, *buttons, *menus]}


def _buttons(element: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if element["type"] == "feedback_buttons":
        for number, side in enumerate(("positive_button", "negative_button")):
            name = f"{element['action_id']}_{number}"
            yield {"type": "button", "action_id": name, **element[side]}
    else:
        dropped = ("icon", "visible_to_user_ids")
        supported = {name: part for name, part in element.items() if name not in dropped}
        yield supported | {"type": "button"}
