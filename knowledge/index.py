"""The inverted index: which facts hold a token, how weighty it is there, and in which phrases."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from knowledge.model import Fact
from knowledge.reader import Reader

PHRASES = 40
"""Phrases of a fact that are kept apart: its phrasings, its title, then its keywords."""

TITLE, KEYWORD, PHRASING, ANSWER, DETAIL = 3.0, 2.0, 1.0, 1.2, 0.4
SATURATION = 2.0


class Index:
    """Postings in a few flat arrays; a token owns the slice that `spans` gives.

    `weights` already hold the token's rarity (idf), `norms` the summed rarity of each phrase.
    """

    def __init__(self, facts: Sequence[Fact], reader: Reader) -> None:
        self.size = len(facts)
        self.spans: dict[str, tuple[int, int]] = {}
        self.idf: dict[str, float] = {}
        self.facts = array("I")
        self.weights = array("f")
        self.masks = array("Q")
        self.norms = array("f", bytes(4 * PHRASES * len(facts)))
        self._build(facts, reader)

    def _build(self, facts: Sequence[Fact], reader: Reader) -> None:
        holders: dict[str, tuple[array[int], array[float], array[int]]] = {}
        for number, fact in enumerate(facts):
            for token, (weight, mask) in _weigh(fact, reader).items():
                entry = holders.get(token)
                if entry is None:
                    entry = holders[token] = (array("I"), array("f"), array("Q"))
                entry[0].append(number)
                entry[1].append(weight / (weight + SATURATION))
                entry[2].append(mask)
        for token, (numbers, weights, masks) in holders.items():
            rarity = math.log(1 + (self.size - len(numbers) + 0.5) / (len(numbers) + 0.5))
            self.idf[token] = rarity
            self.spans[token] = (len(self.facts), len(self.facts) + len(numbers))
            self.facts += numbers
            self.weights.extend(rarity * weight for weight in weights)
            self.masks += masks
            for number, mask in zip(numbers, masks, strict=True):
                for phrase in bits(mask):
                    self.norms[number * PHRASES + phrase] += rarity

    def postings(self, token: str) -> Iterator[tuple[int, float]]:
        """The facts that hold a token, each with the token's weight there."""
        start, end = self.spans[token]
        return zip(self.facts[start:end], self.weights[start:end], strict=True)

    def find(self, token: str, number: int) -> int:
        """Where a fact stands among a token's postings, or -1."""
        span = self.spans.get(token)
        if span is None:
            return -1
        at = bisect_left(self.facts, number, *span)
        return at if at < span[1] and self.facts[at] == number else -1


def bits(mask: int) -> Iterator[int]:
    """The positions of the bits that are set."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _weigh(fact: Fact, reader: Reader) -> dict[str, tuple[float, int]]:
    """Weight and phrases of every token of a fact."""
    phrases = [(PHRASING, text) for text in fact.phrasings]
    phrases.append((TITLE, fact.title))
    phrases += [(KEYWORD, text) for text in fact.keywords]
    found: dict[str, tuple[float, int]] = {}
    for phrase, (weight, text) in enumerate(phrases):
        bit = 1 << phrase if phrase < PHRASES else 0
        for token in set(reader.tokens(text)):
            before, mask = found.get(token, (0.0, 0))
            found[token] = (before + weight, mask | bit)
    prose = ((ANSWER, fact.answer), (DETAIL, f"{fact.detail or ''} {fact.was or ''}"))
    for weight, text in prose:
        for token in set(reader.tokens(text)):
            before, mask = found.get(token, (0.0, 0))
            found[token] = (before + weight, mask)
    return found
