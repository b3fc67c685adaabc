"""The messages to curators about cases and suggestions: where they are, and which are to be sent.

Each is posted once to each recipient: the curators' channel, or curators by direct message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, select

from bot.store.curation_tables import curator_messages
from bot.store.deliveries import Delivery, DeliveryKind
from bot.store.delivery_plans import plan
from bot.store.engine import insert_if_new, reading
from bot.store.tables import deliveries

READ_SECONDS = 1.0
"""After which every process has read how a fact was changed, to show it."""


class CuratorItem(StrEnum):
    """What curators decide about."""

    CASE = "case"
    SUGGESTION = "suggestion"


POST_KINDS = {
    CuratorItem.CASE: DeliveryKind.CASE,
    CuratorItem.SUGGESTION: DeliveryKind.SUGGESTION,
}
_UPDATE_KINDS = {
    CuratorItem.CASE: DeliveryKind.CASE_UPDATE,
    CuratorItem.SUGGESTION: DeliveryKind.SUGGESTION_UPDATE,
}


@dataclass(frozen=True, slots=True)
class CuratorMessage:
    """Where an item was posted: `channel` is that of the direct messages with a person."""

    channel: str
    ts: str


class Subject(NamedTuple):
    """The number of a case or suggestion, and the ID of the channel or person who gets it."""

    number: int
    recipient: str


class CuratorMessages:
    """The table of messages. A recipient is the ID of a channel or of a person."""

    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine = engine
        self._now = now

    def find(self, item: CuratorItem, number: int, recipient: str) -> CuratorMessage | None:
        columns = curator_messages.c
        theirs = (
            columns.user == recipient
            if is_person(recipient)
            else (columns.user == "") & (columns.channel == recipient)
        )
        with reading(self._engine) as db:
            row = db.execute(select(curator_messages).where(_about(item, number), theirs)).first()
        return CuratorMessage(row.channel, row.ts) if row else None

    def record(
        self, team: str, item: CuratorItem, number: int, recipient: str, message: CuratorMessage
    ) -> None:
        """Store where an item was posted, unless we know already."""
        row = {
            "team": team, "kind": item.value, "item": number,
            "user": recipient if is_person(recipient) else "", "channel": message.channel,
            "ts": message.ts,
        }  # fmt: skip
        with self._engine.begin() as db:
            insert_if_new(db, curator_messages, row)


def plan_posts(
    db: Connection,
    now: float,
    team: str,
    item: CuratorItem,
    number: int,
    recipients: Iterable[str],
) -> None:
    """Plan to post a case or suggestion to each recipient."""
    for recipient in recipients:
        subject = post_subject(team, item, number, recipient)
        plan(db, POST_KINDS[item], subject, team, recipient, now)


def plan_reminders(
    db: Connection, now: float, team: str, case: int, recipients: Iterable[str]
) -> None:
    for recipient in recipients:
        plan(db, DeliveryKind.CASE_REMINDER, f"{case}:{recipient}", team, recipient, now)


def plan_results(db: Connection, now: float, team: str, case: int, people: Sequence[str]) -> None:
    """Plan to tell people how a case ended."""
    for person in people:
        subject = f"{case}:{person}"
        plan(db, DeliveryKind.CASE_RESULT, subject, team, person, now + READ_SECONDS)


def plan_updates(
    db: Connection, now: float, team: str, item: CuratorItem, number: int, version: str
) -> None:
    """Plan to bring all messages about an item up to date; each version is shown once."""
    columns = curator_messages.c
    posted = select(columns.user, columns.channel).where(_about(item, number))
    planned = select(deliveries.c.channel).where(
        deliveries.c.kind == POST_KINDS[item],
        deliveries.c.subject.startswith(post_subject(team, item, number, ""), autoescape=True),
    )
    channels = {channel: channel for channel in db.scalars(planned)}
    channels |= {row.user or row.channel: row.channel for row in db.execute(posted)}
    for recipient, channel in sorted(channels.items()):
        subject = f"{post_subject(team, item, number, recipient)}:{version}"
        plan(db, _UPDATE_KINDS[item], subject, team, channel, now + READ_SECONDS)


def post_subject(team: str, item: CuratorItem, number: int, recipient: str) -> str:
    """What identifies the post of an item to a recipient."""
    prefix = f"{team}:" if item is CuratorItem.SUGGESTION else ""
    return f"{prefix}{number}:{recipient}"


def read_subject(delivery: Delivery, item: CuratorItem) -> Subject:
    """What a message to curators, or about a case, is about.

    An older version left the recipient out if it's a channel.
    """
    parts = delivery.subject.split(":")
    number, recipient, *_ = parts[1:] if item is CuratorItem.SUGGESTION else parts
    return Subject(int(number), recipient or delivery.channel)


def is_person(recipient: str) -> bool:
    """Whether an ID is that of a person: https://docs.slack.dev/reference/objects/user-object"""
    return recipient[:1] in ("U", "W")


def _about(item: CuratorItem, number: int) -> Any:
    columns = curator_messages.c
    return (columns.kind == item.value) & (columns.item == number)
