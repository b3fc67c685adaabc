"""Which overdue facts a curator was asked to check, and which of them they still have to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Engine, func, or_, select, text, union, update

from bot.store.curation_tables import (
    cases,
    curators,
    fact_changes,
    gaps,
    review_tasks,
    suggestions,
)
from bot.store.deliveries import DeliveryKind
from bot.store.delivery_plans import plan
from bot.store.engine import reading, upsert
from bot.store.fact_changes import ChangeKind, add_change
from bot.store.tables import lookups, subscriptions

MAX_FACTS_PER_DAY = 3
OPEN_DAYS = 7
"""A fact that a curator doesn't check for this long goes to the next one."""
REPEAT_DAYS = 30
"""A curator isn't asked about the same fact again for this long."""
_ACTIVE = (lookups, curators, cases, suggestions, gaps, fact_changes, subscriptions)
"""Tables that a workspace is in once its people use us."""
_LOCK = 7_282_736


@dataclass(frozen=True, slots=True)
class ReviewTask:
    """A fact that a curator was asked to check; no longer open once they have pressed a button."""

    fact: str
    is_open: bool


class ReviewTasks:
    """The table of tasks, one for each fact and curator."""

    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine = engine
        self._now = now

    def teams(self) -> list[str]:
        """The workspaces that may have curators: we know of them by what is stored."""
        found = union(*(select(table.c.team) for table in _ACTIVE))
        with reading(self._engine) as db:
            return sorted(db.scalars(found))

    def uses(self, team: str) -> dict[str, int]:
        """How often the people of a workspace looked up each fact."""
        count = func.sum(lookups.c.count)
        query = select(lookups.c.fact, count).where(lookups.c.team == team)
        with reading(self._engine) as db:
            return {fact: int(n) for fact, n in db.execute(query.group_by(lookups.c.fact))}

    def plan(
        self, team: str, curator: str, day: date, due_at: float, overdue: Sequence[str]
    ) -> bool:
        """Plan a day's message to a curator about the first overdue facts that nobody has.

        False if it was planned before, by any process.
        """
        subject = f"{team}:{curator}:{day}"
        mine = (review_tasks.c.curator == curator) & (
            review_tasks.c.day > str(day - timedelta(REPEAT_DAYS))
        )
        theirs = review_tasks.c.open & (review_tasks.c.day > str(day - timedelta(OPEN_DAYS)))
        taken = select(review_tasks.c.fact).where(review_tasks.c.team == team, or_(mine, theirs))
        with self._engine.begin() as db:
            if db.dialect.name == "postgresql":  # two curators' messages don't overlap
                db.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            if not plan(db, DeliveryKind.REVIEW, subject, team, curator, due_at):
                return False
            others = set(db.scalars(taken))
            for fact in [fact for fact in overdue if fact not in others][:MAX_FACTS_PER_DAY]:
                row = {"team": team, "fact": fact, "curator": curator, "day": str(day)}
                upsert(db, review_tasks, row | {"open": True})
        return True

    def of_day(self, team: str, curator: str, day: str) -> list[ReviewTask]:
        """What a curator was asked to check on a day."""
        query = select(review_tasks.c.fact, review_tasks.c.open).where(
            review_tasks.c.team == team,
            review_tasks.c.curator == curator,
            review_tasks.c.day == day,
        )
        with reading(self._engine) as db:
            return [ReviewTask(*row) for row in db.execute(query.order_by(review_tasks.c.fact))]

    def close(self, team: str, fact: str, curator: str, check: str = "") -> bool:
        """Store that a curator is done with a fact; False if they were, or never had it.

        `check` is what `bot.team.checks` says about a fact that is still true.
        """
        task = (
            (review_tasks.c.team == team)
            & (review_tasks.c.fact == fact)
            & (review_tasks.c.curator == curator)
            & review_tasks.c.open
        )
        with self._engine.begin() as db:
            if not db.execute(update(review_tasks).where(task).values(open=False)).rowcount:
                return False
            if check:
                add_change(db, self._now(), team, fact, ChangeKind.CHECKED, check, curator)
        return True
