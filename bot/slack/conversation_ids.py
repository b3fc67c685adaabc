"""What kind of conversation an ID belongs to; nothing else in a payload says so."""

from __future__ import annotations


def is_direct(conversation: str) -> bool:
    """Whether these are one person's direct messages with us, by their own ID or the person's.

    A group's direct messages have an ID like that of a channel.
    """
    return conversation.startswith(("D", "U", "W"))
