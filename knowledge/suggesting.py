"""Facts and services that match what somebody has typed so far."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.base import KnowledgeBase

_WORDS = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class SearchSuggestion:
    """A fact's ID and title, or a service's slug and name."""

    id: str
    title: str
    is_service: bool = False


class Suggester:
    """Looks through the titles of everything, which takes milliseconds for thousands of facts."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge
        self._facts: object = None
        self._entries: list[tuple[str, str, SearchSuggestion]] = []

    def suggest(
        self, typed: str, max_count: int, *, services: bool = True
    ) -> list[SearchSuggestion]:
        """What has a word that begins with each typed word; without `services`, only facts.

        Matches in titles come first, services before facts, and short titles before long ones.
        """
        words = _WORDS.findall(typed.lower())
        in_title, elsewhere = [], []
        for title, rest, suggestion in self._current_entries():
            if suggestion.is_service and not services:
                continue
            if all(f" {word}" in title for word in words):
                in_title.append(suggestion)
            elif all(f" {word}" in title or f" {word}" in rest for word in words):
                elsewhere.append(suggestion)
        return [*in_title, *elsewhere][:max_count]

    def _current_entries(self) -> list[tuple[str, str, SearchSuggestion]]:
        """Services before facts; built again when the facts have been read again."""
        known = self._knowledge
        if self._facts is not known.facts:
            services = [
                (
                    _spaced(service.name),
                    _spaced(*service.aliases),
                    SearchSuggestion(slug, service.name, True),
                )
                for slug, service in known.services.items()
            ]
            names = {
                slug: _spaced(service.name, *service.aliases)
                for slug, service in known.services.items()
            }
            facts = [
                (
                    _spaced(fact.title),
                    names[fact.service] + _spaced(*fact.keywords),
                    SearchSuggestion(fact.id, fact.title),
                )
                for fact in known.facts.values()
            ]
            self._entries = sorted(services, key=_by_title) + sorted(facts, key=_by_title)
            self._facts = known.facts
        return self._entries


def _spaced(*texts: str) -> str:
    return "".join(f" {word}" for word in _WORDS.findall(" ".join(texts).lower()))


def _by_title(entry: tuple[str, str, SearchSuggestion]) -> tuple[int, str]:
    return len(entry[2].title), entry[2].title
