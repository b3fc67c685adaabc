"""The knowledge base: the facts and the way to ask them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge import cache
from knowledge.files.folders import BUILT_IN, fact_files, folder_faults
from knowledge.model import Fact, FactsById, Service
from knowledge.search.matcher import Matcher
from knowledge.search.result import Outcome, Result, with_reference
from knowledge.values import may_state_quantity
from knowledge.vocabulary import load_vocabulary, vocabulary_files

if TYPE_CHECKING:
    from knowledge.files.loader import Content
    from knowledge.reference.reference import Reference

MIN_SIMILARITY = 60
"""From 0 to 100: IDs less similar than this aren't suggested."""
MOST_ASKED_COUNT = 5
"""How many facts a service's overview shows."""
_ABOUT_AWS = (Outcome.ANSWER, Outcome.SUGGEST, Outcome.UNKNOWN)
"""Outcomes after which a question may still have named something exactly."""


@dataclass(frozen=True, slots=True)
class Overview:
    """A service, how many facts there are about it, and those that people ask for most."""

    service: Service
    count: int
    most_asked: tuple[Fact, ...]


class KnowledgeBase:
    """The facts, their services, and the index to search them. Safe to share between threads.

    `reference`, if set, says more about exact names that no fact explains.
    """

    def __init__(self, content: Content) -> None:
        self.services: dict[str, Service] = content.services
        self.matcher = Matcher(content.facts.values(), content.services, load_vocabulary())
        self.facts = FactsById(self.matcher.facts)
        self.reference: Reference | None = None

    @classmethod
    def load(cls, folders: Iterable[Path] = (), cache_folder: Path | None = None) -> KnowledgeBase:
        """Load the built-in facts, then those of `folders` in order, which replace earlier ones.

        With a `cache_folder`, the index is stored there, under a digest of every file it was built
        from. Raises FactsError with every fault found.
        """
        every = [BUILT_IN, *folders]
        files = [*fact_files(every), *vocabulary_files()]

        def build() -> KnowledgeBase:
            from knowledge.files.loader import load  # YAML is slow to import

            return cls(load(every))

        if any(True for folder in every for _ in folder_faults(folder)):
            return build()  # which raises them; a cached index would hide them
        return cache.load_or_build(cache_folder, files, cls, build)

    def with_changes(self, changed: Iterable[Fact], retired: Mapping[str, str]) -> KnowledgeBase:
        """The same with a team's own changes; this one stays as it is.

        A changed fact replaces the one with its ID, or is new. `retired` has the IDs of facts that
        are gone, each with that of its successor, or "". Facts of services that aren't known here
        are left out. Takes milliseconds.
        """
        added = {fact.id: fact for fact in changed if fact.service in self.services}
        facts = {fact.id: fact for fact in self.facts.values()} | added
        gone = {fact_id: facts.pop(fact_id, None) for fact_id in retired}
        for fact_id, fact in gone.items():
            if heir := facts.get(_last_successor(fact_id, retired)):
                aliases = (*heir.aliases, fact_id, *(fact.aliases if fact else ()))
                facts[heir.id] = replace(heir, aliases=tuple(dict.fromkeys(aliases)))
        own = copy(self)
        own.facts = FactsById(facts.values())
        own.matcher = self.matcher.with_changes(
            [fact for fact in added.values() if fact.id in facts], {*added, *retired}
        )
        return own

    def ask(self, question: str) -> Result:
        """The best fact for a question, whether to trust it, and up to three others."""
        result = self.matcher.ask(question)
        if self.reference and result.outcome in _ABOUT_AWS:
            found = self.reference.answer(question)
            result = with_reference(result, found) if found else result
        if not result.confident or result.best is None or result.best.fact.value is None:
            return result
        if not may_state_quantity(question.lower()):
            return result
        from knowledge.search.verdict import verdict  # slow to import

        return replace(result, verdict=verdict(question, result.best.fact))

    def find_service(self, text: str) -> Service | None:
        """The service that a text names, exactly or with a typo; None if there is none."""
        slug = self.matcher.names.service(text)
        if slug is None:
            named = self.matcher.reader.read(text)
            slug = self.matcher.names.service("".join(named.words))
        return self.services.get(slug) if slug else None

    def similar_ids(self, text: str) -> list[str]:
        """Up to three fact IDs that look like a text, most similar first."""
        from rapidfuzz import process  # slow to import, and rarely needed

        found = process.extract(text, self.facts.keys(), limit=3, score_cutoff=MIN_SIMILARITY)
        return [name for name, _, _ in found]

    def follow_up(self, last_fact: str, text: str) -> Result | None:
        """What a text asks about the fact with this id; None if it is a question of its own."""
        fact = self.facts.get(last_fact)
        return self.matcher.follow_ups.answer(fact, text) if fact else None

    def fact_counts(self) -> Counter[str]:
        """How many facts there are by service, given by its slug."""
        return Counter(fact.service for fact in self.facts.values())

    def overview(self, slug: str) -> Overview:
        """A service with the facts that people ask for most."""
        facts = [fact for fact in self.facts.values() if fact.service == slug]
        facts.sort(key=lambda fact: -(fact.demand or 0))
        return Overview(self.services[slug], len(facts), tuple(facts[:MOST_ASKED_COUNT]))


def _last_successor(fact_id: str, retired: Mapping[str, str]) -> str:
    """Where a chain of successors ends: at a retired fact, too, if it goes round in circles."""
    seen = set()
    while fact_id in retired and fact_id not in seen:
        seen.add(fact_id)
        fact_id = retired[fact_id]
    return fact_id
