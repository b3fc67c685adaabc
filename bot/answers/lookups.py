"""Count what people look up, without making anyone wait."""

from __future__ import annotations

from collections import defaultdict

from bot.answers.batching import BatchWriter
from bot.quiz.review import schedule_review
from bot.store import Store
from bot.store.people import Lookup


class Lookups:
    """Counts lookups; a fact that a person looks up twice enters their review queue."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._writer: BatchWriter[tuple[Lookup, float]] = BatchWriter(self._count, "lookups")

    def note(self, team: str, user: str, fact: str) -> None:
        """Count a lookup, soon."""
        self._writer.add((Lookup(team, user, fact), self._store.now()))

    def write(self) -> None:
        """Write the waiting lookups now."""
        self._writer.write()

    def close(self) -> None:
        """Write what is waiting."""
        self._writer.close()

    def _count(self, waiting: list[tuple[Lookup, float]]) -> None:
        noted_at: defaultdict[Lookup, list[float]] = defaultdict(list)
        for lookup, at in waiting:
            noted_at[lookup].append(at)
        found = {lookup: len(moments) for lookup, moments in noted_at.items()}
        card, due_at = schedule_review(None, False, 0.0, self._store.now())
        self._store.people.note_lookups(found, card, due_at, noted_at)
