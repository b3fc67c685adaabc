"""Correct an unknown word to the words that facts use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy

MIN_CORRECTED_CHARS = 4
"""A shorter unknown word is left alone: three letters are a step away from too many others."""


class Spelling:
    """Nearest known words by optimal string alignment (typos and swapped neighbors cost 1)."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._buckets = _by_start_and_length(counts)

    def with_words(self, counts: Mapping[str, int]) -> Spelling:
        """The same with more words, which count in addition to those known."""
        known = self._counts
        extended = copy(self)
        extended._counts = {**known, **{w: known.get(w, 0) + n for w, n in counts.items()}}
        extended._buckets = self._buckets.copy()
        for bucket, words in _by_start_and_length(w for w in counts if w not in known).items():
            extended._buckets[bucket] = [*self._buckets.get(bucket, ()), *words]
        return extended

    def nearest(self, word: str) -> list[str]:
        """The known words closest to `word`, the most frequent first; none if all are far.

        One slip is allowed, two in words of eight letters and more.
        """
        if len(word) < MIN_CORRECTED_CHARS or word.isdigit():
            return []
        slips = 1 if len(word) < 8 else 2
        found = self._search(word, word[0], slips) or self._search(word, "", 1)
        if not found:
            return []
        best = min(distance for _, distance in found)
        ties = [known for known, distance in found if distance == best]
        return sorted(ties, key=lambda known: -self._counts[known])[:3]

    def _search(self, word: str, first: str, slips: int) -> list[tuple[str, int]]:
        from rapidfuzz import process  # slow to import, and few questions need it
        from rapidfuzz.distance import OSA

        found: list[tuple[str, int]] = []
        for length in range(len(word) - slips, len(word) + slips + 1):
            near = process.extract(
                word,
                self._buckets.get((first, length), ()),
                scorer=OSA.distance,
                score_cutoff=slips,
                limit=None,
            )
            found += [(known, int(distance)) for known, distance, _ in near]
        return found


def _by_start_and_length(words: Iterable[str]) -> dict[tuple[str, int], list[str]]:
    """The words by their first letter and length, and once more by their length alone."""
    buckets: dict[tuple[str, int], list[str]] = {}
    for word in words:
        if len(word) >= MIN_CORRECTED_CHARS - 1 and not word.isdigit():
            for first in (word[0], ""):
                buckets.setdefault((first, len(word)), []).append(word)
    return buckets
