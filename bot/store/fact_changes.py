"""What a workspace changed about the facts: a log that is only added to.

The newest entry of a kind says what holds now; going back means adding old content again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, Engine, func, select, text

from bot.store.curation_tables import fact_changes
from bot.store.engine import reading

_LOCK = 7_282_735


class ChangeKind(StrEnum):
    """What a change does. The content is a fact as JSON, the ID of a successor, or a note."""

    WRITTEN = "written"
    RETIRED = "retired"
    RESTORED = "restored"
    """The fact is as built in, or gone if it was the workspace's own."""
    NOTED = "noted"
    """With empty content, the note is gone."""
    DISPUTED = "disputed"
    SETTLED = "settled"
    CHECKED = "checked"
    """A curator read the source and found the fact still true."""


FACT_KINDS = (ChangeKind.WRITTEN, ChangeKind.RETIRED, ChangeKind.RESTORED)


@dataclass(frozen=True, slots=True)
class FactChange:
    """Who changed what, and when in seconds since 1970; `changed_by` is "" if erased."""

    id: int
    team: str
    fact: str
    kind: ChangeKind
    content: str
    changed_by: str
    changed_at: float


class FactChanges:
    """The log of all workspaces."""

    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine = engine
        self._now = now

    def add(self, team: str, fact: str, kind: ChangeKind, content: str, changed_by: str) -> int:
        """Add an entry; its ID."""
        with self._engine.begin() as db:
            return add_change(db, self._now(), team, fact, kind, content, changed_by)

    def after(self, last_id: int) -> list[FactChange]:
        """What all workspaces have changed since the entry with an ID, oldest first."""
        query = select(fact_changes).where(fact_changes.c.id > last_id)
        with reading(self._engine) as db:
            return [_read(row) for row in db.execute(query.order_by(fact_changes.c.id))]

    def count(self, up_to_id: int) -> int:
        """How many entries there are up to an ID; fewer than before if a workspace left."""
        query = select(func.count()).where(fact_changes.c.id <= up_to_id)
        with reading(self._engine) as db:
            return db.scalar(query) or 0

    def history(self, team: str, fact: str) -> list[FactChange]:
        """What a workspace has changed about a fact, newest first."""
        query = select(fact_changes).where(fact_changes.c.team == team, fact_changes.c.fact == fact)
        with reading(self._engine) as db:
            return [_read(row) for row in db.execute(query.order_by(fact_changes.c.id.desc()))]

    def get(self, team: str, change_id: int) -> FactChange | None:
        query = select(fact_changes).where(
            fact_changes.c.team == team, fact_changes.c.id == change_id
        )
        with reading(self._engine) as db:
            row = db.execute(query).first()
        return _read(row) if row else None


def add_change(
    db: Connection, now: float, team: str, fact: str, kind: ChangeKind, content: str, by: str
) -> int:
    """Add an entry as part of a transaction; its ID.

    On PostgreSQL, writers wait for each other, so that IDs become visible in their order.
    """
    if db.dialect.name == "postgresql":
        db.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    row = {"team": team, "fact": fact, "kind": kind.value, "content": content, "changed_by": by}
    statement = fact_changes.insert().values(row | {"changed_at": now})
    return int(db.scalar(statement.returning(fact_changes.c.id)) or 0)


def _read(row: object) -> FactChange:
    values = row._mapping  # type: ignore[attr-defined]
    return FactChange(**{**values, "kind": ChangeKind(values["kind"])})
