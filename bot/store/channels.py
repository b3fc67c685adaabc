"""Channels change their ids, for example private ones that are shared with another company.

https://docs.slack.dev/reference/events/channel_id_changed
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine, Table, delete, select, update

from bot.store.curation_tables import case_messages, curators, gap_watchers
from bot.store.deliveries import DeliveryKind
from bot.store.tables import conversations, deliveries, postings, replies, streaks, subscriptions

_UNIQUE_PER_CHANNEL = ((subscriptions, "team"), (streaks, "user"), (conversations, "thread"))
"""Tables with one row per channel and value of a column: existing rows of the new id stay."""


def move_channel(engine: Engine, team: str, old: str, new: str) -> None:
    """Store everything about a channel under its new id; doing it again changes nothing."""
    if old == new:
        return
    with engine.begin() as db:
        for table, column in _UNIQUE_PER_CHANNEL:
            _move(db, table, column, team, old, new)
            db.execute(delete(table).where(table.c.team == team, table.c.channel == old))
        _move(db, postings, "day", team, old, new)
        _move_notices(db, team, old, new)
        for table in (deliveries, replies, curators, gap_watchers, case_messages):
            own_rows = (table.c.team == team) & (table.c.channel == old)
            db.execute(update(table).where(own_rows).values(channel=new))


def _move(db: Connection, table: Table, column: str, team: str, old: str, new: str) -> None:
    own_rows = table.c.team == team
    taken = select(table.c[column]).where(own_rows, table.c.channel == new)
    free = table.c[column].not_in(taken.scalar_subquery())
    db.execute(update(table).where(own_rows, table.c.channel == old, free).values(channel=new))


def _move_notices(db: Connection, team: str, old: str, new: str) -> None:
    """Unsent notices have the channel in their subject."""
    waiting = (
        deliveries.c.kind.in_((DeliveryKind.PAUSE_NOTICE, DeliveryKind.OWNER_NOTICE))
        & (deliveries.c.team == team)
        & deliveries.c.open
    )
    for row in db.execute(select(deliveries.c.id, deliveries.c.subject).where(waiting)).all():
        _, channel, *others = row.subject.split(":")
        if channel == old:
            subject = ":".join((team, new, *others))
            db.execute(update(deliveries).where(deliveries.c.id == row.id).values(subject=subject))
