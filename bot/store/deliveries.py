"""Messages to be sent once each, by whichever process claims them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, func, select, true, update

from bot.store.engine import put_once, reading
from bot.store.tables import deliveries


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that the claiming process is to send.

    `called_at` says that Slack may have taken it already: since then nobody has recorded what
    came of the call. `post_at` is the second for which Slack was asked to post it.
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
    post_at: int | None


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
            return db.scalar(select(deliveries.c.outcome).where(_is(kind, subject)))

    def begin_call(self, delivery: Delivery, patience: float, post_at: int | None = None) -> bool:
        """Note that Slack is about to be called, which takes `patience` seconds at most.

        False if the claim has gone to another process, or would before the call is over.
        """
        now = self._now()
        return self._change(
            delivery,
            deliveries.c.held_until >= now + patience,
            called_at=now,
            post_at=post_at,
        )

    def finish(self, delivery: Delivery, outcome: str) -> None:
        """Nothing is left to do."""
        self._change(delivery, open=False, called_at=None, outcome=outcome[:120])

    def retry(self, delivery: Delivery, at: float, unsure: bool = False) -> None:
        """Try again later; `unsure` keeps in mind that Slack may have taken it."""
        changes: dict[str, Any] = {} if unsure else {"called_at": None}
        self._change(delivery, held_until=at, owner=None, **changes)

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


def _is(kind: str, subject: str) -> Any:
    return (deliveries.c.kind == kind) & (deliveries.c.subject == subject)
