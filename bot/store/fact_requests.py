"""Questions that people asked us to write answers for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine, func, select

from bot.store.engine import reading, upsert
from bot.store.pruning import delete_expired
from bot.store.tables import fact_requests

MAX_QUESTION_CHARS = 300


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as people typed it, and how many typed it this way."""

    question: str
    people: int
    latest_at: float


class FactRequests:
    """The table of requests. A person counts once for each wording."""

    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine = engine
        self._now = now

    def add(self, team: str, user: str, question: str) -> None:
        now = self._now()
        row = {"team": team, "user": user, "question": question[:MAX_QUESTION_CHARS]}
        with self._engine.begin() as db:
            delete_expired(db, fact_requests, now)
            upsert(db, fact_requests, row | {"asked_at": now})

    def wordings(self) -> list[Wording]:
        """The requests of all workspaces, most frequent first, without names."""
        people, latest = func.count(), func.max(fact_requests.c.asked_at)
        query = select(fact_requests.c.question, people, latest).group_by(fact_requests.c.question)
        with reading(self._engine) as db:
            found = db.execute(
                query.order_by(people.desc(), latest.desc(), fact_requests.c.question)
            )
            return [Wording(*row) for row in found]
