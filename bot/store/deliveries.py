"""A queue of messages in the database: each is sent once, by whichever process claims it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, case, func, null, select, true, update

from bot.store.delivery_plans import is_about, plan
from bot.store.engine import reading
from bot.store.tables import deliveries


class DeliveryKind(StrEnum):
    """What a message is about, and what its `subject` holds. A newer version may store others."""

    QUESTION = "question"
    """The subject of the three kinds of a quiz is the posting's id."""
    REVEAL = "reveal"
    COUNT = "count"
    """An edit that shows how many people have answered."""
    RESULT = "result"
    """A reply in the question's thread, once its answer is out. Subject: the posting's id."""
    PAUSE_NOTICE = "notice"
    """Tells who set up a quiz that it is paused. Subject: `team:channel:seconds`."""
    STANDINGS = "standings"
    """The week's standings. Subject: the id of the week's last posting."""
    CHANGE_NOTICE = "change"
    """Tells a channel who changed or ended its quiz. Subject: `team:channel:user:milliseconds`."""
    OWNER_NOTICE = "owner"
    """Tells the same to who set up the quiz. Subject: `team:channel:user:milliseconds`."""
    REMINDER = "reminder"
    """Subject: `team:user:seconds`, the time of the following reminder."""
    SUGGESTION = "suggestion"
    """Shows curators a suggestion. Subject: `team:suggestion:recipient`."""
    SUGGESTION_UPDATE = "suggestion update"
    """Edits the same message. Subject: `team:suggestion:recipient:version`."""
    SUGGESTION_END = "suggestion_end"
    """Tells its author how it ended. Subject: `team:user:suggestion`."""
    ANSWERED = "answered"
    """Tells who waits for it the answer to a question. Subject: `team:user:gap:seconds`; with a
    `d` after it if the answer goes to the person because Slack refused it where they asked."""
    REVIEW = "review"
    """Asks a curator whether facts are still true. Subject: `team:user:day`."""
    DIGEST = "digest"
    """Subject: `team:recipient:day`, the recipient a channel or a curator."""
    CASE = "case"
    """A reported fact, for curators. Subject: `case:recipient`, a channel or a curator."""
    CASE_UPDATE = "case update"
    """Edits the same message. Subject: `case:recipient:version`."""
    CASE_REMINDER = "case reminder"
    """Reminds curators of a case that is still open. Subject: `case:recipient`."""
    CASE_RESULT = "case result"
    """Tells who reported a fact how that ended. Subject: `case:user`."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that this process has claimed and is to send. Times are seconds since 1970.

    `held_until` is when the claim ends. `attempts` counts tries including this one, but not those
    that were only postponed; `outcome` is why the last try failed. If `called_at` is set, Slack may
    have taken the message already: a call began then, and nobody has recorded its result.
    """

    id: int
    kind: str
    subject: str
    team: str
    channel: str
    due_at: float
    attempts: int
    held_until: float
    called_at: float | None
    outcome: str | None


EDITS = (
    DeliveryKind.COUNT, DeliveryKind.REVEAL, DeliveryKind.CASE_UPDATE,
    DeliveryKind.SUGGESTION_UPDATE,
)  # fmt: skip
"""Kinds that edit a message."""


class DeliveryOutcome(StrEnum):
    """How a delivery ended, other than with one of Slack's error codes."""

    POSTED = "posted"
    EDITED = "edited"
    REVEALED = "revealed"
    CLOSED = "closed"
    TOO_LATE = "too late"
    UNCONFIRMED = "unconfirmed"
    """Slack may have posted it, but never confirmed it."""
    NEVER_ASKED = "never asked"
    NOTHING_TO_SAY = "nothing to say"
    BROKEN = "broken"
    """A bug of ours."""
    NOT_INSTALLED = "not installed"
    GAVE_UP = "gave up"


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """A message that is due and unclaimed."""

    id: int
    kind: str
    team: str


