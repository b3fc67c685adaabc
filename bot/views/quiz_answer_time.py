"""The quiz's settings, with or without the time of the answer, as another input requires."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from bot.quiz import texts
from bot.quiz.wording import DEFAULT_REVEAL
from bot.slack import limits
from bot.views.message import Block, plain_text

REVEAL, REVEAL_AT = "reveal", "reveal_at"
SAME_DAY = "same_day"
_KEPT = ("type", "callback_id", "private_metadata", "title", "submit", "close")


def answer_time(at: time | None) -> Block:
    """The input that only an answer on the same day needs."""
    return {
        "type": "input",
        "block_id": REVEAL_AT,
        "label": plain_text(texts.REVEAL_AT, limits.LABEL),
        "element": {
            "type": "timepicker",
            "action_id": f"quiz_{REVEAL_AT}",
            "initial_time": f"{at or DEFAULT_REVEAL:%H:%M}",
        },
    }


def has_answer_time(view: Mapping[str, Any]) -> bool:
    return any(block.get("block_id") == REVEAL_AT for block in _blocks(view))


def with_answer_time(view: Mapping[str, Any], shown: bool) -> Block | None:
    """The modal of a payload with the input or without it; None if nothing changes.

    What people have entered stays, because the IDs do.
    https://docs.slack.dev/surfaces/modals#updating_views
    """
    if has_answer_time(view) is shown:
        return None
    blocks = []
    for block in _blocks(view):
        if block.get("block_id") != REVEAL_AT:
            blocks.append(block)
        if shown and block.get("block_id") == REVEAL:
            blocks.append(answer_time(None))
    kept = {name: view[name] for name in _KEPT if name in view}
    changed: Block = _without_nulls({**kept, "blocks": blocks})
    return changed


def _blocks(view: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    blocks = view.get("blocks")
    found = blocks if isinstance(blocks, list) else []
    return [block for block in found if isinstance(block, Mapping)]


def _without_nulls(value: Any) -> Any:
    """Payloads have nulls where a field wasn't given; calls may not."""
    if isinstance(value, Mapping):
        return {key: _without_nulls(part) for key, part in value.items() if part is not None}
    if isinstance(value, list):
        return [_without_nulls(part) for part in value]
    return value
