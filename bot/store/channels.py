"""Channels change their ids, for example private ones that are shared with another company.

https://docs.slack.dev/reference/events/channel_id_changed
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine, Table, delete, select, update

from bot.store.curation_tables import curator_messages, curators, gap_watchers
from bot.store.deliveries import DeliveryKind
from bot.store.engine import insert_if_new
from bot.store.tables import conversations, deliveries, postings, replies, streaks, subscriptions

_UNIQUE_PER_CHANNEL = ((subscriptions, "team"), (streaks, "user"), (conversations, "thread"))
"""Tables with one row per channel and value of a column: existing rows of the new id stay."""
_WITH_CHANNEL = (
    DeliveryKind.PAUSE_NOTICE, DeliveryKind.OWNER_NOTICE, DeliveryKind.CASE,
    DeliveryKind.CASE_UPDATE, DeliveryKind.CASE_REMINDER, DeliveryKind.SUGGESTION,
    DeliveryKind.SUGGESTION_UPDATE, DeliveryKind.DIGEST,
)  # fmt: skip
"""Kinds of messages that have a channel in their subject."""


def move_channel(engine: Engine, team: str, old: str, new: str) -> None:
    """Store everything about a channel under its new id; doing it again changes nothing."""
    if old == new:
        return
    with engine.begin() as db:
        for table, column in _UNIQUE_PER_CHANNEL:
            _move(db, table, column, team, old, new)
            db.execute(delete(table).where(table.c.team == team, table.c.channel == old))
        _move(db, postings, "day", team, old, new)
        _move_curator_messages(db, team, old, new)
        _move_subjects(db, team, old, new)
        for table in (deliveries, replies, curators, gap_watchers):
            own_rows = (table.c.team == team) & (table.c.channel == old)
            db.execute(update(table).where(own_rows).values(channel=new))


def _move(db: Connection, table: Table, column: str, team: str, old: str, new: str) -> None:
    own_rows = table.c.team == team
    taken = select(table.c[column]).where(own_rows, table.c.channel == new)
    free = table.c[column].not_in(taken.scalar_subquery())
    db.execute(update(table).where(own_rows, table.c.channel == old, free).values(channel=new))


def _move_curator_messages(db: Connection, team: str, old: str, new: str) -> None:
    """What was posted under both IDs stays where the new one says."""
    there = (curator_messages.c.team == team) & (curator_messages.c.channel == old)
    for row in db.execute(select(curator_messages).where(there)).all():
        insert_if_new(db, curator_messages, {**row._mapping, "channel": new})
    db.execute(delete(curator_messages).where(there))


def _move_subjects(db: Connection, team: str, old: str, new: str) -> None:
    """Some messages have the channel in their subject: under its new one, each is sent once."""
    own_rows = (deliveries.c.team == team) & deliveries.c.kind.in_(_WITH_CHANNEL)
    named = deliveries.c.subject.contains(old, autoescape=True)
    columns = deliveries.c.id, deliveries.c.kind, deliveries.c.subject
    rows = db.execute(select(*columns).where(own_rows, named)).all()
    for row in rows:
        parts = (new if part == old else part for part in row.subject.split(":"))
        subject = ":".join(parts)
        taken = (deliveries.c.kind == row.kind) & (deliveries.c.subject == subject)
        if db.scalar(select(deliveries.c.id).where(taken)) is None:
            db.execute(update(deliveries).where(deliveries.c.id == row.id).values(subject=subject))
