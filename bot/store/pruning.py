"""What is kept only for a while, and for how long."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from sqlalchemy import Engine, delete

from bot.store.replies import REPLY_KEPT_SECONDS
from bot.store.tables import (
    claims,
    conversations,
    deliveries,
    exercises,
    lookups,
    oauth_states,
    replies,
)

log = logging.getLogger(__name__)

DAY = 86_400.0
CLAIMS_LAST = DAY
"""Slack repeats an event for hours at most."""
CONVERSATION_LASTS = 600.0
"""Seconds after a question in which a follow-up still refers to it."""
DELIVERIES_LAST = 30 * DAY
EXERCISES_LAST = 60 * DAY
"""A fact that was practiced does not come again as a new one for thirty days."""
LOOKUPS_LAST = 180 * DAY


def prune(engine: Engine, now: float) -> None:
    """Delete what is of no more use."""
    finished = deliveries.c.open.is_(False) & (deliveries.c.due_at < now - DELIVERIES_LAST)
    expired = oauth_states.c.expire_at < datetime.fromtimestamp(now, UTC).replace(tzinfo=None)
    with engine.begin() as db:
        db.execute(delete(deliveries).where(finished))
        db.execute(delete(exercises).where(exercises.c.asked_at < now - EXERCISES_LAST))
        db.execute(delete(lookups).where(lookups.c.last_at < now - LOOKUPS_LAST))
        db.execute(delete(claims).where(claims.c.claimed_at < now - CLAIMS_LAST))
        db.execute(delete(conversations).where(conversations.c.asked_at < now - CONVERSATION_LASTS))
        db.execute(delete(oauth_states).where(expired))
        late = delete(replies).where(replies.c.created_at < now - REPLY_KEPT_SECONDS)
        if unsent := db.execute(late).rowcount:
            log.error("replies are given up", extra={"count": unsent})
