"""Make text safe to show in Slack.

https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import html
import re
from itertools import accumulate

_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_FORMATTING = re.compile(r"([*_~`])")
_LINK = re.compile(r"(?i)\b(https?|ftp|mailto|www)(:|\.)")
_BREAK = "\u2060"
"""A word joiner: invisible, and it keeps Slack from recognizing formatting and links."""


def plain(text: str, max_chars: int = 3000) -> str:
    """Text as one line without control or direction characters, cut with an ellipsis."""
    line = " ".join(_CONTROL.sub(" ", text).split())
    return line if len(line) <= max_chars else line[: max_chars - 1].rstrip() + "\u2026"


def escape(text: str) -> str:
    """Escape the three characters that Slack reads as control sequences."""
    return html.escape(text, quote=False)


def escape_within(text: str, max_chars: int) -> str:
    """Escape a text, cut beforehand so that no entity is cut in half and the result fits.

    Slack counts characters as sent: `&amp;` counts as five.
    """
    escaped = escape(text)
    if len(escaped) <= max_chars:
        return escaped
    lengths = accumulate(len(escape(character)) for character in text)
    length = sum(length < max_chars for length in lengths)  # one character is for the ellipsis
    return escape(text[:length].rstrip()) + "\u2026"


def literal(text: str, max_chars: int = 3000) -> str:
    """Text for a mrkdwn field that can't ping, link, or format, whatever it contains."""
    shown = _FORMATTING.sub(rf"{_BREAK}\1{_BREAK}", plain(text, max_chars))
    shown = _LINK.sub(rf"\1{_BREAK}\2", shown)
    return escape(re.sub(r"@(?=\w)", f"@{_BREAK}", shown))


def unescape(text: str) -> str:
    """Undo Slack's own escaping, once."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def shorten(text: str, max_chars: int) -> str:
    """Cut a text with an ellipsis if it is too long; unlike `plain`, change nothing else."""
    return text if len(text) <= max_chars else text[: max_chars - 1].rstrip() + "\u2026"
