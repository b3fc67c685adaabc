"""Messages to be sent once each, by whichever process claims them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, func, select, true, update

from bot.store.engine import put_once, reading
from bot.store.tables import deliveries

QUESTION, REVEAL, COUNT = "question", "reveal", "count"
"""Kinds of deliveries of a quiz; their subject is the posting's id."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that the claiming process is to send.

    `attempts` counts tries, this one included, but not those that were only postponed; `outcome`
    says why the last one failed.
    `called_at` says that Slack may have taken it already: since then nobody has recorded what
    came of the call.
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


class DeliveryOutcome(StrEnum):
    """What came of a message, if it was not refused with one of Slack's codes."""

    POSTED = "posted"
    EDITED = "edited"
    REVEALED = "revealed"
    CLOSED = "closed"
    TOO_LATE = "too late"
    UNCONFIRMED = "unconfirmed"
    """Slack may have posted it, but never said so."""
    NEVER_ASKED = "never asked"
    NOTHING_TO_SAY = "nothing to say"
    BROKEN = "broken"
    """An error of ours."""
    NOT_INSTALLED = "not installed"
    GAVE_UP = "gave up"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that is due and that nobody has claimed."""

    id: int
    kind: str
    team: str


class Deliveries:
    """`owner` names the process; a claim lasts `lease` seconds, then others may take over."""

    def __init__(self, engine: Engine, now: Callable[[], float], owner: str, lease: float) -> None:
        self._engine = engine
        self._now = now
        self._owner = owner
        self.lease = lease

    def add(self, kind: str, subject: str, team: str, channel: str, due_at: float) -> bool:
        """Plan a message; False if it has been planned before."""
        with self._engine.begin() as db:
            return plan(db, kind, subject, team, channel, due_at)

    def claim(self, limit: int) -> list[Delivery]:
        """Up to so many messages that are due and free: unsure ones first, then the latest."""
        return self._claim(true(), limit)

    def _claim(self, wanted: Any, limit: int) -> list[Delivery]:
        now = self._now()
        free = (
            select(deliveries.c.id)
            .where(
                wanted,
                deliveries.c.open,
                deliveries.c.due_at <= now,
                deliveries.c.held_until <= now,
            )
            .order_by(deliveries.c.called_at.is_(None), deliveries.c.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        claim = (
            update(deliveries)
            .where(deliveries.c.id.in_(free.scalar_subquery()))
            .values(
                owner=self._owner,
                held_until=now + self.lease,
                attempts=deliveries.c.attempts + 1,
            )
            .returning(*(deliveries.c[name] for name in Delivery.__slots__))
        )
        with self._engine.begin() as db:
            rows = [Delivery(*row) for row in db.execute(claim)]
        return sorted(rows, key=lambda row: (row.called_at is None, row.due_at, row.id))

    def due(self, limit: int, of_a_team: int) -> list[Waiting]:
        """What is due and free: unsure ones first, then the latest.

        Teams take turns, and of each kind there are at most so many `of_a_team`.
        """
        now = self._now()
        order = deliveries.c.called_at.is_(None), deliveries.c.due_at, deliveries.c.id
        place = func.row_number().over(
            partition_by=(deliveries.c.team, deliveries.c.kind), order_by=order
        )
        free = (
            select(
                deliveries.c.id, deliveries.c.kind, deliveries.c.team, deliveries.c.due_at,
                place.label("place"),
            )
            .where(deliveries.c.open, deliveries.c.due_at <= now, deliveries.c.held_until <= now)
            .subquery()
        )  # fmt: skip
        wanted = (
            select(free.c.id, free.c.kind, free.c.team)
            .where(free.c.place <= of_a_team)
            .order_by(free.c.place, free.c.due_at, free.c.id)
            .limit(limit)
        )
        with reading(self._engine) as db:
            return [Waiting(*row) for row in db.execute(wanted)]

    def claim_id(self, delivery: int) -> Delivery | None:
        """This message, if it is due and free."""
        return next(iter(self._claim(deliveries.c.id == delivery, 1)), None)

    def claim_one(self, kind: str, subject: str) -> Delivery | None:
        """This message, if it is due and free."""
        return next(iter(self._claim(_is(kind, subject), 1)), None)

    def outcome(self, kind: str, subject: str) -> str | None:
        """What came of a message; None while nothing has."""
        with reading(self._engine) as db:
            done = _is(kind, subject) & deliveries.c.open.is_(False)
            return db.scalar(select(deliveries.c.outcome).where(done))

    def begin_call(self, delivery: Delivery, timeout_seconds: float) -> bool:
        """Note that Slack is about to be called.

        False if the claim has gone to another process, or would before the call is over.
        """
        now = self._now()
        in_time = deliveries.c.held_until >= now + timeout_seconds
        return self._change(delivery, in_time, called_at=now)

    def end_call(self, delivery: Delivery) -> None:
        """Note that Slack has not done what it was called for, and will not."""
        self._change(delivery, called_at=None)

    def finish(self, delivery: Delivery, outcome: str) -> None:
        """Nothing is left to do."""
        self._change(delivery, open=False, called_at=None, outcome=outcome[:120])

    def retry(self, delivery: Delivery, at: float, why: str, attempts: int | None = None) -> None:
        """Try again later, as this try has failed; `attempts` counts the tries anew."""
        values = {} if attempts is None else {"attempts": attempts}
        self._change(delivery, held_until=at, owner=None, outcome=why[:120], **values)

    def postpone(self, delivery: Delivery, until: float) -> None:
        """Come back later, as it was too early for a try."""
        attempts = deliveries.c.attempts - 1
        self._change(delivery, held_until=until, owner=None, attempts=attempts)

    def unknown_since(self, kind: str, subject: str) -> float | None:
        """When the call was made of which nobody knows what it did; None without one."""
        with reading(self._engine) as db:
            return db.scalar(select(deliveries.c.called_at).where(_is(kind, subject)))

    def is_held(self, kind: str, subject: str) -> bool:
        """Whether some process is busy with this message."""
        held = deliveries.c.open & (deliveries.c.held_until > self._now())
        with reading(self._engine) as db:
            return bool(db.scalar(select(held).where(_is(kind, subject), deliveries.c.owner != "")))

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


def plan(db: Connection, kind: str, subject: str, team: str, channel: str, due_at: float) -> bool:
    """Plan a message as part of a transaction; False if it has been planned before."""
    return put_once(db, deliveries, new(kind, subject, team, channel, due_at)) is not None


def new(kind: str, subject: str, team: str, channel: str, due_at: float) -> dict[str, Any]:
    """The row of a message that nobody has begun to send."""
    return {
        "kind": kind, "subject": subject, "team": team, "channel": channel, "due_at": due_at,
        "open": True, "held_until": 0.0, "attempts": 0,
    }  # fmt: skip


def plan_again(
    db: Connection, kind: str, subject: str, team: str, channel: str, due_at: float
) -> None:
    """Plan a message, or send it anew if it was sent; one that is waiting stays as it is."""
    if not plan(db, kind, subject, team, channel, due_at):
        db.execute(
            update(deliveries)
            .where(_is(kind, subject), deliveries.c.open.is_(False))
            .values(open=True, due_at=due_at, held_until=0.0, attempts=0, called_at=None)
        )


def cancel(db: Connection, kind: str, subject: str, now: float) -> bool:
    """Send a message no more; False if Slack may have it all the same, or is just being called."""
    where = _is(kind, subject)
    row = db.execute(select(deliveries).where(where).with_for_update()).first()
    if row is None:
        return True
    if row.open and row.called_at is not None and (row.owner is None or row.held_until <= now):
        given_up = {"open": False, "called_at": None, "outcome": DeliveryOutcome.UNCONFIRMED}
        db.execute(update(deliveries).where(where).values(given_up))
        return False
    is_held = row.open and row.owner is not None and row.held_until > now
    return not is_held and row.outcome != DeliveryOutcome.UNCONFIRMED


def _is(kind: str, subject: str) -> Any:
    return (deliveries.c.kind == kind) & (deliveries.c.subject == subject)
