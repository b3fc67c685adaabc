"""Which channels have a daily quiz, and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

from sqlalchemy import Connection, Engine, func, select, update

from bot.quiz.schedule import Occurrence, Schedule
from bot.quiz.subscription import Subscription
from bot.store.deliveries import plan
from bot.store.engine import put, reading
from bot.store.tables import postings, subscriptions

NOTICE = "notice"
"""Kind of delivery; its subject is team, channel and second, its channel whom to tell."""


class Subscriptions:
    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine = engine
        self._now = now

    def get(self, team: str, channel: str) -> Subscription | None:
        with reading(self._engine) as db:
            row = db.execute(select(subscriptions).where(_is(team, channel))).first()
        return _read(row) if row else None

    def time_zone(self, team: str, channel: str) -> str:
        """The time zone of a channel's quiz; UTC if it never had one."""
        with reading(self._engine) as db:
            found = db.scalar(select(subscriptions.c.tz).where(_is(team, channel)))
        return found or "UTC"

    def save(self, wanted: Subscription) -> tuple[Subscription, bool]:
        """Switch a quiz on with these settings; also whether it was off or paused before."""
        with self._engine.begin() as db:
            where = _is(wanted.team, wanted.channel)
            was_on = db.scalar(select(subscriptions.c.active).where(where)) or False
            following = wanted.schedule.next(
                self._now(), _last_day(db, wanted.team, wanted.channel)
            )
            put(db, subscriptions, _row(wanted, following))
        return (
            Subscription(
                wanted.team, wanted.channel, wanted.schedule, wanted.services, wanted.created_by,
                next=following,
            ),
            not was_on,
        )  # fmt: skip

    def switch_off(self, team: str, channel: str) -> bool:
        """End a channel's quiz but keep its settings; False if none was on."""
        with self._engine.begin() as db:
            return db.execute(_stop(_is(team, channel), None)).rowcount > 0

    def pause(self, team: str, channel: str, reason: str, tell: bool = True) -> bool:
        """Stop asking for a reason that is kept, and plan to tell who set it up, once.

        False if the quiz was not on.
        """
        now = self._now()
        with self._engine.begin() as db:
            by = db.scalar(_stop(_is(team, channel), reason).returning(subscriptions.c.created_by))
            if by is not None and tell:
                plan(db, NOTICE, f"{team}:{channel}:{int(now)}", team, by, now)
        return by is not None

    def pause_team(self, team: str, reason: str) -> int:
        """Stop all quizzes of a team; how many there were."""
        with self._engine.begin() as db:
            return db.execute(_stop(subscriptions.c.team == team, reason)).rowcount

    def set_up_by(self, team: str, user: str) -> list[Subscription]:
        """The quizzes that a person set up, also those that are off."""
        mine = (subscriptions.c.team == team) & (subscriptions.c.created_by == user)
        wanted = select(subscriptions).where(mine).order_by(subscriptions.c.channel)
        with reading(self._engine) as db:
            return [_read(row) for row in db.execute(wanted)]

    def due(self, before: float, limit: int = 200) -> list[Subscription]:
        """Quizzes whose next question is due before a moment, the latest first."""
        wanted = (
            select(subscriptions)
            .where(subscriptions.c.active, subscriptions.c.next_at <= before)
            .order_by(subscriptions.c.next_at)
            .limit(limit)
        )
        with reading(self._engine) as db:
            return [_read(row) for row in db.execute(wanted)]


def advance(db: Connection, subscription: Subscription, now: float) -> None:
    """Set the next question's day after the present one has been planned or skipped."""
    if subscription.next is None:
        return
    following = subscription.schedule.next_open(now, subscription.next.day)
    db.execute(
        update(subscriptions)
        .where(
            _is(subscription.team, subscription.channel),
            subscriptions.c.active,
            subscriptions.c.next_day == subscription.next.day.isoformat(),
        )
        .values(next_day=following.day.isoformat(), next_at=following.due)
    )


def _stop(where: Any, reason: str | None) -> Any:
    return (
        update(subscriptions)
        .where(where, subscriptions.c.active)
        .values(active=False, paused_for=reason, next_at=None, next_day=None)
    )


def _is(team: str, channel: str) -> Any:
    return (subscriptions.c.team == team) & (subscriptions.c.channel == channel)


def _last_day(db: Connection, team: str, channel: str) -> date | None:
    """The newest day on which the channel was asked."""
    where = (postings.c.team == team) & (postings.c.channel == channel)
    found = db.scalar(select(func.max(postings.c.day)).where(where))
    return date.fromisoformat(found) if found else None


def _row(wanted: Subscription, following: Occurrence) -> dict[str, Any]:
    schedule = wanted.schedule
    return {
        "team": wanted.team,
        "channel": wanted.channel,
        "at": f"{schedule.at:%H:%M}",
        "tz": schedule.tz,
        "weekdays": "".join(str(day) for day in sorted(schedule.weekdays)),
        "reveal": f"{schedule.reveal:%H:%M}" if schedule.reveal else None,
        "services": " ".join(wanted.services),
        "created_by": wanted.created_by,
        "active": True,
        "paused_for": None,
        "next_day": following.day.isoformat(),
        "next_at": following.due,
    }


def _read(row: Any) -> Subscription:
    schedule = Schedule(
        time.fromisoformat(row.at),
        row.tz,
        frozenset(int(day) for day in row.weekdays),
        time.fromisoformat(row.reveal) if row.reveal else None,
    )
    following = Occurrence(date.fromisoformat(row.next_day), row.next_at) if row.next_at else None
    return Subscription(
        row.team, row.channel, schedule, tuple(row.services.split()), row.created_by,
        row.active, row.paused_for, following,
    )  # fmt: skip
