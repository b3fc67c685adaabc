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

from bot.store.cases import Cases
from bot.store.channels import move_channel
from bot.store.curator_messages import CuratorMessages
from bot.store.curators import CuratorChoices
from bot.store.deliveries import DeliveryQueue
from bot.store.engine import open_engine, reading, upsert
from bot.store.fact_changes import FactChanges
from bot.store.fact_requests import FactRequests
from bot.store.gaps import Gaps
from bot.store.greetings import Greetings
from bot.store.hourly_uses import HourlyUses
from bot.store.migrate import Version, is_current, migrate, version
from bot.store.open_items import OpenItems
from bot.store.organizations import Organizations
from bot.store.people import People
from bot.store.postings import Postings
from bot.store.problems import explain, is_lasting
from bot.store.process_tables import beats
from bot.store.pruning import CONVERSATION_RETENTION_SECONDS, delete_expired, prune
from bot.store.quiz_answers import QuizAnswers
from bot.store.replies import Replies
from bot.store.review_tasks import ReviewTasks
from bot.store.sqlite_file import open_read_only, sqlite_path
from bot.store.subscriptions import Subscriptions
from bot.store.suggestions import Suggestions
from bot.store.tables import TEAM_TABLES, answers, claims, conversations, feedback, postings

log = logging.getLogger(__name__)

CLOCK = "clock"
RECONNECT_SECONDS = 5.0
"""Between two tries to reach a database that is away."""
LEASE_SECONDS = 60.0
"""After which other processes take over the messages of one that died."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread of a channel; a direct message outside threads has the thread ""."""

    team: str
    channel: str
    thread: str


@dataclass(frozen=True, slots=True)
class Votes:
    """How many people found a fact helpful, and how many called it wrong or outdated."""

    fact: str
    helpful: int
    wrong: int


