"""Rich text: what is in it is shown as it is, so nothing in it can ping, format, or link.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.views.message import Block


def rich_text(elements: Iterable[Block]) -> Block:
    """A block of one paragraph; a line break is a `\\n` in a text."""
    section = {"type": "rich_text_section", "elements": list(elements)}
    return {"type": "rich_text", "elements": [section]}


def run(text: str, *, bold: bool = False, italic: bool = False) -> Block:
    """A piece of text in one style."""
    styles = {name: True for name, is_set in (("bold", bold), ("italic", italic)) if is_set}
    return {"type": "text", "text": text} | ({"style": styles} if styles else {})


def emoji(name: str) -> Block:
    return {"type": "emoji", "name": name}
