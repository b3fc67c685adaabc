"""Which channels have a daily quiz, and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Engine, bindparam, func, select, tuple_, update

from bot.quiz.public_holidays import is_country
from bot.quiz.schedule import EVERY_DAY, WORKDAYS, Occurrence, Schedule, is_zone
from bot.quiz.subscription import UNREADABLE, Subscription
from bot.quiz.wording import DEFAULT_AT, DEFAULT_REVEAL
from bot.store.deliveries import DeliveryKind
from bot.store.delivery_plans import plan
from bot.store.engine import reading, upsert
from bot.store.own_channels import own_channels
from bot.store.tables import postings, subscriptions

T = TypeVar("T")


class SavedSubscription(NamedTuple):
    """A quiz that is on now, and whether it was off or paused before."""

    subscription: Subscription
    was_off: bool


class Subscriptions:
    """The table of quiz settings, one row per channel."""

    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine = engine
        self._now = now

    def get(self, team: str, channel: str) -> Subscription | None:
        with reading(self._engine) as db:
            row = db.execute(select(subscriptions).where(_is(team, channel))).first()
        return _read(row, self._now()) if row else None

    def time_zone(self, team: str, channel: str) -> str:
        """The time zone of a channel's quiz; UTC if it has none, or an unknown one."""
        with reading(self._engine) as db:
            found = db.scalar(select(subscriptions.c.tz).where(_is(team, channel)))
        return str(found) if is_zone(found) else "UTC"

    def save(self, wanted: Subscription) -> SavedSubscription:
        """Turn a quiz on with these settings.

        A quiz that was on stays that of the person who set it up. If somebody changed it, the
        channel is told who, and so is that person.
        """
        with self._engine.begin() as db:
            where = _is(wanted.team, wanted.channel)
            before = db.execute(select(subscriptions).where(where)).first()
            was_on = before is not None and before.active
            owner = (
                before.created_by if before is not None and was_on else ""
            ) or wanted.created_by
            following = wanted.schedule.next(
                self._now(), _last_day(db, wanted.team, wanted.channel)
            )
            row = _row(wanted, following) | {"created_by": owner}
            if before is not None and was_on and _differ(_read(before, self._now()), wanted):
                self._plan_notices(db, *wanted.key, wanted.created_by, owner)
            upsert(db, subscriptions, row)
        subscription = replace(wanted, created_by=owner, next=following)
        return SavedSubscription(subscription, was_off=not was_on)

    def switch_off(self, team: str, channel: str, by: str = "") -> bool:
        """Turn a channel's quiz off but keep its settings; False if it wasn't on.

        If `by` somebody, the channel is told who, and so is the person who set it up.
        """
        with self._engine.begin() as db:
            stop = _stop(_is(team, channel), None).returning(subscriptions.c.created_by)
            owner = db.scalar(stop)
            if owner is not None and by:
                self._plan_notices(db, team, channel, by, owner)
        return owner is not None

    def _plan_notices(self, db: Connection, team: str, channel: str, by: str, owner: str) -> None:
        """Plan to tell a channel, and who set up its quiz, who changed or ended it."""
        now = self._now()
        subject = f"{team}:{channel}:{by}:{int(now * 1000)}"
        plan(db, DeliveryKind.CHANGE_NOTICE, subject, team, channel, now)
        if owner and owner != by:  # "" if that person was erased
            plan(db, DeliveryKind.OWNER_NOTICE, subject, team, owner, now)

    def pause(self, team: str, channel: str, reason: str, tell: bool = True) -> bool:
        """Pause a quiz for a reason, and plan to tell the person who set it up, once.

        False if the quiz wasn't on.
        """
        now = self._now()
        with self._engine.begin() as db:
            by = db.scalar(_stop(_is(team, channel), reason).returning(subscriptions.c.created_by))
            if by and tell:  # "" if that person was erased
                plan(db, DeliveryKind.PAUSE_NOTICE, f"{team}:{channel}:{int(now)}", team, by, now)
        return by is not None

    def pause_team(self, team: str, reason: str) -> int:
        """Pause all quizzes of a team; how many there were."""
        with self._engine.begin() as db:
            return db.execute(_stop(subscriptions.c.team == team, reason)).rowcount

    def of_person(self, team: str, user: str) -> list[Subscription]:
        """The quizzes of a person's own channels; those that are off only if they set them up."""
        own = subscriptions.c.channel.in_(own_channels(team, user))
        shown = subscriptions.c.active | (subscriptions.c.created_by == user)
        wanted = (
            select(subscriptions)
            .where(subscriptions.c.team == team, own, shown)
            .order_by(subscriptions.c.channel)
        )
        with reading(self._engine) as db:
            return [_read(row, self._now()) for row in db.execute(wanted)]

    def due(
        self, before: float, after: Subscription | None = None, limit: int = 500
    ) -> list[Subscription]:
        """A page of the quizzes whose next question is due before a time, in a fixed order.

        Pass the last quiz of a page as `after` to get the next page. Unreadable rows are included,
        as inactive and paused for UNREADABLE, though the database still has them as active.
        """
        due = subscriptions.c.active & (subscriptions.c.next_at <= before)
        if after is not None:
            due &= tuple_(after.team, after.channel) < _KEY
        wanted = select(subscriptions).where(due).order_by(*_KEY).limit(limit)
        with reading(self._engine) as db:
            return [_read(row, self._now()) for row in db.execute(wanted)]

    def stuck(self, limit: int = 500) -> list[Subscription]:
        """Active quizzes that would never be due."""
        never = subscriptions.c.next_at.is_(None) | subscriptions.c.next_day.is_(None)
        wanted = select(subscriptions).where(subscriptions.c.active, never).limit(limit)
        with reading(self._engine) as db:
            return [_read(row, self._now()) for row in db.execute(wanted)]


