"""Parts of Block Kit, each valid unless told otherwise."""

from __future__ import annotations

from typing import Any

from bot.fake_slack.validator import faults

Part = dict[str, Any]


def plain(text: Any = "x", **more: Any) -> Part:
    return {"type": "plain_text", "text": text, **more}


def mrkdwn(text: Any = "x", **more: Any) -> Part:
    return {"type": "mrkdwn", "text": text, **more}


def section(**more: Any) -> Part:
    return {"type": "section", "text": mrkdwn(), **more}


def button(text: Any = "x", **more: Any) -> Part:
    return {"type": "button", "text": plain(text), **more}


def actions(*elements: Part) -> Part:
    return {"type": "actions", "elements": list(elements)}


def option(**more: Any) -> Part:
    return {"text": plain(), "value": "v", **more}


def menu(**more: Any) -> Part:
    return actions({"type": "static_select", **({"options": [option()]} | more)})


GROUP = {"label": plain(), "options": [option()]}


def image(**more: Any) -> Part:
    return {"type": "image", "image_url": "https://a.example/x.png", "alt_text": "x", **more}


def entry(**more: Any) -> Part:
    return {"type": "input", "label": plain(), "element": text_input(), **more}


def text_input(**more: Any) -> Part:
    return {"type": "plain_text_input", **more}


def feedback(**more: Any) -> Part:
    one = {"text": plain(), "value": "v"}
    element = {"type": "feedback_buttons", "positive_button": one | more, "negative_button": one}
    return {"type": "context_actions", "elements": [element]}


def card(**more: Any) -> Part:
    return {"type": "card", "title": plain(), **more}


CELL = {"type": "raw_text", "text": "x"}
TABLE = {"type": "table", "rows": [[CELL]]}


def message(*blocks: Any, **more: Any) -> Part:
    return {"text": "x", "blocks": list(blocks), **more}


def modal(*blocks: Any, **more: Any) -> Part:
    frame = {"type": "modal", "title": plain(), "submit": plain()}
    return {**frame, "blocks": list(blocks), **more}


def home(*blocks: Any, **more: Any) -> Part:
    return {"type": "home", "blocks": list(blocks), **more}


def found(payload: Part) -> list[str]:
    return faults(payload, payload.get("type", "message"))
