"""Reads and writes, one transaction each, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Table, create_engine, delete, event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from bot.store.migrate import migrate
from bot.store.tables import claims, conversations, feedback

CLAIMS_LAST = 24 * 3600
"""Seconds that a claim is kept; Slack repeats an event for hours at most."""
CONVERSATION_LASTS = 600
"""Seconds after a question in which a follow-up still refers to it."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread of a channel; a direct message outside threads has the thread ""."""

    team: str
    channel: str
    thread: str


class Store:
    """The database. Safe to share between threads; open one per process, after any fork."""

    def __init__(self, url: str, now: Callable[[], float] = time.time) -> None:
        self._engine = _engine(url)
        self._now = now

    def prepare(self) -> None:
        """Bring the tables up to date."""
        migrate(self._engine)

    def close(self) -> None:
        self._engine.dispose()

    def claim(self, kind: str, key: str) -> bool:
        """Whether the caller is the first to claim this work; an empty key is always free."""
        if not key:
            return True
        now = self._now()
        try:
            with self._engine.begin() as db:
                db.execute(delete(claims).where(claims.c.claimed_at < now - CLAIMS_LAST))
                db.execute(claims.insert().values(kind=kind, key=key, claimed_at=now))
        except IntegrityError:
            return False
        return True

    def release(self, kind: str, key: str) -> None:
        """Give a claim back, so that the work can be tried again."""
        with self._engine.begin() as db:
            db.execute(delete(claims).where(claims.c.kind == kind, claims.c.key == key))

    def remember_question(self, conversation: Conversation, question: str) -> None:
        """Keep the question for a follow-up, and forget those that are too old for one."""
        now = self._now()
        row = _key(conversation) | {"question": question, "asked_at": now}
        with self._engine.begin() as db:
            old = conversations.c.asked_at < now - CONVERSATION_LASTS
            db.execute(delete(conversations).where(old))
            self._put(db, conversations, row)

    def previous_question(self, conversation: Conversation) -> str | None:
        """The last question of this conversation, if it is fresh."""
        where = [conversations.c[name] == part for name, part in _key(conversation).items()]
        fresh = conversations.c.asked_at >= self._now() - CONVERSATION_LASTS
        with self._engine.connect() as db:
            return db.scalar(select(conversations.c.question).where(*where, fresh))

    def note_feedback(self, team: str, user: str, fact: str, helpful: bool) -> None:
        row = {"team": team, "user": user, "fact": fact}
        with self._engine.begin() as db:
            self._put(db, feedback, row | {"helpful": helpful, "given_at": self._now()})

    def feedback_counts(self, fact: str) -> tuple[int, int]:
        """How many people found a fact helpful, and how many wrong."""
        with self._engine.connect() as db:
            votes = db.scalars(select(feedback.c.helpful).where(feedback.c.fact == fact)).all()
        return sum(votes), len(votes) - sum(votes)

    def _put(self, db: Any, table: Table, row: dict[str, Any]) -> None:
        """Insert a row or replace the one with its primary key."""
        insert = sqlite.insert if self._engine.dialect.name == "sqlite" else postgresql.insert
        keys = [column.name for column in table.primary_key]
        changed = {name: value for name, value in row.items() if name not in keys}
        statement = insert(table).values(row)
        db.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def _key(conversation: Conversation) -> dict[str, str]:
    return {
        "team": conversation.team,
        "channel": conversation.channel,
        "thread": conversation.thread,
    }


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": 10})
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Write-ahead logging lets processes read while one writes."""
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}").close()
