"""Who changed a fact in a workspace, and undoing changes."""

from __future__ import annotations

from dataclasses import dataclass

from bot.store import Store
from bot.store.fact_changes import FACT_KINDS, ChangeKind, FactChange

MAX_SHOWN = 15


@dataclass(frozen=True, slots=True)
class Reverted:
    """The changes that were undone, newest first, and what holds now."""

    undone: tuple[FactChange, ...]
    now: ChangeKind


class FactHistory:
    """Reads the log of changes, and undoes changes by adding to it."""

    def __init__(self, store: Store) -> None:
        self._changes = store.fact_changes

    def newest(self, team: str, fact: str) -> list[FactChange]:
        """The newest entries about a fact, newest first: also notes, reports, and checks."""
        return self._changes.history(team, fact)[:MAX_SHOWN]

    def count(self, team: str, fact: str) -> int:
        """How many changes can be undone; notes, reports, and checks can't be."""
        return len(self._all(team, fact))

    def revert(self, team: str, fact: str, count: int, by: str) -> Reverted | None:
        """Undo the newest changes by adding what held before them; None if there are fewer.

        An undo can be undone in the same way.
        """
        changes = self._all(team, fact)
        if not 1 <= count <= len(changes):
            return None
        before = changes[count] if count < len(changes) else None
        kind, content = (before.kind, before.content) if before else (ChangeKind.RESTORED, "")
        self._changes.add(team, fact, kind, content, by)
        return Reverted(tuple(changes[:count]), kind)

    def _all(self, team: str, fact: str) -> list[FactChange]:
        found = self._changes.history(team, fact)
        return [change for change in found if change.kind in FACT_KINDS]
