"""Questions that got no certain answer: how often they were asked, and who wants to know."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, and_, delete, func, select, update

from bot.store.curation_tables import gap_people, gap_watchers, gaps
from bot.store.deliveries import DeliveryKind
from bot.store.delivery_plans import plan, plan_again
from bot.store.engine import insert, insert_all_new, reading, upsert
from bot.store.erasing import erased_lately, gap_person, old_gap_person
from bot.store.pruning import delete_old_gaps
from bot.store.tables import fact_requests, people

MAX_LISTED_WORDINGS = 1000
"""Of one workspace, those that most people asked for."""


class AskedQuestion(NamedTuple):
    """Who asked what, and when in seconds since 1970."""

    team: str
    user: str
    question: str
    at: float


@dataclass(frozen=True, slots=True)
class GapWording:
    """A question as it is kept, hashes of who asked it in these words, and how often."""

    question: str
    who: frozenset[str]
    times: int
    latest_at: float

    @property
    def people(self) -> int:
        return len(self.who)


@dataclass(frozen=True, slots=True)
class WatchedGap:
    """A question that somebody waits for an answer to."""

    id: int
    team: str
    question: str


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is to be told, and where; `thread` is "" outside threads."""

    team: str
    gap: int
    user: str
    channel: str
    thread: str


class Gaps:
    """The tables of unanswered questions. A question is known by its workspace and wording."""

    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine = engine
        self._now = now

    def note(self, asked: Sequence[AskedQuestion]) -> None:
        """Count questions that were asked in vain; those of people erased since don't count."""
        with self._engine.begin() as db:
            delete_old_gaps(db, self._now())
            void = erased_lately(db, {(one.team, one.user) for one in asked})
            valid = [one for one in asked if one.at > void.get((one.team, one.user), 0.0)]
            found: defaultdict[tuple[str, str], list[AskedQuestion]] = defaultdict(list)
            for one in valid:
                found[one.team, one.question].append(one)
            for (team, question), askings in sorted(found.items()):
                times, latest_at = len(askings), max(one.at for one in askings)
                gap = _count(db, team, question, times, latest_at)
                _note_people(db, team, gap, {one.user for one in askings})

    def watch(self, asked: AskedQuestion, channel: str, thread: str) -> None:
        """Tell a person, once there is an answer, in a channel or thread."""
        with self._engine.begin() as db:
            gap = _count(db, asked.team, asked.question, 0, asked.at)
            _note_people(db, asked.team, gap, {asked.user})
            row = {"team": asked.team, "gap": gap, "user": asked.user, "channel": channel}
            upsert(db, gap_watchers, row | {"thread": thread, "asked_at": asked.at})

    def watched(self) -> list[WatchedGap]:
        """The questions of all workspaces that have no answer yet and somebody waits for."""
        waiting = gaps.c.id.in_(select(gap_watchers.c.gap))
        query = select(gaps.c.id, gaps.c.team, gaps.c.question)
        with reading(self._engine) as db:
            found = db.execute(query.where(waiting, gaps.c.answered_by.is_(None)))
            return [WatchedGap(*row) for row in found]

    def answer(self, gap: WatchedGap, fact: str) -> bool:
        """Store which fact answers a question now, and plan to tell everyone who waits for it.

        False if another process was faster.
        """
        unanswered = (gaps.c.id == gap.id) & gaps.c.answered_by.is_(None)
        now = self._now()
        with self._engine.begin() as db:
            if not db.execute(update(gaps).where(unanswered).values(answered_by=fact)).rowcount:
                return False
            for row in db.execute(select(gap_watchers).where(gap_watchers.c.gap == gap.id)).all():
                subject = f"{gap.team}:{row.user}:{gap.id}:{int(row.asked_at)}"
                plan_again(db, DeliveryKind.ANSWERED, subject, gap.team, row.channel, now)
        return True

    def get(self, team: str, gap: int) -> WatchedGap | None:
        query = select(gaps.c.id, gaps.c.team, gaps.c.question)
        with reading(self._engine) as db:
            row = db.execute(query.where(gaps.c.team == team, gaps.c.id == gap)).first()
        return WatchedGap(*row) if row else None

    def reopen(self, gap: WatchedGap) -> None:
        """Store that a question has no answer after all."""
        with self._engine.begin() as db:
            db.execute(update(gaps).where(gaps.c.id == gap.id).values(answered_by=None))

    def watcher(self, team: str, gap: int, user: str) -> Watcher | None:
        columns = [gap_watchers.c[name] for name in Watcher.__slots__]
        with reading(self._engine) as db:
            row = db.execute(select(*columns).where(_is_watcher(team, gap, user))).first()
        return Watcher(*row) if row else None

    def answer_in_private(self, watcher: Watcher) -> None:
        """Plan to tell a person the answer directly, because Slack refused it where they asked."""
        who = _is_watcher(watcher.team, watcher.gap, watcher.user)
        known = select(people.c.direct).where(
            people.c.team == watcher.team, people.c.user == watcher.user
        )
        with self._engine.begin() as db:
            channel = db.scalar(known) or watcher.user
            moved = update(gap_watchers).where(who).values(channel=channel, thread="")
            asked_at = db.scalar(moved.returning(gap_watchers.c.asked_at))
            if asked_at is not None:
                subject = f"{watcher.team}:{watcher.user}:{watcher.gap}:{int(asked_at)}d"
                plan(db, DeliveryKind.ANSWERED, subject, watcher.team, channel, self._now())

    def stop_watching(self, team: str, gap: int, user: str) -> None:
        """Forget that a person waits for an answer."""
        with self._engine.begin() as db:
            db.execute(delete(gap_watchers).where(_is_watcher(team, gap, user)))

    def wordings(self, team: str | None = None) -> list[GapWording]:
        """The questions without an answer, of one workspace or of all, without names.

        Those that most people asked for come first. Requests for an answer count as asking.
        """
        in_team = [] if team is None else [gaps.c.team == team]
        requested_in = [] if team is None else [fact_requests.c.team == team]
        with reading(self._engine) as db:
            found = db.execute(
                select(gaps).where(*in_team).order_by(gaps.c.last_at.desc(), gaps.c.id)
            ).all()
            hashes = _people_of(db, team)
            requests = db.execute(select(fact_requests).where(*requested_in)).all()
        collected = _Collected()
        answered = {(row.team, row.question) for row in found if row.answered_by}
        for row in found:
            if not row.answered_by:
                collected.add(row.question, row.times, hashes[row.id], row.last_at)
        for row in requests:
            if (row.team, row.question) in answered:
                continue
            collected.add(row.question, 0, {gap_person(row.team, row.user)}, row.asked_at)
        return collected.wordings()[:MAX_LISTED_WORDINGS]


