"""Find the facts that share tokens with a question, fast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import accumulate
from operator import itemgetter

from knowledge.search.index import Index

MAX_READ_POSTINGS = 8_000
"""Postings that are read through to find facts, those of the rarest tokens first."""
SHORTLIST_SIZE = 150
"""Facts, found by rare tokens, for which frequent ones count."""
MAX_UNPACKED_POSTINGS = 100_000
"""Postings that are kept unpacked, at about 100 bytes each."""


class Shortlist:
    """Sums the weights of a question's tokens by fact."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._unpacked: dict[tuple[int, int], list[tuple[int, float]]] = {}
        self._room = MAX_UNPACKED_POSTINGS

    def scores(self, spans: Iterable[Sequence[tuple[int, int]]]) -> dict[int, float]:
        """The weights of the question's tokens, summed by fact.

        Tokens that many facts hold find no fact by themselves, but count for those found.
        """
        found = sorted(
            (sum(end - start for start, end in group), group) for group in spans if group
        )
        if not found:
            return {}
        read = accumulate(count for count, _ in found)
        rare = [
            group
            for total, (_, group) in zip(read, found, strict=True)
            if total <= MAX_READ_POSTINGS
        ]
        rare = rare or [found[0][1]]
        scores = dict(self._weights_of(rare[0]))
        so_far = scores.get
        for group in rare[1:]:
            for number, weight in self._weights_of(group):
                scores[number] = so_far(number, 0.0) + weight
        frequent = [group for _, group in found[len(rare) :]]
        if frequent and len(scores) > SHORTLIST_SIZE:
            scores = dict(nlargest(SHORTLIST_SIZE, scores.items(), key=itemgetter(1)))
        for group in frequent:
            for number in scores:
                scores[number] += self._index.weight(number, group)
        return scores

    def _weights_of(self, group: Sequence[tuple[int, int]]) -> list[tuple[int, float]]:
        """How weighty a word is in each fact that holds one of its readings."""
        if len(group) == 1:
            return self._postings(group[0])
        best: dict[int, float] = {}
        for span in group:
            for number, weight in self._postings(span):
                if weight > best.get(number, 0.0):
                    best[number] = weight
        return list(best.items())

    def _postings(self, span: tuple[int, int]) -> list[tuple[int, float]]:
        """A token's facts and weights; unpacked once, as long as there is room."""
        found = self._unpacked.get(span)
        if found is None:
            start, end = span
            index = self._index
            found = list(zip(index.facts[start:end], index.weights[start:end], strict=True))
            if self._room >= len(found):
                self._room -= len(found)
                self._unpacked[span] = found
        return found