def advance(db: Connection, following: Sequence[tuple[Subscription, Occurrence]]) -> None:
    """Move quizzes on to their next question, after the current one was planned or skipped.

    A quiz whose settings changed in the meantime stays as it is.
    """
    rows = [
        {
            "of_team": subscription.team, "of_channel": subscription.channel,
            "of_day": subscription.next.day.isoformat(),
            "to_day": occurrence.day.isoformat(), "to_at": occurrence.due_at,
        }
        for subscription, occurrence in following
        if subscription.next
    ]  # fmt: skip
    if rows:
        db.execute(_ADVANCE, rows)


_KEY = tuple_(subscriptions.c.team, subscriptions.c.channel)
_ADVANCE = (
    update(subscriptions)
    .where(
        subscriptions.c.team == bindparam("of_team"),
        subscriptions.c.channel == bindparam("of_channel"),
        subscriptions.c.active,
        subscriptions.c.next_day == bindparam("of_day"),
    )
    .values(next_day=bindparam("to_day"), next_at=bindparam("to_at"))
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
    """The latest day on which the channel was asked."""
    where = (postings.c.team == team) & (postings.c.channel == channel)
    found = db.scalar(select(func.max(postings.c.day)).where(where))
    return _parsed(date.fromisoformat, found)


def _differ(before: Subscription, wanted: Subscription) -> bool:
    """Whether settings that people care about have changed."""
    settings = attrgetter("schedule", "services", "standings", "broadcast")
    return bool(settings(before) != settings(wanted))


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
        "next_at": following.due_at,
        "standings": wanted.standings,
        "broadcast": wanted.broadcast,
        "paused_until": schedule.paused_until.isoformat() if schedule.paused_until else None,
        "holidays": schedule.holidays or None,
    }


def _read(row: Any, now: float) -> Subscription:
    """A row's quiz, without a pause that is over at the time `now`.

    If parts of the row are invalid, it's a paused quiz with defaults for them: another version or a
    person may have written the row, and it must not affect other rows.
    """
    at, weekdays = _parsed(_local_time, row.at), _parsed(_weekdays, row.weekdays)
    reveal = _parsed(_local_time, row.reveal) if row.reveal else None
    following = _parsed(lambda day: Occurrence(date.fromisoformat(day), row.next_at), row.next_day)
    pause = _parsed(date.fromisoformat, row.paused_until) if row.paused_until else None
    holidays = row.holidays if row.holidays and is_country(row.holidays) else ""
    readable = (
        at and weekdays and is_zone(row.tz) and bool(reveal) == bool(row.reveal)
        and bool(pause) == bool(row.paused_until) and holidays == (row.holidays or "")
    )  # fmt: skip
    active, paused_for = row.active, row.paused_for
    if active and not (readable and following and following.due_at):
        active, paused_for, following = False, UNREADABLE, None
    schedule = Schedule(
        at or DEFAULT_AT,
        row.tz if is_zone(row.tz) else "UTC",
        weekdays or WORKDAYS,
        reveal or (DEFAULT_REVEAL if row.reveal else None),
        pause,
        holidays,
    )
    if pause and pause <= schedule.day_of(now):
        schedule = replace(schedule, paused_until=None)
    return Subscription(
        row.team, row.channel, schedule, tuple((row.services or "").split()), row.created_by,
        active, paused_for, following, bool(row.standings), bool(row.broadcast),
    )  # fmt: skip


def _parsed(parse: Callable[[str], T], text: Any) -> T | None:
    try:
        return parse(text)
    except (TypeError, ValueError):
        return None


def _local_time(text: str) -> time:
    return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)


def _weekdays(text: str) -> frozenset[int]:
    days = frozenset(int(day) for day in text)
    if not days or not days <= EVERY_DAY:
        raise ValueError("no such days")
    return days
