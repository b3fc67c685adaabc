"""Patterns for the error codes and messages that a fact explains.

In a pattern, `*` stands for any text; case and white space don't matter. Patterns have no other
syntax, so people can read them at a glance and matching takes linear time.
"""

from __future__ import annotations

MIN_LITERAL_CHARS = 4
"""A pattern whose longest piece between asterisks is shorter would match nearly everything."""


def pieces(pattern: str) -> list[str]:
    """The texts between the asterisks, in lower case."""
    split = (" ".join(piece.lower().split()) for piece in pattern.split("*"))
    return [piece for piece in split if piece]


def occurs(pattern: str, text: str) -> bool:
    """Whether the text contains a message that matches the pattern.

    The message starts and ends at word boundaries, unless the pattern has an asterisk there.
    """
    text = " ".join(text.lower().split())
    wanted = pieces(pattern)
    at = 0
    for number, piece in enumerate(wanted):
        opens = number == 0 and not pattern.startswith("*")
        closes = number == len(wanted) - 1 and not pattern.endswith("*")
        at = _end_of(piece, text, at, opens, closes)
        if at < 0:
            return False
    return bool(wanted)


def _end_of(piece: str, text: str, start: int, opens: bool, closes: bool) -> int:
    """Where the piece ends in the text; -1 if it isn't there, or only within a longer word."""
    at = text.find(piece, start)
    while at >= 0:
        end = at + len(piece)
        inside = opens and _joins(text[at - 1 : at], piece[0])
        if not inside and not (closes and _joins(piece[-1], text[end : end + 1])):
            return end
        at = text.find(piece, at + 1)
    return -1


def _joins(left: str, right: str) -> bool:
    """Whether two characters belong to one word or code: ROLLBACK_COMPLETE is only the end of
    UPDATE_ROLLBACK_COMPLETE, which means something else."""
    return _is_of_a_word(left) and _is_of_a_word(right)


def _is_of_a_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def pattern_fault(pattern: str) -> str | None:
    """Say what is wrong with a pattern; None if nothing is."""
    if len(pattern) > 1 and pattern.startswith("/") and pattern.endswith("/"):
        return f"{pattern!r} looks like a regular expression; use * for any text instead."
    if max(map(len, pieces(pattern)), default=0) < MIN_LITERAL_CHARS:
        return (
            f"{pattern!r} would match nearly every error; give at least {MIN_LITERAL_CHARS} "
            "characters in a row."
        )
    return None