class _Collected:
    """Adds up what is known about each wording."""

    def __init__(self) -> None:
        self._times: Counter[str] = Counter()
        self._people: defaultdict[str, set[str]] = defaultdict(set)
        self._latest_at: defaultdict[str, float] = defaultdict(float)

    def add(self, question: str, times: int, people: set[str], at: float) -> None:
        self._times[question] += times
        self._people[question] |= people
        self._latest_at[question] = max(self._latest_at[question], at)

    def wordings(self) -> list[GapWording]:
        found = [
            GapWording(
                question, frozenset(people), max(self._times[question], len(people)),
                self._latest_at[question],
            )
            for question, people in self._people.items()
        ]  # fmt: skip
        return sorted(found, key=lambda one: (-one.people, -one.times, -one.latest_at))


def note_request(db: Connection, team: str, user: str, question: str, now: float) -> None:
    """Count somebody's wish for an answer as asking, as part of a transaction."""
    _note_people(db, team, _count(db, team, question, 0, now), {user})


def _count(db: Connection, team: str, question: str, times: int, at: float) -> int:
    """Add to a question's count; its ID. What is asked in vain has no answer (anymore)."""
    row = {"team": team, "question": question, "times": times, "first_at": at, "last_at": at}
    statement = insert(db, gaps).values(row)
    new = statement.excluded
    changed = {
        "times": gaps.c.times + new.times,
        "last_at": func.greatest(gaps.c.last_at, new.last_at)
        if db.dialect.name == "postgresql"
        else func.max(gaps.c.last_at, new.last_at),
        "answered_by": None,
    }
    keys = ["team", "question"]
    stored = statement.on_conflict_do_update(index_elements=keys, set_=changed)
    return int(db.scalar(stored.returning(gaps.c.id)) or 0)


def _note_people(db: Connection, team: str, gap: int, users: set[str]) -> None:
    rows = [{"team": team, "gap": gap, "person": gap_person(team, user)} for user in sorted(users)]
    insert_all_new(db, gap_people, rows)
    old = {old_gap_person(team, gap, user) for user in users}
    db.execute(delete(gap_people).where(gap_people.c.gap == gap, gap_people.c.person.in_(old)))


def _people_of(db: Connection, team: str | None) -> defaultdict[int, set[str]]:
    """The hashes of who asked each question, by its ID."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    query = select(gap_people.c.gap, gap_people.c.person)
    if team is not None:
        query = query.where(gap_people.c.team == team)
    for gap, person in db.execute(query):
        found[gap].add(person)
    return found


def _is_watcher(team: str, gap: int, user: str) -> Any:
    columns = gap_watchers.c
    return and_(columns.team == team, columns.gap == gap, columns.user == user)
