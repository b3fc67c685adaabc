"""Recognize the services and technologies that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.model import Service
from knowledge.search.language import compounds, split

LONGEST = 4
"""Words of the longest name."""


def joined(name: str) -> str:
    """A name without spaces and punctuation, so that `API Gateway` and `api-gateway` meet."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


class Names:
    """Names of known services map to their slug, all others to the name itself."""

    def __init__(self, services: Iterable[Service], outside: Iterable[Sequence[str]]) -> None:
        self._slugs: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._starts: set[str] = set()
        for group in outside:
            for alias in group:
                self._labels[joined(alias)] = group[0]
                self._note_start(alias)
        for service in services:
            short = re.sub(r"^(AWS|Amazon) ", "", service.name)
            for alias in (service.name, short, service.slug, *service.aliases):
                self._slugs[joined(alias)] = service.slug
                self._labels.pop(joined(alias), None)
                self._note_start(alias)

    def _note_start(self, alias: str) -> None:
        """Note the words that a name can begin with: `Cloud` or `CloudWatch`."""
        self._starts.add(joined(alias))
        first = compounds(alias)[:1]
        self._starts.update(part for word in first for part in split(word)[:2])

    def all(self) -> Iterable[str]:
        """Every name that is recognized, joined."""
        return (*self._slugs, *self._labels)

    def service(self, text: str) -> str | None:
        """The slug of the known service that this text is a name of."""
        return self._slugs.get(joined(text))

    def is_name(self, word: str) -> bool:
        return word in self._slugs or word in self._labels

    def may_begin(self, word: str) -> bool:
        """Whether a name can begin with this word."""
        return word in self._starts

    def label(self, name: str) -> str | None:
        """How to write a name that belongs to no known service."""
        return self._labels.get(name)

    def find(self, words: Sequence[str]) -> dict[str, tuple[int, int]]:
        """What these words name, longest names first, each with the span of its words.

        A known service is named by `:` and its slug, anything else by its label.
        """
        found: dict[str, tuple[int, int]] = {}
        start = 0
        while start < len(words):
            if words[start] not in self._starts:
                start += 1
                continue
            for length in range(min(LONGEST, len(words) - start), 0, -1):
                name = "".join(words[start : start + length])
                entity = self._entity(name)
                if entity:
                    found.setdefault(entity, (start, start + length))
                    start += length - 1
                    break
            start += 1
        return found

    def _entity(self, name: str) -> str | None:
        slug = self._slugs.get(name)
        return f":{slug}" if slug else self._labels.get(name)
