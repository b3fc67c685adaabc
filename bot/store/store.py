"""Reads and writes, one transaction each, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import Engine, case, delete, func, select
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError

from bot.store.channels import move_channel
from bot.store.deliveries import Deliveries
from bot.store.engine import open_engine, put, reading
from bot.store.migrate import Version, is_current, migrate, version
from bot.store.organizations import Organizations
from bot.store.people import People
from bot.store.postings import Postings
from bot.store.problems import explain, is_lasting
from bot.store.pruning import CLAIMS_LAST, CONVERSATION_LASTS, prune
from bot.store.replies import Replies
from bot.store.sqlite_file import open_to_look, sqlite_path
from bot.store.subscriptions import Subscriptions
from bot.store.tables import OF_A_TEAM, answers, beats, claims, conversations, feedback, postings

log = logging.getLogger(__name__)

CLOCK = "clock"
TRY_AGAIN = 5.0
"""Seconds between two looks at a database that is away."""
LEASE = 60.0
"""Seconds after which others take over the messages of a process that has died."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread of a channel; a direct message outside threads has the thread ""."""

    team: str
    channel: str
    thread: str


@dataclass(frozen=True, slots=True)
class Votes:
    """How many people found a fact helpful, and how many wrong or old."""

    fact: str
    helpful: int
    wrong: int


class Store:
    """The database. Safe to share between threads; open one per process, after any fork."""

    def __init__(
        self,
        url: str,
        now: Callable[[], float] = time.time,
        lease: float = LEASE,
        *,
        engine: Engine | None = None,
    ) -> None:
        self.engine = engine or open_engine(url)
        self.is_prepared = False
        self._closed = threading.Event()
        self.now = now
        self.subscriptions = Subscriptions(self.engine, now)
        self.postings = Postings(self.engine, now)
        self.people = People(self.engine, now)
        self.organizations = Organizations(self.engine)
        self.replies = Replies(self.engine, now, lease)
        self.deliveries = Deliveries(self.engine, now, uuid4().hex, lease)

    @classmethod
    def to_look_at(cls, url: str) -> Store:
        """A store that is only read from, and that creates no file."""
        path = sqlite_path(url)
        return cls(url, engine=open_to_look(path) if path else None)

    def prepare(self) -> None:
        """Bring the tables up to date."""
        migrate(self.engine)
        self.is_prepared = True

    def prepare_when_there(self) -> None:
        """Bring the tables up to date now, or if PostgreSQL is away, as soon as it is there.

        Raises StoreError if waiting would not help.
        """
        try:
            self.prepare()
        except OperationalError as error:
            if self.engine.dialect.name == "sqlite" or is_lasting(error):
                raise
            log.error("the database is away", extra={"error": type(error).__name__})
            log.error("the database: %s", self.explain(error))
            threading.Thread(target=self._prepare_later, daemon=True).start()

    def _prepare_later(self) -> None:
        while not self._closed.wait(TRY_AGAIN):
            try:
                self.prepare()
            except SQLAlchemyError as error:
                log.error("the database is away", extra={"error": type(error).__name__})
            else:
                log.info("the database is there")
                return

    def explain(self, error: Exception) -> str:
        """What is wrong with the database, and what to do about it."""
        return explain(error, self.engine.url)

    def version(self) -> Version:
        return version(self.engine)

    def is_current(self) -> bool:
        """Whether the tables are up to date."""
        return is_current(self.engine)

    def move_channel(self, team: str, old: str, new: str) -> None:
        """Give all that is kept about a channel its new id."""
        move_channel(self.engine, team, old, new)

    def beat(self) -> None:
        """Note that a clock is alive."""
        with self.engine.begin() as db:
            put(db, beats, {"name": CLOCK, "at": self.now()})

    def last_beat(self) -> float | None:
        with reading(self.engine) as db:
            return db.scalar(select(beats.c.at).where(beats.c.name == CLOCK))

    def prune(self) -> None:
        """Delete what is kept only for a while, once its time is over."""
        prune(self.engine, self.now())

    def close(self) -> None:
        self._closed.set()
        self.engine.dispose()

    def claim(self, kind: str, *keys: str) -> bool:
        """Whether the caller is the first to claim a piece of work, by any of its keys.

        Without a key it is always free.
        """
        now = self.now()
        rows = [{"kind": kind, "key": key, "claimed_at": now} for key in keys if key]
        if not rows:
            return True
        try:
            with self.engine.begin() as db:
                db.execute(delete(claims).where(claims.c.claimed_at < now - CLAIMS_LAST))
                db.execute(claims.insert(), rows)
        except IntegrityError:
            return False
        return True

    def is_claimed(self, kind: str, key: str) -> bool:
        """Whether somebody has claimed a piece of work."""
        found = select(claims.c.key).where(claims.c.kind == kind, claims.c.key == key)
        with reading(self.engine) as db:
            return db.scalar(found) is not None

    def release(self, kind: str, key: str) -> None:
        """Give a claim back, so that the work can be tried again."""
        with self.engine.begin() as db:
            db.execute(delete(claims).where(claims.c.kind == kind, claims.c.key == key))

    def remember_answer(self, conversation: Conversation, fact: str, user: str = "") -> None:
        """Keep which fact was shown last, "" for none, and forget those too old to follow up."""
        now = self.now()
        row = _key(conversation) | {"user": user, "fact": fact, "asked_at": now}
        with self.engine.begin() as db:
            old = conversations.c.asked_at < now - CONVERSATION_LASTS
            db.execute(delete(conversations).where(old))
            put(db, conversations, row)

    def last_answer(self, conversation: Conversation) -> str | None:
        """The fact that this conversation was shown last, if it was just now."""
        where = [conversations.c[name] == part for name, part in _key(conversation).items()]
        fresh = conversations.c.asked_at >= self.now() - CONVERSATION_LASTS
        with reading(self.engine) as db:
            return db.scalar(select(conversations.c.fact).where(*where, fresh))

    def note_feedback(self, team: str, user: str, fact: str, helpful: bool) -> None:
        row = {"team": team, "user": user, "fact": fact}
        with self.engine.begin() as db:
            put(db, feedback, row | {"helpful": helpful, "given_at": self.now()})

    def forget_team(self, team: str) -> None:
        """Delete everything that is kept about a team and its people."""
        with self.engine.begin() as db:
            own = select(postings.c.id).where(postings.c.team == team).scalar_subquery()
            db.execute(delete(answers).where(answers.c.posting.in_(own)))
            for table in OF_A_TEAM:
                db.execute(delete(table).where(table.c.team == team))

    def votes(self) -> list[Votes]:
        """What people of all teams think of each fact, those most often called wrong first."""
        helpful = func.sum(case((feedback.c.helpful, 1), else_=0))
        wrong = func.count() - helpful
        wanted = select(feedback.c.fact, helpful, wrong).group_by(feedback.c.fact)
        order = (wrong.desc(), helpful.desc(), feedback.c.fact)
        with reading(self.engine) as db:
            return [Votes(*row) for row in db.execute(wanted.order_by(*order))]

    def feedback_counts(self, fact: str) -> tuple[int, int]:
        """How many people found a fact helpful, and how many wrong."""
        with reading(self.engine) as db:
            votes = db.scalars(select(feedback.c.helpful).where(feedback.c.fact == fact)).all()
        return sum(votes), len(votes) - sum(votes)


def _key(conversation: Conversation) -> dict[str, str]:
    return {
        "team": conversation.team,
        "channel": conversation.channel,
        "thread": conversation.thread,
    }
