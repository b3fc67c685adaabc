"""What is kept about a person: choices, the review queue, private questions, lookups."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, select, tuple_, update

from bot.quiz.question import QuizQuestion
from bot.store.deliveries import plan
from bot.store.engine import put, put_all, put_all_once, reading
from bot.store.erasing import erase, erased_lately
from bot.store.tables import (
    cards,
    exercises,
    lookups,
    people,
)

REMINDER = "reminder"
"""Kind of delivery; its subject is team, user and day, its channel the person's."""
OFTEN = 2
"""Lookups of a fact after which it is worth reviewing."""
BATCH = 200
Lookup = tuple[str, str, str]
"""A team, a user and a fact."""


@dataclass(frozen=True, slots=True)
class Person:
    """`direct` is the person's direct messages with us, if known; `next_at` the next reminder."""

    team: str
    user: str
    ranked: bool = True
    reminded: bool = False
    tz: str = "UTC"
    direct: str = ""
    next_at: float | None = None


@dataclass(frozen=True, slots=True)
class Exercise:
    """A question put to one person."""

    id: int
    team: str
    user: str
    question: QuizQuestion
    asked_at: float
    choice: int | None


class People:
    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine = engine
        self._now = now

    def get(self, team: str, user: str) -> Person:
        with reading(self._engine) as db:
            row = db.execute(select(people).where(_is(people, team, user))).first()
        return Person(*row) if row else Person(team, user)

    def change(self, team: str, user: str, **choices: Any) -> Person:
        """Keep a person's choices: any of the fields of Person."""
        with self._engine.begin() as db:
            row = db.execute(select(people).where(_is(people, team, user))).first()
            before = row._asdict() if row else _fields(Person(team, user))
            put(db, people, before | choices)
        return Person(**(before | choices))

    def change_known(self, team: str, user: str, **choices: Any) -> None:
        """The same for a person of whom we still keep some, and who was not erased meanwhile."""
        with self._engine.begin() as db:
            db.execute(update(people).where(_is(people, team, user)).values(**choices))

    def plan_reminder(self, person: Person, due: bool, following: float) -> None:
        """Set a person's next reminder and, if something is due, plan one for now.

        Not for whom has been erased meanwhile.
        """
        now, subject = self._now(), f"{person.team}:{person.user}:{int(following)}"
        with self._engine.begin() as db:
            known = update(people).where(_is(people, person.team, person.user))
            if db.execute(known.values(next_at=following)).rowcount and due:
                to = person.direct or person.user
                plan(db, REMINDER, subject, person.team, to, now)

    def unranked(self, team: str) -> frozenset[str]:
        """Who wants no place on the leaderboard."""
        hidden = (people.c.team == team) & people.c.ranked.is_(False)
        with reading(self._engine) as db:
            return frozenset(db.scalars(select(people.c.user).where(hidden)))

    def due_for_reminder(self, limit: int = 200) -> list[Person]:
        due = people.c.reminded & (people.c.next_at <= self._now())
        with reading(self._engine) as db:
            found = db.execute(select(people).where(due).order_by(people.c.next_at).limit(limit))
            return [Person(*row) for row in found]

    def due_cards(self, team: str, user: str) -> list[str]:
        """The facts to review now, the most overdue first; some may have no question any more."""
        due = _is(cards, team, user) & (cards.c.due_at <= self._now())
        with reading(self._engine) as db:
            return list(db.scalars(select(cards.c.fact).where(due).order_by(cards.c.due_at)))

    def card(self, team: str, user: str, *ids: str) -> str | None:
        """What is known of a fact's reviews, under any of its ids; of several, the earliest due."""
        where = _is(cards, team, user) & cards.c.fact.in_(ids)
        with reading(self._engine) as db:
            wanted = select(cards.c.card).where(where).order_by(cards.c.due_at).limit(1)
            return db.scalar(wanted)

    def add_exercise(self, team: str, user: str, question: QuizQuestion) -> Exercise:
        """Keep a private question."""
        now = self._now()
        row = {
            "team": team, "user": user, "fact": question.fact, "service": question.service,
            "question": question.text, "options": json.dumps(question.options),
            "right": question.right_index, "asked_at": now,
        }  # fmt: skip
        with self._engine.begin() as db:
            exercise = db.scalar(exercises.insert().values(row).returning(exercises.c.id))
        return Exercise(int(exercise or 0), team, user, question, now, None)

    def exercise(self, exercise: int) -> Exercise | None:
        with reading(self._engine) as db:
            row = db.execute(select(exercises).where(exercises.c.id == exercise)).first()
        if row is None:
            return None
        options = tuple(json.loads(row.options))
        question = QuizQuestion(row.fact, row.service, row.question, options, row.right)
        return Exercise(row.id, row.team, row.user, question, row.asked_at, row.choice)

    def finish(
        self, exercise: Exercise, choice: int, card: str, due_at: float, ids: Sequence[str] = ()
    ) -> bool:
        """Keep the answer to a private question and the card it leads to; False if it had one.

        `ids` are those of the fact, as for `put_card`; by default the exercise's own.
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
        """Keep a fact's card in the review queue, in place of the one before it.

        `merged` are the ids of facts that became part of it; it replaces their cards, too.
        """
        with self._engine.begin() as db:
            _put_card(db, team, user, fact, merged, card, due_at)

    def practised(self, team: str, user: str, since: float) -> dict[str, float]:
        """The facts of the private questions put since then, and when."""
        recent = _is(exercises, team, user) & (exercises.c.asked_at >= since)
        wanted = select(exercises.c.fact, func.max(exercises.c.asked_at))
        with reading(self._engine) as db:
            return {
                fact: at for fact, at in db.execute(wanted.where(recent).group_by(exercises.c.fact))
            }

    def note_lookups(
        self,
        found: Mapping[Lookup, int],
        card: str,
        due_at: float,
        noted_at: Mapping[Lookup, Sequence[float]] | None = None,
    ) -> None:
        """Add lookups to their counts; what has become frequent by it enters the review queue.

        In few statements, for they come by the hundred. A fact that is in the queue stays as it
        is. `noted_at` says when each was made: those of people who were erased since don't count.
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
                wanted = select(lookups.c.team, lookups.c.user, lookups.c.fact, lookups.c.count)
                before = {(t, u, f): count for t, u, f, count in db.execute(wanted.where(keys))}
                after = {key: before.get(key, 0) + found[key] for key in batch}
                counted = [
                    {"team": team, "user": user, "fact": fact, "count": count, "last_at": now}
                    for (team, user, fact), count in after.items()
                ]
                put_all(db, lookups, counted)
                often = [
                    {"team": team, "user": user, "fact": fact, "card": card, "due_at": due_at}
                    for (team, user, fact), count in after.items()
                    if before.get((team, user, fact), 0) < OFTEN <= count
                ]
                if often:
                    put_all_once(db, cards, often)

    def erase(self, team: str, user: str, channel: str = "") -> None:
        """Delete everything that is kept about a person; `channel` is where they asked for it."""
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
    put(db, cards, row)
    if merged:
        db.execute(delete(cards).where(_is(cards, team, user) & cards.c.fact.in_(merged)))


def _batches(keys: list[Lookup]) -> Iterator[list[Lookup]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))


def _is(table: Any, team: str, user: str) -> Any:
    return (table.c.team == team) & (table.c.user == user)


def _fields(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in Person.__slots__}
