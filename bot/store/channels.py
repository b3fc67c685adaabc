"""A channel whose id changes, as private ones do when they are shared with another company.

https://docs.slack.dev/reference/events/channel_id_changed
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine, Table, delete, select, update

from bot.store.subscriptions import NOTICE
from bot.store.tables import conversations, deliveries, postings, replies, streaks, subscriptions

_ONCE_A_CHANNEL = ((subscriptions, "team"), (streaks, "user"), (conversations, "thread"))
"""Tables with one row a channel and value of a column: what the new id has already, stays."""


def move_channel(engine: Engine, team: str, old: str, new: str) -> None:
    """Give all that is kept about a channel its new id; the second time, nothing is left to do."""
    if old == new:
        return
    with engine.begin() as db:
        for table, column in _ONCE_A_CHANNEL:
            _move(db, table, column, team, old, new)
            db.execute(delete(table).where(table.c.team == team, table.c.channel == old))
        _move(db, postings, "day", team, old, new)
        _move_notices(db, team, old, new)
        for table in (deliveries, replies):
            here = (table.c.team == team) & (table.c.channel == old)
            db.execute(update(table).where(here).values(channel=new))


def _move(db: Connection, table: Table, column: str, team: str, old: str, new: str) -> None:
    here = table.c.team == team
    taken = select(table.c[column]).where(here, table.c.channel == new)
    free = table.c[column].not_in(taken.scalar_subquery())
    db.execute(update(table).where(here, table.c.channel == old, free).values(channel=new))


def _move_notices(db: Connection, team: str, old: str, new: str) -> None:
    """Those that are still to be sent name the channel in their subject."""
    waiting = (deliveries.c.kind == NOTICE) & (deliveries.c.team == team) & deliveries.c.open
    for row in db.execute(select(deliveries.c.id, deliveries.c.subject).where(waiting)).all():
        _, channel, second = row.subject.split(":")
        if channel == old:
            subject = f"{team}:{new}:{second}"
            db.execute(update(deliveries).where(deliveries.c.id == row.id).values(subject=subject))
