"""How often somebody did something in the past hour: a row in the table of claims for each time."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine

from bot.store.engine import insert
from bot.store.pruning import delete_expired
from bot.store.tables import claims

HOUR_SECONDS = 3600.0


class HourlyUses:
    """Numbered slots for each person and kind, each of which is free again after an hour."""

    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine = engine
        self._now = now

    def take(self, kind: str, team: str, user: str, slots: int) -> bool:
        """Take a free slot; False if all are taken. Of two processes only one gets a slot."""
        now = self._now()
        is_free = claims.c.claimed_at <= now - HOUR_SECONDS
        with self._engine.begin() as db:
            delete_expired(db, claims, now)
            for slot in range(slots):
                row = {"kind": f"use {kind}", "key": f"{team}:{user}:{slot}", "claimed_at": now}
                taken = insert(db, claims).values(row)
                taken = taken.on_conflict_do_update(
                    index_elements=["kind", "key"], set_={"claimed_at": now}, where=is_free
                )
                if db.scalar(taken.returning(claims.c.key)):
                    return True
        return False
