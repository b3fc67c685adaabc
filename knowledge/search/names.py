"""Recognize the services and technologies that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from knowledge.model import Service
from knowledge.search.language import compounds, split
from knowledge.vocabulary import Vocabulary

MAX_NAME_WORDS = 4
"""Words of the longest name."""


def joined(name: str) -> str:
    """A name without spaces and punctuation, so that `API Gateway` and `api-gateway` meet."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _is_abbreviation(short: str, name: str) -> bool:
    """Whether leaving out letters of a name, if any, but not its first, gives the short one."""
    letters = iter(name)
    return short[:1] == name[:1] and all(letter in letters for letter in short)


class Names:
    """Names of services with facts map to `:` and their slug, all others to the name itself."""

    def __init__(self, services: Iterable[Service], vocabulary: Vocabulary) -> None:
        self._entities: dict[str, str] = {}
        self._starts: set[str] = set()
        self._own_words: dict[str, frozenset[str]] = {}
        self._parts: dict[str, list[str]] = {}
        self._ambiguous = frozenset(map(joined, vocabulary.ambiguous))
        self._technologies = frozenset(name for name, *_ in vocabulary.technologies)
        for names in (*vocabulary.services, *vocabulary.technologies):
            self._add(names, names[0])
        for service in services:
            short = re.sub(r"^(AWS|Amazon) ", "", service.name)
            names = (service.name, short, service.slug, *service.aliases)
            self._add(names, f":{service.slug}")
            parts = self._parts[f":{service.slug}"] = list(map(joined, compounds(short)))
            self._own_words[f":{service.slug}"] = frozenset([*parts, joined(service.slug)])

    def _add(self, names: Iterable[str], entity: str) -> None:
        for name in names:
            self._entities[joined(name)] = entity
            self._note_start(name)

    def _note_start(self, alias: str) -> None:
        """Note the words that a name can begin with: `Cloud` or `CloudWatch`."""
        self._starts.add(joined(alias))
        first = compounds(alias)[:1]
        self._starts.update(part for word in first for part in split(word)[:2])

    def all(self) -> Iterable[str]:
        """Every name that is recognized, joined."""
        return self._entities

    def service(self, text: str) -> str | None:
        """The slug of the service with facts that this text is a name of."""
        entity = self._entities.get(joined(text), "")
        return entity[1:] if entity.startswith(":") else None

    def is_name(self, word: str) -> bool:
        """Whether a word, as `joined` writes it, is a name of a service or a technology."""
        return word in self._entities

    def is_technology(self, entity: str) -> bool:
        """Whether a name is not one of an AWS service."""
        return entity in self._technologies

    def naming(self, entity: str, words: Sequence[str]) -> list[bool]:
        """Which words of a name only name: of `CodeDeploy agent`, agent says more."""
        own = [word in self._own_words.get(entity, ()) for word in words]
        return own if any(own) else [True] * len(words)

    def apart(self, entity: str, words: Sequence[str]) -> int:
        """How many words at the start of a name are otherwise written as one, as `x ray` is."""
        own = self._own_words.get(entity) or frozenset(map(joined, compounds(entity)))
        if not own.isdisjoint(words):
            return 0
        return next((n for n in range(len(words), 1, -1) if "".join(words[:n]) in own), 0)

    def abbreviations(self) -> Iterator[tuple[str, Sequence[str]]]:
        """What services are called in one word, such as `ddb`, and the words of their names."""
        for name, entity in self._entities.items():
            parts = self._parts.get(entity, ())
            if [name] != parts and _is_abbreviation(name, "".join(parts)):
                yield name, parts

    def may_begin(self, word: str) -> bool:
        """Whether a name can begin with this word."""
        return word in self._starts

    def find(
        self, words: Sequence[str], typed: Sequence[str] | None = None
    ) -> dict[str, tuple[int, int]]:
        """What these words name, longest names first, each with the span of its words.

        `typed` are the words with their capitals.
        """
        found: dict[str, tuple[int, int]] = {}
        start = 0
        while start < len(words):
            if words[start] not in self._starts:
                start += 1
                continue
            for length in range(min(MAX_NAME_WORDS, len(words) - start), 0, -1):
                name = "".join(words[start : start + length])
                entity = self._entities.get(name)
                if entity and self._is_meant(name, start, words, typed or words):
                    found.setdefault(entity, (start, start + length))
                    start += length - 1
                    break
            start += 1
        return found

    def _is_meant(self, name: str, at: int, words: Sequence[str], typed: Sequence[str]) -> bool:
        """Whether a name that is also a plain word stands here as a name."""
        if name.removeprefix("aws") in self._ambiguous and "/" in typed[at]:
            return False  # `~/.aws/config` is a file
        if name not in self._ambiguous:
            return True
        before = words[at - 1] if at else ""
        if before in ("aws", "amazon"):
            return True
        if self._entities.get(before, "").startswith(":"):
            return False  # the `RDS Backup window` is one of RDS
        return at > 0 and typed[at][:1].isupper()
