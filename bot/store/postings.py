"""Quiz questions in channels."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, select, tuple_, update

from bot.quiz.choosing import PastQuestion
from bot.quiz.question import QuizQuestion
from bot.quiz.standings import MissedQuestion, Round
from bot.quiz.subscription import ChannelKey, Subscription
from bot.store import rounds
from bot.store.deliveries import DeliveryKind, cancel
from bot.store.delivery_plans import plan_again
from bot.store.engine import insert_all_new, insert_new_returning, reading
from bot.store.plans import QuestionPlan, SkippedDay, delivery_rows, posting_row
from bot.store.subscriptions import advance
from bot.store.tables import deliveries, postings

_IS_FOR_POSTING = deliveries.c.kind.in_(
    (
        DeliveryKind.QUESTION,
        DeliveryKind.REVEAL,
        DeliveryKind.COUNT,
        DeliveryKind.RESULT,
        DeliveryKind.STANDINGS,
    )
)


@dataclass(frozen=True, slots=True)
class Posting:
    """A question for a channel on a local day. Times are seconds since 1970.

    `posted_at` and `ts` are None until we know that Slack has posted it. `closed_at` is None while
    answers count. A `voided` question counts for nobody.
    """

    id: int
    team: str
    channel: str
    day: date
    question: QuizQuestion
    due_at: float
    reveal_at: float
    posted_at: float | None
    ts: str | None
    closed_at: float | None
    voided: bool = False


class Postings:
    """The table of questions."""

    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine = engine
        self._now = now

    def plan(
        self,
        subscription: Subscription,
        day: date,
        question: QuizQuestion,
        *,
        due_at: float,
        reveal_at: float,
    ) -> int | None:
        """Plan a day's question and its reveal; the posting's id, or None if that day has one."""
        following = None
        if subscription.next and subscription.next.day <= day:
            following = subscription.schedule.next_open(self._now(), subscription.next.day)
        plan = QuestionPlan(subscription, day, question, due_at, reveal_at, following)
        return self.plan_all([plan]).get(subscription.key)

    def plan_all(self, plans: Sequence[QuestionPlan | SkippedDay]) -> dict[ChannelKey, int]:
        """Plan questions of different channels at once; the ids of new postings by channel.

        This takes few statements in a fixed order, so that two clocks that plan the same questions
        wait for each other instead of deadlocking.
        """
        ordered = sorted(plans, key=lambda plan: plan.subscription.key)
        questions = [plan for plan in ordered if isinstance(plan, QuestionPlan)]
        with self._engine.begin() as db:
            columns = postings.c.id, postings.c.team, postings.c.channel
            rows = [posting_row(plan) for plan in questions]
            found = insert_new_returning(db, postings, rows, *columns) if rows else []
            new_ids = {ChannelKey(row.team, row.channel): row.id for row in found}
            planned = [plan for plan in questions if plan.subscription.key in new_ids]
            messages = [row for plan in planned for row in delivery_rows(plan, new_ids)]
            if messages:
                insert_all_new(db, deliveries, messages)
            advance(db, [(plan.subscription, plan.following) for plan in ordered if plan.following])
        return new_ids

    def get(self, posting: int) -> Posting | None:
        with reading(self._engine) as db:
            row = db.execute(select(postings).where(postings.c.id == posting)).first()
        return _read(row) if row else None

    def history(self, team: str, channel: str) -> list[PastQuestion]:
        """What a channel was asked so far, oldest first."""
        key = ChannelKey(team, channel)
        return self.histories([key])[key]

    def histories(self, channels: Collection[ChannelKey]) -> dict[ChannelKey, list[PastQuestion]]:
        """What each of these channels was asked so far, oldest first."""
        answered = func.coalesce(postings.c.answered, 0)
        right = func.coalesce(postings.c.answered_right, 0)
        columns = postings.c.team, postings.c.channel, postings.c.fact, postings.c.service
        query = (
            select(*columns, answered, right)
            .where(tuple_(postings.c.team, postings.c.channel).in_(channels))
            .order_by(postings.c.day, postings.c.id)
        )
        found: dict[ChannelKey, list[PastQuestion]] = {key: [] for key in channels}
        with reading(self._engine) as db:
            for team, channel, *past in db.execute(query):
                found[ChannelKey(team, channel)].append(PastQuestion(*past))
        return found

    def open(self, team: str, channel: str) -> list[Posting]:
        """Questions that people can still answer."""
        where = _in(team, channel) & postings.c.closed_at.is_(None)
        with reading(self._engine) as db:
            return [_read(row) for row in db.execute(select(postings).where(where))]

    def latest(self, team: str, channel: str) -> Posting | None:
        """The channel's question for the latest day."""
        newest = select(postings).where(_in(team, channel)).order_by(postings.c.day.desc()).limit(1)
        with reading(self._engine) as db:
            row = db.execute(newest).first()
        return _read(row) if row else None

    def withdraw(self, team: str, channel: str) -> None:
        """Delete questions that nobody has seen; keep those that Slack may have posted."""
        unseen = _in(team, channel) & postings.c.ts.is_(None) & postings.c.closed_at.is_(None)
        with self._engine.begin() as db:
            for posting in db.scalars(select(postings.c.id).where(unseen)).all():
                if cancel(db, DeliveryKind.QUESTION, str(posting), self._now()):
                    _forget(db, posting)

    def forget(self, posting: int) -> None:
        """Delete a question that Slack refused, so that the day is free for another one."""
        with self._engine.begin() as db:
            _forget(db, posting)

    def record_ts(self, posting: int, ts: str) -> None:
        """Store which message a posting is, unless we know already.

        If the question closed or was voided before we knew, the edit that shows it is planned now.
        """
        without_ts = (postings.c.id == posting) & postings.c.ts.is_(None)
        with self._engine.begin() as db:
            found = db.execute(
                update(postings)
                .where(without_ts)
                .values(ts=ts, posted_at=self._now())
                .returning(
                    postings.c.team, postings.c.channel, postings.c.closed_at, postings.c.voided
                )
            ).first()
            if found and (found.closed_at is not None or found.voided):
                kind = DeliveryKind.COUNT if found.closed_at is None else DeliveryKind.REVEAL
                plan_again(db, kind, str(posting), found.team, found.channel, self._now())

    def replace_question(self, posting: int, question: QuizQuestion) -> None:
        """Ask another question instead of a voided one that nobody has seen."""
        unseen = (postings.c.id == posting) & postings.c.ts.is_(None) & postings.c.voided
        other = {
            "fact": question.fact, "service": question.service, "question": question.text,
            "options": json.dumps(question.options), "right": question.right_index,
        }  # fmt: skip
        with self._engine.begin() as db:
            db.execute(update(postings).where(unseen).values(voided=False, **other))

    def close(self, posting: int, card: str, due_at: float) -> bool:
        """Take no more answers; whoever was wrong gets the fact into their review queue.

        `card` and `due_at` are the queue's entry. False if the question was closed before.
        """
        with self._engine.begin() as db:
            closed = rounds.close(db, posting, self._now())
            if closed is None:
                return False
            if not closed.voided:
                rounds.queue_misses(db, closed, card, due_at)
            return True

    def streaks(self, team: str, channel: str, hidden: Set[str] = frozenset()) -> dict[str, int]:
        """Users with a streak, except hidden ones: how often they have been right in a row.

        That is at least twice.
        """
        with reading(self._engine) as db:
            found = rounds.streaks_in(db, team, channel)
        return {user: length for user, length in found.items() if user not in hidden}

    def rounds(self, team: str, channel: str, since: date) -> list[Round]:
        """The latest closed questions since a day that people have seen, oldest first."""
        with reading(self._engine) as db:
            return rounds.rounds_since(db, team, channel, since)

    def most_missed(self, team: str, channel: str, since: date) -> MissedQuestion | None:
        """Of the closed questions since a day, the one that most people got wrong."""
        with reading(self._engine) as db:
            return rounds.most_missed(db, team, channel, since)


def _forget(db: Connection, posting: int) -> None:
    db.execute(delete(deliveries).where(deliveries.c.subject == str(posting), _IS_FOR_POSTING))
    db.execute(delete(postings).where(postings.c.id == posting))


def _in(team: str, channel: str) -> Any:
    return (postings.c.team == team) & (postings.c.channel == channel)


def _read(row: Any) -> Posting:
    options = tuple(json.loads(row.options))
    question = QuizQuestion(row.fact, row.service, row.question, options, row.right)
    return Posting(
        row.id, row.team, row.channel, date.fromisoformat(row.day), question, row.due_at,
        row.reveal_at, row.posted_at, row.ts, row.closed_at, row.voided,
    )  # fmt: skip
