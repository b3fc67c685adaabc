"""What we store about people: their choices, review queue, practice questions and lookups."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, delete, func, select, tuple_, update

from bot.quiz.progress import Progress
from bot.quiz.question import QuizQuestion
from bot.quiz.sessions import PracticeSession
from bot.store.deliveries import DeliveryKind
from bot.store.delivery_plans import plan
from bot.store.engine import insert_all_new, reading, upsert, upsert_all
from bot.store.erasing import erase, erased_lately
from bot.store.progress import read_progress
from bot.store.tables import (
    cards,
    exercises,
    lookups,
    people,
)

LOOKUPS_BEFORE_REVIEW = 2
"""A fact enters the review queue when a person has looked it up this often."""
BATCH_ROWS = 200


class Lookup(NamedTuple):
    """Who looked up which fact."""

    team: str
    user: str
    fact: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person's choices.

    `direct` is the channel of their direct messages with us, "" if unknown. `next_at` is the time
    of the next reminder, in seconds since 1970.
    """

    team: str
    user: str
    ranked: bool = True
    reminded: bool = False
    tz: str = "UTC"
    direct: str = ""
    next_at: float | None = None


@dataclass(frozen=True, slots=True)
class Exercise:
    """A practice question; `choice` is the index of the chosen option, None before the answer."""

    id: int
    team: str
    user: str
    question: QuizQuestion
    asked_at: float
    choice: int | None
    session: int | None = None


