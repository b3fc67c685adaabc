"""Facts that people suggest, until a curator decides. The first decision holds."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, Engine, or_, select, update

from bot.store.curation_tables import suggestions
from bot.store.curator_messages import CuratorItem, plan_posts, plan_updates
from bot.store.deliveries import DeliveryKind
from bot.store.delivery_plans import plan
from bot.store.engine import insert_if_new, reading
from bot.store.fact_changes import ChangeKind, add_change
from bot.store.tables import claims
from bot.team.limits import MAX_REASON_CHARS

_FORM = "suggestion"
"""Kind of claim on a submitted form, so that sending it twice stores it once."""


class SuggestionState(StrEnum):
    """What a curator decided."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A fact as YAML, and what became of it. `fact` is its ID once it is approved; erased people
    are "". Times are seconds since 1970.
    """

    id: int
    team: str
    fact: str
    content: str
    suggested_by: str
    suggested_at: float
    state: SuggestionState
    reason: str
    decided_by: str
    decided_at: float | None


class Suggestions:
    """The table of suggestions."""

    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine = engine
        self._now = now

    def add(
        self, team: str, content: str, by: str, form: str, recipients: Collection[str]
    ) -> int | None:
        """Store a suggestion and plan to show it to the curators; its ID.

        None if this form was stored before.
        """
        now = self._now()
        row = {"team": team, "fact": "", "content": content, "suggested_by": by}
        state = {"suggested_at": now, "state": SuggestionState.OPEN.value}
        with self._engine.begin() as db:
            claim = {"kind": _FORM, "key": f"{team}:{form}", "claimed_at": now}
            if insert_if_new(db, claims, claim) is None:
                return None
            added = suggestions.insert().values(row | state).returning(suggestions.c.id)
            suggestion = int(db.scalar(added) or 0)
            plan_posts(db, now, team, CuratorItem.SUGGESTION, suggestion, recipients)
        return suggestion

    def get(self, team: str, suggestion: int) -> Suggestion | None:
        query = select(suggestions).where(
            suggestions.c.team == team, suggestions.c.id == suggestion
        )
        with reading(self._engine) as db:
            row = db.execute(query).first()
        return _read(row) if row else None

    def open_ones(self, team: str) -> list[Suggestion]:
        """What no curator has decided about, oldest first."""
        query = select(suggestions).where(
            suggestions.c.team == team, suggestions.c.state == SuggestionState.OPEN.value
        )
        with reading(self._engine) as db:
            return [_read(row) for row in db.execute(query.order_by(suggestions.c.id))]

    def approve(self, team: str, suggestion: int, by: str, fact: str, content: str) -> bool:
        """Write the fact, and plan to tell its author; False if it is decided already."""
        with self._engine.begin() as db:
            if not self._decide(db, team, suggestion, by, SuggestionState.APPROVED, fact, ""):
                return False
            add_change(db, self._now(), team, fact, ChangeKind.WRITTEN, content, by)
        return True

    def reject(self, team: str, suggestion: int, by: str, reason: str) -> bool:
        """Plan to tell its author why; False if it is decided already."""
        reason = reason[:MAX_REASON_CHARS]
        with self._engine.begin() as db:
            return self._decide(db, team, suggestion, by, SuggestionState.REJECTED, "", reason)

    def _decide(
        self,
        db: Connection,
        team: str,
        suggestion: int,
        by: str,
        state: SuggestionState,
        fact: str,
        reason: str,
    ) -> bool:
        now = self._now()
        is_open = (
            (suggestions.c.team == team)
            & (suggestions.c.id == suggestion)
            & (suggestions.c.state == SuggestionState.OPEN.value)
        )
        values = {"state": state.value, "fact": fact, "reason": reason, "decided_by": by}
        decided = update(suggestions).where(is_open).values(values | {"decided_at": now})
        row = db.execute(decided.returning(suggestions.c.suggested_by)).first()
        if row is None:
            return False
        plan_updates(db, now, team, CuratorItem.SUGGESTION, suggestion, "decided")
        if row.suggested_by:
            subject = f"{team}:{row.suggested_by}:{suggestion}"
            plan(db, DeliveryKind.SUGGESTION_END, subject, team, row.suggested_by, now)
        return True


def suggestions_naming(db: Connection, team: str, user: str) -> list[int]:
    """The suggestions of a workspace that a person made or decided about."""
    named = or_(suggestions.c.suggested_by == user, suggestions.c.decided_by == user)
    return list(db.scalars(select(suggestions.c.id).where(suggestions.c.team == team, named)))


def _read(row: object) -> Suggestion:
    values = row._mapping  # type: ignore[attr-defined]
    return Suggestion(**{**values, "state": SuggestionState(values["state"])})
