"""Questions put to channels, and what people answered."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, select, tuple_, update

from bot.quiz.choosing import Asked
from bot.quiz.posed import Posed
from bot.quiz.standings import Answer, Round
from bot.quiz.subscription import Key, Subscription
from bot.store import rounds
from bot.store.deliveries import COUNT, QUESTION, REVEAL, cancel, plan_again
from bot.store.engine import put_all_once, put_all_once_returning, put_once, reading
from bot.store.plans import Due, Plan, deliveries_of, posting_of
from bot.store.subscriptions import advance
from bot.store.tables import answers, deliveries, postings

OF_A_POSTING = deliveries.c.kind.in_((QUESTION, REVEAL, COUNT))
COUNT_AFTER = 2.0
"""Seconds after a press until the number of answers is shown, so that many make one update."""
REMEMBERED = 400
"""Rounds that are looked at for the leaderboard, at most."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A question in a channel. `closed_at` is set as soon as answers are late."""

    id: int
    team: str
    channel: str
    day: date
    posed: Posed
    due_at: float
    reveal_at: float
    posted_at: float | None
    ts: str | None
    closed_at: float | None


class Noted(Enum):
    """What became of a press."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    OUTDATED = "outdated"
    """A later press of the same person has arrived before."""
    LATE = "late"
    LATE_AGAIN = "late again"


class Postings:
    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine = engine
        self._now = now

    def plan(self, subscription: Subscription, day: date, posed: Posed, due: Due) -> int | None:
        """Plan a day's question and its reveal, once; None if that day has one."""
        following = None
        if subscription.next and subscription.next.day <= day:
            following = subscription.schedule.next_open(self._now(), subscription.next.day)
        plan = Plan(subscription, day, posed, due, following)
        return self.plan_all([plan]).get(subscription.key)

    def plan_all(self, plans: Sequence[Plan]) -> dict[Key, int]:
        """Plan questions of different channels at once; the new ones by channel.

        In few statements and in one order, so that two clocks that plan the same wait for each
        other instead of for ever.
        """
        ordered = sorted(plans, key=lambda plan: plan.subscription.key)
        with self._engine.begin() as db:
            columns = postings.c.id, postings.c.team, postings.c.channel
            rows = [posting_of(plan) for plan in ordered if plan.posed]
            found = put_all_once_returning(db, postings, rows, *columns) if rows else []
            new_ids = {(row.team, row.channel): row.id for row in found}
            planned = [plan for plan in ordered if plan.subscription.key in new_ids]
            messages = [row for plan in planned for row in deliveries_of(plan, new_ids)]
            if messages:
                put_all_once(db, deliveries, messages)
            advance(db, [(plan.subscription, plan.following) for plan in ordered if plan.following])
        return new_ids

    def get(self, posting: int) -> Posting | None:
        with reading(self._engine) as db:
            row = db.execute(select(postings).where(postings.c.id == posting)).first()
        return _read(row) if row else None

    def on(self, team: str, channel: str, day: date) -> Posting | None:
        """The channel's question of a day."""
        where = _in(team, channel) & (postings.c.day == day.isoformat())
        with reading(self._engine) as db:
            row = db.execute(select(postings).where(where)).first()
        return _read(row) if row else None

    def asked(self, team: str, channel: str) -> list[Asked]:
        """What the channel was asked so far, oldest first."""
        return self.asked_in([(team, channel)])[team, channel]

    def asked_in(self, channels: Collection[Key]) -> dict[Key, list[Asked]]:
        """What each of these channels was asked so far, oldest first."""
        answered = func.coalesce(postings.c.answered, 0)
        right = func.coalesce(postings.c.answered_right, 0)
        of = postings.c
        wanted = (
            select(of.team, of.channel, of.fact, of.service, answered, right)
            .where(tuple_(of.team, of.channel).in_(channels))
            .order_by(of.day, of.id)
        )
        found: dict[Key, list[Asked]] = {key: [] for key in channels}
        with reading(self._engine) as db:
            for team, channel, *asked in db.execute(wanted):
                found[team, channel].append(Asked(*asked))
        return found

    def open(self, team: str, channel: str) -> list[Posting]:
        """Questions whose answer is not out yet."""
        where = _in(team, channel) & postings.c.closed_at.is_(None)
        with reading(self._engine) as db:
            return [_read(row) for row in db.execute(select(postings).where(where))]

    def latest(self, team: str, channel: str) -> Posting | None:
        """The question of the channel's newest day."""
        newest = select(postings).where(_in(team, channel)).order_by(postings.c.day.desc()).limit(1)
        with reading(self._engine) as db:
            row = db.execute(newest).first()
        return _read(row) if row else None

    def withdraw(self, team: str, channel: str) -> None:
        """Forget the questions that nobody has seen; leave be what Slack may have posted."""
        unseen = _in(team, channel) & postings.c.ts.is_(None) & postings.c.closed_at.is_(None)
        with self._engine.begin() as db:
            for posting in db.scalars(select(postings.c.id).where(unseen)).all():
                if cancel(db, QUESTION, str(posting), self._now()):
                    _forget(db, posting)

    def forget(self, posting: int) -> None:
        """Forget a question that Slack has refused, so that the day is free for another one."""
        with self._engine.begin() as db:
            _forget(db, posting)

    def record_ts(self, posting: int, ts: str) -> None:
        """Keep which message a question is, if that is not known.

        If it was closed before that was known, its answer is still to be shown.
        """
        unknown = (postings.c.id == posting) & postings.c.ts.is_(None)
        with self._engine.begin() as db:
            found = db.execute(
                update(postings)
                .where(unknown)
                .values(ts=ts, posted_at=self._now())
                .returning(postings.c.team, postings.c.channel, postings.c.closed_at)
            ).first()
            if found and found.closed_at is not None:
                plan_again(db, REVEAL, str(posting), found.team, found.channel, self._now())

    def answer(
        self, posting: int, user: str, choice: int, pressed_at: float | None = None
    ) -> Noted:
        """Note a person's choice; after the reveal only the first one, as late.

        `pressed_at` is when Slack saw the press: the later one counts, though it arrive first.
        """
        now = self._now()
        pressed_at = now if pressed_at is None else pressed_at
        with self._engine.begin() as db:
            asked = db.execute(
                select(postings).where(postings.c.id == posting).with_for_update(read=True)
            ).one()
            late = asked.closed_at is not None
            row = {
                "posting": posting, "user": user, "choice": choice, "answered_at": pressed_at,
                "pressed_at": pressed_at, "late": late,
            }  # fmt: skip
            if put_once(db, answers, row) is not None:
                if not late:
                    self._show_count(db, asked, now)
                return Noted.LATE if late else Noted.NEW
            return Noted.LATE_AGAIN if late else _change(db, row)

    def answers(self, posting: int) -> list[Answer]:
        """The answers given in time."""
        wanted = select(answers.c.user, answers.c.choice, answers.c.answered_at)
        where = (answers.c.posting == posting) & answers.c.late.is_(False)
        with reading(self._engine) as db:
            return [Answer(*row) for row in db.execute(wanted.where(where))]

    def close(self, posting: int, card: str, due_at: float) -> bool:
        """Take no more answers; whoever was wrong gets the fact into the review queue.

        False if that has been done. `card` is the queue's entry for a fact just missed.
        """
        with self._engine.begin() as db:
            closed = rounds.close(db, posting, self._now())
            if closed is None:
                return False
            rounds.queue_misses(db, closed, card, due_at)
            return True

    def streaks(self, team: str, channel: str) -> dict[str, int]:
        """Who has been right how often in a row, twice at least."""
        with reading(self._engine) as db:
            return rounds.streaks_in(db, team, channel)

    def rounds(self, team: str, channel: str, since: date) -> list[Round]:
        """The newest questions since a day whose answers are out, oldest first."""
        closed = _in(team, channel) & postings.c.closed_at.is_not(None)
        closed &= postings.c.day >= since.isoformat()
        newest = (
            select(postings.c.id, postings.c.right)
            .where(closed)
            .order_by(postings.c.day.desc())
            .limit(REMEMBERED)
        )
        with reading(self._engine) as db:
            found = list(reversed(db.execute(newest).all()))
            ids = [row.id for row in found]
            given = select(answers).where(answers.c.posting.in_(ids), answers.c.late.is_(False))
            choices: defaultdict[int, dict[str, int]] = defaultdict(dict)
            for row in db.execute(given):
                choices[row.posting][row.user] = row.choice
        return [
            Round(
                frozenset(choices[row.id]),
                frozenset(user for user, choice in choices[row.id].items() if choice == row.right),
            )
            for row in found
        ]

    def _show_count(self, db: Any, asked: Any, now: float) -> None:
        plan_again(db, COUNT, str(asked.id), asked.team, asked.channel, now + COUNT_AFTER)


