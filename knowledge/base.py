"""The knowledge base: the facts and the way to ask them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge import cache
from knowledge.files.folders import BUILT_IN, fact_files, folder_faults
from knowledge.model import Fact, FactsById, Service
from knowledge.search.matcher import Matcher
from knowledge.search.result import Result
from knowledge.values import may_state_quantity
from knowledge.vocabulary import load_vocabulary, vocabulary_files

if TYPE_CHECKING:
    from knowledge.files.loader import Content

MIN_SIMILARITY = 60
"""Out of 100: ids that are less alike are not offered."""
MOST_ASKED_COUNT = 5
"""Facts of a service that its overview shows."""


@dataclass(frozen=True, slots=True)
class Overview:
    """A service, how many facts there are about it, and those asked for most."""

    service: Service
    count: int
    most_asked: tuple[Fact, ...]


class KnowledgeBase:
    def __init__(self, content: Content) -> None:
        self.facts = FactsById(content.facts.values())
        self.services: dict[str, Service] = content.services
        self.matcher = Matcher(content.facts.values(), content.services, load_vocabulary())

    @classmethod
    def load(cls, folders: Iterable[Path] = (), cache_folder: Path | None = None) -> KnowledgeBase:
        """Load the built-in facts, and over them those of `folders` in order.

        With a `cache_folder` the built index is kept there, under a digest of every file it was
        built from. Raises FactsError with every fault found.
        """
        every = [BUILT_IN, *folders]
        files = [*fact_files(every), *vocabulary_files()]

        def build() -> KnowledgeBase:
            from knowledge.files.loader import load  # YAML is slow to import

            return cls(load(every))

        if any(True for folder in every for _ in folder_faults(folder)):
            return build()  # which raises them; a kept index would hide them
        return cache.load_or_build(cache_folder, files, cls, build)

    def ask(self, question: str) -> Result:
        """The best fact for a question, whether to be confident in it, and up to three others."""
        result = self.matcher.ask(question)
        if not result.confident or result.best is None or result.best.fact.value is None:
            return result
        if not may_state_quantity(question.lower()):
            return result
        from knowledge.search.verdict import verdict  # slow to import

        return replace(result, verdict=verdict(question, result.best.fact))

    def find_service(self, text: str) -> Service | None:
        """The service that a text names, exactly or but for a typo."""
        slug = self.matcher.names.service(text)
        if slug is None:
            named = self.matcher.reader.read(text)
            slug = self.matcher.names.service("".join(named.words))
        return self.services.get(slug) if slug else None

    def similar_ids(self, text: str) -> list[str]:
        """Up to three ids of facts that look like a text."""
        from rapidfuzz import process  # slow to import, and rarely needed

        found = process.extract(text, self.facts.keys(), limit=3, score_cutoff=MIN_SIMILARITY)
        return [name for name, _, _ in found]

    def follow_up(self, last_fact: str, text: str) -> Result | None:
        """What a text asks about the fact with this id; None if it is a question of its own."""
        fact = self.facts.get(last_fact)
        return self.matcher.follow_ups.answer(fact, text) if fact else None

    def overview(self, slug: str) -> Overview:
        """A service with the facts that people ask for most."""
        facts = [fact for fact in self.facts.values() if fact.service == slug]
        facts.sort(key=lambda fact: -(fact.demand or 0))
        return Overview(self.services[slug], len(facts), tuple(facts[:MOST_ASKED_COUNT]))
