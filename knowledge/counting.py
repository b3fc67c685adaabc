"""Numbers of things, in words."""

from __future__ import annotations


def counted(count: int, noun: str, plural: str = "") -> str:
    """`1 fact`, `2 facts`, `1,024 facts`; `plural` is given where it isn't the noun and an s."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"
