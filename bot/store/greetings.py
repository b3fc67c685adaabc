"""Who has been greeted. Each person is greeted once."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine

from bot.store.engine import insert
from bot.store.tables import greetings


class Greetings:
    """The table of greetings."""

    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine = engine
        self._now = now

    def add(self, team: str, user: str) -> bool:
        """Record that a person is greeted; False if they have been before."""
        row = {"team": team, "user": user, "greeted_at": self._now()}
        with self._engine.begin() as db:
            new = insert(db, greetings).values(row).on_conflict_do_nothing()
            return db.execute(new).rowcount == 1
