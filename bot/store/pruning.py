"""How long rows are kept, and their deletion afterward."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, select

from bot.store.curation_tables import gap_people, gap_watchers, gaps, review_tasks
from bot.store.process_tables import oauth_states
from bot.store.replies import REPLY_RETENTION_SECONDS
from bot.store.tables import (
    claims,
    conversations,
    deliveries,
    exercises,
    fact_requests,
    lookups,
    replies,
)

log = logging.getLogger(__name__)

DAY_SECONDS = 86_400.0
CLAIM_RETENTION_SECONDS = DAY_SECONDS
"""Slack repeats an event for a few hours at most."""
CONVERSATION_RETENTION_SECONDS = 600.0
"""A follow-up refers to a question that was asked this recently."""
DELIVERY_RETENTION_SECONDS = 30 * DAY_SECONDS
EXERCISE_RETENTION_SECONDS = 60 * DAY_SECONDS
"""Practice doesn't bring up a fact as new again for thirty days."""
LOOKUP_RETENTION_SECONDS = 180 * DAY_SECONDS
REQUEST_RETENTION_SECONDS = 180 * DAY_SECONDS
TASK_RETENTION_SECONDS = 60 * DAY_SECONDS
"""Since a curator was asked to check a fact; they aren't asked again for 30 days."""
GAP_RETENTION_SECONDS = 180 * DAY_SECONDS
"""Since a question was last asked in vain."""

_RETENTIONS: dict[Table, tuple[Any, float]] = {
    claims: (claims.c.claimed_at, CLAIM_RETENTION_SECONDS),
    conversations: (conversations.c.asked_at, CONVERSATION_RETENTION_SECONDS),
    exercises: (exercises.c.asked_at, EXERCISE_RETENTION_SECONDS),
    lookups: (lookups.c.last_at, LOOKUP_RETENTION_SECONDS),
    fact_requests: (fact_requests.c.asked_at, REQUEST_RETENTION_SECONDS),
}
"""The column that a row's age is counted from, and how old it may get, in seconds."""


def delete_expired(db: Connection, table: Table, now: float) -> None:
    """Delete a table's expired rows as part of a transaction; for tables that expire by age only.

    Called on writes, too, so that processes without a clock keep their promises about retention.
    """
    column, seconds = _RETENTIONS[table]
    db.execute(delete(table).where(column < now - seconds))


def delete_old_gaps(db: Connection, now: float) -> None:
    """Delete what was last asked long ago, with all that is known about it."""
    old = gaps.c.last_at < now - GAP_RETENTION_SECONDS
    for table in (gap_people, gap_watchers):
        db.execute(delete(table).where(table.c.gap.in_(select(gaps.c.id).where(old))))
    db.execute(delete(gaps).where(old))


def prune(engine: Engine, now: float) -> None:
    """Delete expired rows of all tables."""
    finished = deliveries.c.open.is_(False)
    old = deliveries.c.due_at < now - DELIVERY_RETENTION_SECONDS
    expired = oauth_states.c.expire_at < datetime.fromtimestamp(now, UTC).replace(tzinfo=None)
    with engine.begin() as db:
        db.execute(delete(deliveries).where(finished, old))
        for table in _RETENTIONS:
            delete_expired(db, table, now)
        delete_old_gaps(db, now)
        db.execute(
            delete(review_tasks).where(review_tasks.c.day < _day(now - TASK_RETENTION_SECONDS))
        )
        db.execute(delete(oauth_states).where(expired))
        unsent = delete(replies).where(replies.c.created_at < now - REPLY_RETENTION_SECONDS)
        if count := db.execute(unsent).rowcount:
            log.error("gave up on replies", extra={"count": count})


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()
