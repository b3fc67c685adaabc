"""Plan messages as part of the transaction that makes them due."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, update

from bot.store.engine import insert_if_new
from bot.store.tables import deliveries


def plan(db: Connection, kind: str, subject: str, team: str, channel: str, due_at: float) -> bool:
    """Plan a message as part of a transaction; False if it was planned before."""
    return insert_if_new(db, deliveries, new_row(kind, subject, team, channel, due_at)) is not None


def new_row(kind: str, subject: str, team: str, channel: str, due_at: float) -> dict[str, Any]:
    """The row of a new message."""
    return {
        "kind": kind, "subject": subject, "team": team, "channel": channel, "due_at": due_at,
        "open": True, "held_until": 0.0, "attempts": 0,
    }  # fmt: skip


def plan_again(
    db: Connection, kind: str, subject: str, team: str, channel: str, due_at: float
) -> None:
    """Plan a message, or reopen it if it was sent; one that is still waiting stays as it is.

    One that is being sent may say what was true before, so `finish` opens it anew.
    """
    if plan(db, kind, subject, team, channel, due_at):
        return
    change = update(deliveries).where(is_about(kind, subject))
    is_open = deliveries.c.open
    is_claimed = deliveries.c.owner.is_not(None) & (deliveries.c.held_until > due_at)
    db.execute(change.where(is_open, is_claimed).values(due_at=due_at))
    reopened = {"open": True, "due_at": due_at, "held_until": 0.0, "attempts": 0}
    db.execute(change.where(is_open.is_(False)).values(reopened | {"called_at": None}))


def is_about(kind: str, subject: str) -> Any:
    """The condition that a row is that of one message."""
    return (deliveries.c.kind == kind) & (deliveries.c.subject == subject)
