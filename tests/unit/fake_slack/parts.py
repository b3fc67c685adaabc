"""Parts of Block Kit, each valid unless changed."""

from __future__ import annotations

from typing import Any

from bot.fake_slack.validator import Surface, validation_errors

Part = dict[str, Any]


def plain(text: Any = "x", **changes: Any) -> Part:
    return {"type": "plain_text", "text": text, **changes}


def mrkdwn(text: Any = "x", **changes: Any) -> Part:
    return {"type": "mrkdwn", "text": text, **changes}


def section(**changes: Any) -> Part:
    return {"type": "section", "text": mrkdwn(), **changes}


def header(**changes: Any) -> Part:
    return {"type": "header", "text": plain(), **changes}


def context(*elements: Part) -> Part:
    return {"type": "context", "elements": list(elements)}


def button(text: Any = "x", **changes: Any) -> Part:
    return {"type": "button", "text": plain(text), **changes}


def actions(*elements: Part) -> Part:
    return {"type": "actions", "elements": list(elements)}


def context_actions(*elements: Any) -> Part:
    return {"type": "context_actions", "elements": list(elements)}


def conversations(**changes: Any) -> Part:
    return {"type": "conversations_select", "action_id": "c", **changes}


def thumbs(**changes: Any) -> Part:
    thumb = {"text": plain(), "value": "v"}
    return {
        "type": "feedback_buttons",
        "positive_button": thumb,
        "negative_button": thumb,
    } | changes


def trash(**changes: Any) -> Part:
    return {"type": "icon_button", "icon": "trash", "text": plain(), **changes}


def option(**changes: Any) -> Part:
    return {"text": plain(), "value": "v", **changes}


def menu(**changes: Any) -> Part:
    return actions({"type": "static_select", **({"options": [option()]} | changes)})


OPTION_GROUP = {"label": plain(), "options": [option()]}


def grouped_menu(option_groups: Any) -> Part:
    return actions({"type": "static_select", "option_groups": option_groups})


def boxes(kind: str, options: Any) -> Part:
    return section(accessory={"type": kind, "options": options})


def input_block(**changes: Any) -> Part:
    return {"type": "input", "label": plain(), "element": timepicker(), **changes}


def timepicker(**changes: Any) -> Part:
    return {"type": "timepicker", **changes}


def external_menu(**changes: Any) -> Part:
    return {"type": "external_select", **changes}


def confirm(**changes: Any) -> Part:
    texts = {name: plain() for name in ("title", "text", "confirm", "deny")}
    return actions(button(confirm=texts | changes))


def message(*blocks: Any, **changes: Any) -> Part:
    return {"text": "x", "blocks": list(blocks), **changes}


def modal(*blocks: Any, **changes: Any) -> Part:
    frame = {"type": "modal", "title": plain(), "submit": plain()}
    return {**frame, "blocks": list(blocks), **changes}


def home(*blocks: Any, **changes: Any) -> Part:
    return {"type": "home", "blocks": list(blocks), **changes}


def errors_of(payload: Part) -> list[str]:
    return validation_errors(payload, Surface(payload.get("type", "message")))
