"""Questions that people asked us to write answers for."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine

from bot.store.engine import upsert
from bot.store.gaps import note_request
from bot.store.pruning import delete_expired
from bot.store.tables import fact_requests


class FactRequests:
    """The table of requests. A person counts once for each wording."""

    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine = engine
        self._now = now

    def add(self, team: str, user: str, question: str) -> None:
        """Store a request, which counts as asking the question; it has at most 300 characters."""
        now = self._now()
        row = {"team": team, "user": user, "question": question}
        with self._engine.begin() as db:
            delete_expired(db, fact_requests, now)
            upsert(db, fact_requests, row | {"asked_at": now})
            note_request(db, team, user, question, now)
