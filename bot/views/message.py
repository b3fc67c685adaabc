"""A message and its blocks. Plain text is escaped here, and only here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.slack import limits
from bot.slack.mrkdwn import escape, escape_within, shorten

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """Blocks, and the `text` that notifications and screen readers get instead of them.

    `is_private` says that only the person it replies to may see it, wherever they wrote.
    """

    text: str
    blocks: tuple[Block, ...]
    is_private: bool = False

    def payload(self) -> dict[str, Any]:
        """Arguments for `ack`, `respond` or `chat.postMessage`; links do not unfurl."""
        return {
            "text": self.text,
            "blocks": list(self.blocks),
            "unfurl_links": False,
            "unfurl_media": False,
        }


def plain_text(text: str, max_chars: int) -> Block:
    return {"type": "plain_text", "text": escape_within(text, max_chars), "emoji": False}


def header(text: str) -> Block:
    return {"type": "header", "text": plain_text(text, limits.HEADER_TEXT)}


def paragraph(text: str) -> Block:
    """A section of plain text: nothing in it can ping, format or link."""
    return {"type": "section", "text": plain_text(text, limits.SECTION_TEXT), "expand": True}


def formatted(mrkdwn: str) -> Block:
    """A section of mrkdwn whose variable parts the caller has escaped."""
    text = {"type": "mrkdwn", "text": mrkdwn, "verbatim": True}
    return {"type": "section", "text": text, "expand": True}


def note(*mrkdwn: str) -> Block:
    """Small print of mrkdwn whose variable parts the caller has escaped."""
    elements = [{"type": "mrkdwn", "text": text, "verbatim": True} for text in mrkdwn]
    return {"type": "context", "elements": elements}


def small(text: str) -> Block:
    """Small print of plain text."""
    return {"type": "context", "elements": [plain_text(text, limits.SECTION_TEXT)]}


def button(action_id: str, text: str, value: str, label: str | None = None) -> Block:
    """A button; `label` is what a screen reader says instead of the text.

    Whether Slack looks for mentions in a label isn't documented, so it gets no angle brackets.
    """
    element = {
        "type": "button",
        "action_id": action_id,
        "text": {**plain_text(text, limits.BUTTON_TEXT), "emoji": True},
        "value": value,
    }
    if label:
        said = label.replace("<", "").replace(">", "")
        element["accessibility_label"] = shorten(said, limits.ACCESSIBILITY_LABEL)
    return element


def actions(block_id: str, elements: Iterable[Block]) -> Block:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def when(moment: float, fallback: str, form: str = "{date_short_pretty} {time}") -> str:
    """A moment as mrkdwn that Slack shows as day and time in each reader's own time zone.

    https://docs.slack.dev/messaging/formatting-message-text#date-formatting
    """
    return f"<!date^{int(moment)}^{form}|{escape(fallback)}>"
