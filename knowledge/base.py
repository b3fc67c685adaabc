"""The knowledge base: the facts and the way to ask them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge import cache
from knowledge.files.folders import BUILT_IN, fact_files, folder_faults
from knowledge.model import FactsById, Service
from knowledge.search.matcher import Matcher
from knowledge.search.result import Result
from knowledge.search.verdict import verdict
from knowledge.vocabulary import load_vocabulary, vocabulary_files

if TYPE_CHECKING:
    from knowledge.files.loader import Content

_FOLLOW_UP = re.compile(r"(?i)\s*(?:and|but|ok(?:ay)?|what about|how about|same|in|for|with|on)\b")


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
        return cache.kept(cache_folder, files, cls, build)

    def ask(self, question: str) -> Result:
        """The best fact for a question, whether to be confident in it, and up to three others."""
        result = self.matcher.ask(question)
        if not result.confident or result.best is None:
            return result
        return replace(result, verdict=verdict(question, result.best.fact))

    def find_service(self, text: str) -> Service | None:
        """The service that a text names, exactly or but for a typo."""
        slug = self.matcher.names.service(text)
        if slug is None:
            named = self.matcher.reader.read(text)
            slug = self.matcher.names.service("".join(named.words))
        return self.services.get(slug) if slug else None

    def follow_up(self, previous: str, text: str) -> str | None:
        """The previous question about another service, if `text` is like 'and in lambda?'."""
        reading = self.matcher.reader.read(_FOLLOW_UP.sub(" ", text))
        spans = [span for name, span in reading.names.items() if name.startswith(":")]
        named = {at for start, end in spans for at in range(start, end)}
        rest = [word for at, word in enumerate(reading.words) if at not in named]
        if not spans or any(self.matcher.reader.is_content(word) for word in rest):
            return None
        asked = self.matcher.reader.read(previous)
        replaced = {at for start, end in asked.names.values() for at in range(start, end)}
        kept = [word for at, word in enumerate(asked.words) if at not in replaced]
        return " ".join([*kept, *(reading.words[at] for at in sorted(named))])
