"""Quiz questions that don't count, because their fact came under review while they were open."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select, update

from bot.store.deliveries import DeliveryKind
from bot.store.delivery_plans import plan_again
from bot.store.tables import postings


def void_open_questions(db: Connection, now: float, team: str, facts: Collection[str]) -> None:
    """Take a workspace's open questions about a fact out of the count, and show that.

    `facts` are all IDs that the fact has or had. Rows are locked in the order of their IDs, as they
    are when questions close.
    """
    is_open = postings.c.closed_at.is_(None) & postings.c.voided.is_(False)
    mine = (postings.c.team == team) & postings.c.fact.in_(facts) & is_open
    columns = postings.c.id, postings.c.channel, postings.c.ts
    found = db.execute(select(*columns).where(mine).order_by(postings.c.id).with_for_update()).all()
    for row in found:
        db.execute(update(postings).where(postings.c.id == row.id, is_open).values(voided=True))
        if row.ts is not None:
            plan_again(db, DeliveryKind.COUNT, str(row.id), team, row.channel, now)