class DeliveryQueue:
    """Plans, claims and finishes deliveries.

    `owner` identifies the process. A claim lasts `lease_seconds`, then other processes may take it.
    """

    def __init__(
        self, engine: Engine, now: Callable[[], float], owner: str, lease_seconds: float
    ) -> None:
        self._engine = engine
        self._now = now
        self._owner = owner
        self.lease_seconds = lease_seconds

    def add(self, kind: str, subject: str, team: str, channel: str, due_at: float) -> bool:
        """Plan a message; False if it was planned before."""
        with self._engine.begin() as db:
            return plan(db, kind, subject, team, channel, due_at)

    def claim(self, limit: int) -> list[Delivery]:
        """Claim due messages: first those that Slack may have taken, then the most overdue."""
        return self._claim(true(), limit)

    def _claim(self, condition: Any, limit: int) -> list[Delivery]:
        now = self._now()
        unclaimed = (
            select(deliveries.c.id)
            .where(
                condition,
                deliveries.c.open,
                deliveries.c.due_at <= now,
                deliveries.c.held_until <= now,
            )
            .order_by(deliveries.c.called_at.is_(None), deliveries.c.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("unclaimed")  # a subquery can run once for each row, and so beyond the limit
        )
        claim = (
            update(deliveries)
            .where(deliveries.c.id.in_(select(unclaimed.c.id)))
            .values(
                owner=self._owner,
                held_until=now + self.lease_seconds,
                attempts=deliveries.c.attempts + 1,
            )
            .returning(*(deliveries.c[name] for name in Delivery.__slots__))
        )
        with self._engine.begin() as db:
            rows = [Delivery(*row) for row in db.execute(claim)]
        return sorted(rows, key=lambda row: (row.called_at is None, row.due_at, row.id))

    def due(self, limit: int, limit_per_team: int) -> list[DueDelivery]:
        """Due and unclaimed messages: first those that Slack may have taken, then the most overdue.

        Teams take turns. `limit_per_team` is the maximum for each kind.
        """
        now = self._now()
        order = deliveries.c.called_at.is_(None), deliveries.c.due_at, deliveries.c.id
        position = func.row_number().over(
            partition_by=(deliveries.c.team, deliveries.c.kind), order_by=order
        )
        unclaimed = (
            select(
                deliveries.c.id, deliveries.c.kind, deliveries.c.team, deliveries.c.due_at,
                position.label("position"),
            )
            .where(deliveries.c.open, deliveries.c.due_at <= now, deliveries.c.held_until <= now)
            .subquery()
        )  # fmt: skip
        query = (
            select(unclaimed.c.id, unclaimed.c.kind, unclaimed.c.team)
            .where(unclaimed.c.position <= limit_per_team)
            .order_by(unclaimed.c.position, unclaimed.c.due_at, unclaimed.c.id)
            .limit(limit)
        )
        with reading(self._engine) as db:
            return [DueDelivery(*row) for row in db.execute(query)]

    def claim_id(self, delivery: int) -> Delivery | None:
        """Claim a message by its id; None unless it is due and unclaimed."""
        return next(iter(self._claim(deliveries.c.id == delivery, 1)), None)

    def claim_one(self, kind: str, subject: str) -> Delivery | None:
        """Claim one message; None unless it is due and unclaimed."""
        return next(iter(self._claim(is_about(kind, subject), 1)), None)

    def outcome(self, kind: str, subject: str) -> str | None:
        """How a delivery ended; None if it hasn't."""
        with reading(self._engine) as db:
            is_finished = is_about(kind, subject) & deliveries.c.open.is_(False)
            return db.scalar(select(deliveries.c.outcome).where(is_finished))

    def begin_call(self, delivery: Delivery, timeout_seconds: float) -> bool:
        """Record that a call to Slack begins now.

        False if another process has the claim, or might get it before the call times out.
        """
        now = self._now()
        in_time = deliveries.c.held_until >= now + timeout_seconds
        return self._change(delivery, in_time, called_at=now)

    def end_call(self, delivery: Delivery) -> None:
        """Record that Slack hasn't carried out the call, and won't."""
        self._change(delivery, called_at=None)

    def finish(self, delivery: Delivery, outcome: str) -> None:
        """Close a delivery, or open it anew if it was planned again since it was claimed."""
        row = deliveries.c
        again = row.due_at > delivery.due_at
        self._change(
            delivery,
            open=again,
            called_at=None,
            outcome=outcome[:120],
            owner=case((again, null()), else_=row.owner),
            held_until=case((again, 0.0), else_=row.held_until),
            attempts=case((again, 0), else_=row.attempts),
        )

    def retry(self, delivery: Delivery, at: float, why: str, attempts: int | None = None) -> None:
        """Try again at a later time, as this try failed; `attempts` replaces the count."""
        values = {} if attempts is None else {"attempts": attempts}
        self._change(delivery, held_until=at, owner=None, outcome=why[:120], **values)

    def postpone(self, delivery: Delivery, until: float) -> None:
        """Come back later without counting this as a try."""
        attempts = deliveries.c.attempts - 1
        self._change(delivery, held_until=until, owner=None, attempts=attempts)

    def unconfirmed_since(self, kind: str, subject: str) -> float | None:
        """When a call began whose result is unknown; None if there is none."""
        with reading(self._engine) as db:
            return db.scalar(select(deliveries.c.called_at).where(is_about(kind, subject)))

    def is_held(self, kind: str, subject: str) -> bool:
        """Whether a process is working on this message."""
        held = deliveries.c.open & (deliveries.c.held_until > self._now())
        with reading(self._engine) as db:
            return bool(
                db.scalar(select(held).where(is_about(kind, subject), deliveries.c.owner != ""))
            )

    def _change(self, delivery: Delivery, *conditions: Any, **values: Any) -> bool:
        statement = (
            update(deliveries)
            .where(
                deliveries.c.id == delivery.id, deliveries.c.owner == self._owner, deliveries.c.open
            )
            .where(*conditions)
            .values(**values)
        )
        with self._engine.begin() as db:
            return db.execute(statement).rowcount == 1


def cancel(db: Connection, kind: str, subject: str, now: float) -> bool:
    """Don't send a message after all; False if Slack may have it, or is being called now."""
    where = is_about(kind, subject)
    row = db.execute(select(deliveries).where(where).with_for_update()).first()
    if row is None:
        return True
    if row.open and row.called_at is not None and (row.owner is None or row.held_until <= now):
        given_up = {"open": False, "called_at": None, "outcome": DeliveryOutcome.UNCONFIRMED}
        db.execute(update(deliveries).where(where).values(given_up))
        return False
    is_held = row.open and row.owner is not None and row.held_until > now
    return not is_held and row.outcome != DeliveryOutcome.UNCONFIRMED
