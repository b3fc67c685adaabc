"""Correct a word nobody wrote against the words that facts are written in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4
"""A shorter unknown word is left alone: three letters are a step away from too many others."""


class Spelling:
    """Nearest known words by optimal string alignment (typos and swapped neighbors cost 1)."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._buckets: dict[tuple[str, int], list[str]] = {}
        for word in counts:
            if len(word) >= SHORTEST - 1 and not word.isdigit():
                self._buckets.setdefault((word[0], len(word)), []).append(word)
        self._firsts = sorted({first for first, _ in self._buckets})

    def nearest(self, word: str) -> list[str]:
        """The known words closest to `word`, the most frequent first; none if all are far.

        One slip is allowed in words of four or five letters, two in longer ones.
        """
        if len(word) < SHORTEST or word.isdigit():
            return []
        slips = 1 if len(word) < 6 else 2
        found = self._search(word, word[0], slips)
        if not found:
            found = self._search(word, None, min(slips, 2))
        if not found:
            return []
        best = min(distance for _, distance in found)
        ties = [known for known, distance in found if distance == best]
        return sorted(ties, key=lambda known: -self._counts[known])[:3]

    def _search(self, word: str, first: str | None, slips: int) -> list[tuple[str, int]]:
        firsts: Iterable[str] = self._firsts if first is None else (first,)
        found: list[tuple[str, int]] = []
        for length in range(len(word) - slips, len(word) + slips + 1):
            for letter in firsts:
                bucket = self._buckets.get((letter, length))
                if bucket:
                    found += [
                        (known, int(distance))
                        for known, distance, _ in process.extract(
                            word, bucket, scorer=OSA.distance, score_cutoff=slips, limit=None
                        )
                    ]
        return found
