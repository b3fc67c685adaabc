"""The inputs of the modal that sets up a quiz, and what was entered in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.slack import limits
from bot.slack.mrkdwn import shorten
from bot.views.message import Block, plain_text
from bot.views.quiz_answer_time import REVEAL, REVEAL_AT

AT, TZ, WEEKDAYS, SERVICES, WEEKLY = "at", "tz", "weekdays", "services", "weekly"
PAUSE, HOLIDAYS = "pause", "holidays"
"""IDs of the inputs: each is the ID of its block and, prefixed with `quiz_`, of its action."""
_ALL = (AT, TZ, WEEKDAYS, REVEAL, REVEAL_AT, SERVICES, WEEKLY, PAUSE, HOLIDAYS)


def build_input(
    name: str, label: str, kind: str, optional: bool = False, hint: str = "", **element: Any
) -> Block:
    shown = {
        "type": "input",
        "block_id": name,
        "optional": optional,
        "label": plain_text(label, limits.LABEL),
        "element": {"type": kind, "action_id": f"quiz_{name}", **element},
    }
    return shown | ({"hint": plain_text(hint, limits.LABEL)} if hint else {})


def build_option(text: str, value: str) -> Block:
    return {"text": plain_text(text, limits.OPTION_TEXT), "value": shorten(value, 75)}


def initial_options(options: list[Block]) -> dict[str, Any]:
    """Slack refuses an empty list."""
    return {"initial_options": options} if options else {}


def read_state(view: Mapping[str, Any]) -> dict[str, Any]:
    """What was entered, by input: a string, a list of values, or None."""
    return {name: _value(_element(view, name)) for name in _ALL}


def has_input(view: Mapping[str, Any], name: str) -> bool:
    """Whether the modal has an input; one that an earlier version opened lacks later ones."""
    return bool(_element(view, name))


def _element(view: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found: Any = view
    for key in ("state", "values", name, f"quiz_{name}"):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _value(element: Mapping[str, Any]) -> Any:
    for name in ("selected_time", "selected_date", "selected_option", "selected_options"):
        value = element.get(name)
        if isinstance(value, str):
            return value
        if isinstance(value, Mapping):
            return value.get("value")
        if isinstance(value, list):
            return [option.get("value") for option in value if isinstance(option, Mapping)]
    return None
