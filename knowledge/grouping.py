"""Group questions that ask for the same thing in different words."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

MIN_SIMILARITY = 80.0
"""From 0 to 100: how similar wordings in a group must be, whatever their word order."""


def group_similar(questions: Sequence[str]) -> list[list[int]]:
    """Groups of positions. Each question joins the first group whose first question is similar."""
    groups: list[list[int]] = []
    leaders: list[str] = []
    for position, question in enumerate(questions):
        words = default_process(question)
        found = process.extractOne(
            words, leaders, scorer=fuzz.token_sort_ratio, score_cutoff=MIN_SIMILARITY
        )
        if found:
            groups[found[2]].append(position)
        else:
            groups.append([position])
            leaders.append(words)
    return groups