class Store:
    """The database. Safe to share between threads; open one per process, after any fork."""

    def __init__(
        self,
        url: str,
        now: Callable[[], float] = time.time,
        lease_seconds: float = LEASE_SECONDS,
        *,
        engine: Engine | None = None,
    ) -> None:
        self.engine = engine or open_engine(url)
        self.is_prepared = False
        self._closed = threading.Event()
        self.now = now
        self.subscriptions = Subscriptions(self.engine, now)
        self.postings = Postings(self.engine, now)
        self.answers = QuizAnswers(self.engine, now)
        self.people = People(self.engine, now)
        self.organizations = Organizations(self.engine)
        self.greetings = Greetings(self.engine, now)
        self.fact_requests = FactRequests(self.engine, now)
        self.gaps = Gaps(self.engine, now)
        self.review_tasks = ReviewTasks(self.engine, now)
        self.fact_changes = FactChanges(self.engine, now)
        self.cases = Cases(self.engine, now)
        self.curator_messages = CuratorMessages(self.engine, now)
        self.open_items = OpenItems(self.engine, now)
        self.hourly_uses = HourlyUses(self.engine, now)
        self.suggestions = Suggestions(self.engine, now)
        self.curators = CuratorChoices(self.engine, now)
        self.replies = Replies(self.engine, now, lease_seconds)
        self.deliveries = DeliveryQueue(self.engine, now, uuid4().hex, lease_seconds)

    @classmethod
    def to_look_at(cls, url: str) -> Store:
        """A store for reading only, which creates no file."""
        path = sqlite_path(url)
        return cls(url, engine=open_read_only(path) if path else None)

    def prepare(self) -> None:
        """Bring the tables up to date."""
        migrate(self.engine)
        self.is_prepared = True

    def prepare_when_there(self) -> None:
        """Bring the tables up to date now, or if PostgreSQL is away, as soon as it is back.

        Raises StoreError if waiting wouldn't help.
        """
        try:
            self.prepare()
        except OperationalError as error:
            if self.engine.dialect.name == "sqlite" or is_lasting(error):
                raise
            log.error("the database is unavailable", extra={"error": type(error).__name__})
            log.error("the database: %s", self.explain(error))
            threading.Thread(target=self._prepare_later, daemon=True).start()

    def _prepare_later(self) -> None:
        while not self._closed.wait(RECONNECT_SECONDS):
            try:
                self.prepare()
            except SQLAlchemyError as error:
                log.error("the database is unavailable", extra={"error": type(error).__name__})
            else:
                log.info("the database is available again")
                return

    def explain(self, error: Exception) -> str:
        """Say what is wrong with the database, and what to do about it."""
        return explain(error, self.engine.url)

    def version(self) -> Version:
        return version(self.engine)

    def is_current(self) -> bool:
        """Whether the tables are up to date."""
        return is_current(self.engine)

    def move_channel(self, team: str, old: str, new: str) -> None:
        """Store everything about a channel under its new id."""
        move_channel(self.engine, team, old, new)

    def beat(self) -> None:
        """Note that a clock is alive."""
        with self.engine.begin() as db:
            upsert(db, beats, {"name": CLOCK, "at": self.now()})

    def last_beat(self) -> float | None:
        with reading(self.engine) as db:
            return db.scalar(select(beats.c.at).where(beats.c.name == CLOCK))

    def prune(self) -> None:
        """Delete expired rows; see `bot.store.pruning`."""
        prune(self.engine, self.now())

    def close(self) -> None:
        self._closed.set()
        self.engine.dispose()

    def claim(self, kind: str, *keys: str) -> bool:
        """Whether the caller is the first to claim a piece of work, by any of its keys.

        True without a key: such work can't be claimed.
        """
        now = self.now()
        rows = [{"kind": kind, "key": key, "claimed_at": now} for key in keys if key]
        if not rows:
            return True
        try:
            with self.engine.begin() as db:
                delete_expired(db, claims, now)
                db.execute(claims.insert(), rows)
        except IntegrityError:
            return False
        return True

    def is_claimed(self, kind: str, key: str) -> bool:
        """Whether a piece of work has been claimed."""
        found = select(claims.c.key).where(claims.c.kind == kind, claims.c.key == key)
        with reading(self.engine) as db:
            return db.scalar(found) is not None

    def release(self, kind: str, key: str) -> None:
        """Give a claim back, so that the work can be tried again."""
        with self.engine.begin() as db:
            db.execute(delete(claims).where(claims.c.kind == kind, claims.c.key == key))

    def remember_answer(self, conversation: Conversation, fact: str, user: str = "") -> None:
        """Store the id of the fact that was shown last, "" for none."""
        now = self.now()
        row = _key(conversation) | {"user": user, "fact": fact, "asked_at": now}
        with self.engine.begin() as db:
            delete_expired(db, conversations, now)
            upsert(db, conversations, row)

    def last_answer(self, conversation: Conversation) -> str | None:
        """The id of the fact that was shown last, if that was recent enough for a follow-up."""
        where = [conversations.c[name] == part for name, part in _key(conversation).items()]
        fresh = conversations.c.asked_at >= self.now() - CONVERSATION_RETENTION_SECONDS
        with reading(self.engine) as db:
            return db.scalar(select(conversations.c.fact).where(*where, fresh))

    def note_feedback(self, team: str, user: str, fact: str, helpful: bool) -> None:
        row = {"team": team, "user": user, "fact": fact}
        with self.engine.begin() as db:
            upsert(db, feedback, row | {"helpful": helpful, "given_at": self.now()})

    def forget_team(self, team: str) -> None:
        """Delete everything about a team and its people."""
        with self.engine.begin() as db:
            own = select(postings.c.id).where(postings.c.team == team).scalar_subquery()
            db.execute(delete(answers).where(answers.c.posting.in_(own)))
            for table in TEAM_TABLES:
                db.execute(delete(table).where(table.c.team == team))

    def teams(self) -> list[str]:
        """The workspaces of which anything is stored, sorted."""
        found: set[str] = set()
        with reading(self.engine) as db:
            for table in TEAM_TABLES:
                found.update(db.scalars(select(table.c.team).distinct()))
        return sorted(team for team in found if team)

    def votes(self) -> list[Votes]:
        """What people of all teams think of each fact; facts most often called wrong first."""
        helpful = func.sum(case((feedback.c.helpful, 1), else_=0))
        wrong = func.count() - helpful
        query = select(feedback.c.fact, helpful, wrong).group_by(feedback.c.fact)
        order = (wrong.desc(), helpful.desc(), feedback.c.fact)
        with reading(self.engine) as db:
            return [Votes(*row) for row in db.execute(query.order_by(*order))]


def _key(conversation: Conversation) -> dict[str, str]:
    return {
        "team": conversation.team,
        "channel": conversation.channel,
        "thread": conversation.thread,
    }
