"""Suggest the name that someone may have meant."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

_MIN_SIMILARITY = 66
"""From 0 to 100: how similar a name must be; one wrong letter in three is fine."""


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """` Did you mean limit?`, or nothing if no known name is similar."""
    names = {name.lower(): name for name in known}
    found = process.extractOne(
        text.lower(), names.keys(), scorer=fuzz.ratio, score_cutoff=_MIN_SIMILARITY
    )
    return f" Did you mean {names[found[0]]}?" if found else ""