class People:
    """The tables about people. `team` and `user` together identify a person."""

    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine = engine
        self._now = now

    def get(self, team: str, user: str) -> Person:
        with reading(self._engine) as db:
            row = db.execute(select(people).where(_is(people, team, user))).first()
        return Person(*row) if row else Person(team, user)

    def change(self, team: str, user: str, **choices: Any) -> Person:
        """Store a person's choices, which are fields of Person."""
        with self._engine.begin() as db:
            row = db.execute(select(people).where(_is(people, team, user))).first()
            before = row._asdict() if row else _fields(Person(team, user))
            upsert(db, people, before | choices)
        return Person(**(before | choices))

    def change_if_known(self, team: str, user: str, **choices: Any) -> None:
        """The same, but only for a person with a row, not one who was erased in the meantime."""
        with self._engine.begin() as db:
            db.execute(update(people).where(_is(people, team, user)).values(**choices))

    def plan_reminder(self, person: Person, due: bool, following: float) -> None:
        """Set the time of a person's next reminder and, if something is due, plan one for now.

        Does nothing for a person who was erased in the meantime.
        """
        now, subject = self._now(), f"{person.team}:{person.user}:{int(following)}"
        with self._engine.begin() as db:
            known = update(people).where(_is(people, person.team, person.user))
            if db.execute(known.values(next_at=following)).rowcount and due:
                channel = person.direct or person.user
                plan(db, DeliveryKind.REMINDER, subject, person.team, channel, now)

    def unranked(self, team: str) -> frozenset[str]:
        """The users who don't want to be on the leaderboard."""
        hidden = (people.c.team == team) & people.c.ranked.is_(False)
        with reading(self._engine) as db:
            return frozenset(db.scalars(select(people.c.user).where(hidden)))

    def due_for_reminder(self, limit: int = 200) -> list[Person]:
        due = people.c.reminded & (people.c.next_at <= self._now())
        with reading(self._engine) as db:
            found = db.execute(select(people).where(due).order_by(people.c.next_at).limit(limit))
            return [Person(*row) for row in found]

    def due_cards(self, team: str, user: str) -> list[str]:
        """Ids of facts to review now, most overdue first; some may have no question anymore."""
        due = _is(cards, team, user) & (cards.c.due_at <= self._now())
        with reading(self._engine) as db:
            return list(db.scalars(select(cards.c.fact).where(due).order_by(cards.c.due_at)))

    def card(self, team: str, user: str, *ids: str) -> str | None:
        """The card of a fact, stored under any of its ids; the one that is due first."""
        where = _is(cards, team, user) & cards.c.fact.in_(ids)
        with reading(self._engine) as db:
            query = select(cards.c.card).where(where).order_by(cards.c.due_at).limit(1)
            return db.scalar(query)

    def add_exercise(
        self, team: str, user: str, question: QuizQuestion, session: int | None = None
    ) -> Exercise:
        """Store a practice question, by default the first one of a new session."""
        now = self._now()
        row = {
            "team": team, "user": user, "fact": question.fact, "service": question.service,
            "question": question.text, "options": json.dumps(question.options),
            "right": question.right_index, "asked_at": now, "session": session,
        }  # fmt: skip
        with self._engine.begin() as db:
            exercise = db.scalar(exercises.insert().values(row).returning(exercises.c.id))
        return Exercise(int(exercise or 0), team, user, question, now, None, session)

    def exercise(self, exercise: int) -> Exercise | None:
        with reading(self._engine) as db:
            row = db.execute(select(exercises).where(exercises.c.id == exercise)).first()
        if row is None:
            return None
        options = tuple(json.loads(row.options))
        question = QuizQuestion(row.fact, row.service, row.question, options, row.right)
        return Exercise(row.id, row.team, row.user, question, row.asked_at, row.choice, row.session)

    def session(self, team: str, user: str, session: int) -> PracticeSession | None:
        """A practice session by the id of its first question; None if this person has no such."""
        in_session = (exercises.c.id == session) | (exercises.c.session == session)
        mine = _is(exercises, team, user) & in_session
        with reading(self._engine) as db:
            rows = db.execute(select(exercises).where(mine).order_by(exercises.c.id)).all()
        if not rows or rows[0].id != session:
            return None
        answered = [row for row in rows if row.choice is not None]
        missed = tuple(row.fact for row in answered if row.choice != row.right)
        return PracticeSession(session, len(rows), len(answered), missed)

    def finish(
        self, exercise: Exercise, choice: int, card: str, due_at: float, ids: Sequence[str] = ()
    ) -> bool:
        """Store the answer to a practice question and the new card; False if it had an answer.

        `ids` are the fact's current id and those it had before; by default the exercise's own.
        """
        first = (exercises.c.id == exercise.id) & exercises.c.choice.is_(None)
        with self._engine.begin() as db:
            answered = db.execute(
                update(exercises).where(first).values(choice=choice, answered_at=self._now())
            )
            if answered.rowcount == 0:
                return False
            fact, *merged = ids or (exercise.question.fact,)
            _put_card(db, exercise.team, exercise.user, fact, merged, card, due_at)
            return True

    def put_card(
        self, team: str, user: str, fact: str, card: str, due_at: float, merged: Sequence[str] = ()
    ) -> None:
        """Put a fact's card into the review queue, replacing its earlier one.

        `merged` are ids of facts that became part of it; the card replaces theirs, too.
        """
        with self._engine.begin() as db:
            _put_card(db, team, user, fact, merged, card, due_at)

    def practiced_facts(self, team: str, user: str, since: float) -> dict[str, float]:
        """When each fact was last practiced, for facts practiced since a time."""
        recent = _is(exercises, team, user) & (exercises.c.asked_at >= since)
        query = select(exercises.c.fact, func.max(exercises.c.asked_at))
        with reading(self._engine) as db:
            return {
                fact: at for fact, at in db.execute(query.where(recent).group_by(exercises.c.fact))
            }

    def note_lookups(
        self,
        found: Mapping[Lookup, int],
        card: str,
        due_at: float,
        noted_at: Mapping[Lookup, Sequence[float]] | None = None,
    ) -> None:
        """Add lookups to their counts; facts that became frequent enter the review queue.

        This takes few statements, because lookups come by the hundred. A fact that is in the queue
        already keeps its card. With `noted_at`, the times of each lookup, those before a person was
        erased don't count.
        """
        now = self._now()
        with self._engine.begin() as db:
            if noted_at:
                void = erased_lately(db, {lookup[:2] for lookup in noted_at})
                found = {
                    lookup: sum(at > void.get(lookup[:2], 0.0) for at in moments)
                    for lookup, moments in noted_at.items()
                }
                found = {lookup: count for lookup, count in found.items() if count}
            for batch in _batches(list(found)):
                keys = tuple_(lookups.c.team, lookups.c.user, lookups.c.fact).in_(batch)
                query = select(lookups.c.team, lookups.c.user, lookups.c.fact, lookups.c.count)
                before = {Lookup(*key): count for *key, count in db.execute(query.where(keys))}
                after = {key: before.get(key, 0) + found[key] for key in batch}
                counted = [
                    {"team": team, "user": user, "fact": fact, "count": count, "last_at": now}
                    for (team, user, fact), count in after.items()
                ]
                upsert_all(db, lookups, counted)
                often = [
                    {"team": team, "user": user, "fact": fact, "card": card, "due_at": due_at}
                    for (team, user, fact), count in after.items()
                    if before.get(Lookup(team, user, fact), 0) < LOOKUPS_BEFORE_REVIEW <= count
                ]
                if often:
                    insert_all_new(db, cards, often)

    def progress(self, team: str, user: str) -> Progress:
        """How a person is doing in quizzes and practice."""
        return read_progress(self._engine, self._now(), team, user)

    def erase(self, team: str, user: str, channel: str = "") -> None:
        """Delete everything about a person; `channel` is where they asked for that."""
        erase(self._engine, self._now(), team, user, channel)


def _put_card(
    db: Connection,
    team: str,
    user: str,
    fact: str,
    merged: Sequence[str],
    card: str,
    due_at: float,
) -> None:
    row = {"team": team, "user": user, "fact": fact, "card": card, "due_at": due_at}
    upsert(db, cards, row)
    if merged:
        db.execute(delete(cards).where(_is(cards, team, user) & cards.c.fact.in_(merged)))


def _batches(keys: list[Lookup]) -> Iterator[list[Lookup]]:
    return (keys[start : start + BATCH_ROWS] for start in range(0, len(keys), BATCH_ROWS))


def _is(table: Any, team: str, user: str) -> Any:
    return (table.c.team == team) & (table.c.user == user)


def _fields(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in Person.__slots__}