def _change(db: Connection, row: dict[str, Any]) -> Noted:
    """Put a press in the place of an earlier one."""
    mine = (answers.c.posting == row["posting"]) & (answers.c.user == row["user"])
    before = db.execute(select(answers).where(mine).with_for_update()).first()
    if before is None or before.pressed_at > row["pressed_at"]:
        return Noted.SAME if before and before.choice == row["choice"] else Noted.OUTDATED
    is_same = before.choice == row["choice"]
    changed = {"pressed_at": row["pressed_at"]} if is_same else row
    db.execute(update(answers).where(mine).values(changed))
    return Noted.SAME if is_same else Noted.CHANGED


def _forget(db: Connection, posting: int) -> None:
    db.execute(delete(deliveries).where(deliveries.c.subject == str(posting), OF_A_POSTING))
    db.execute(delete(postings).where(postings.c.id == posting))


def _in(team: str, channel: str) -> Any:
    return (postings.c.team == team) & (postings.c.channel == channel)


def _read(row: Any) -> Posting:
    posed = Posed(row.fact, row.service, row.question, tuple(json.loads(row.options)), row.right)
    return Posting(
        row.id, row.team, row.channel, date.fromisoformat(row.day), posed, row.due_at,
        row.reveal_at, row.posted_at, row.ts, row.closed_at,
    )  # fmt: skip
