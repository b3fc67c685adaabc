"""The messages about a case: where they are, and which ones are to be sent.

A case is posted once to each recipient: the curators' channel, or curators by direct message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, select

from bot.store.curation_tables import case_messages
from bot.store.deliveries import DeliveryKind, plan
from bot.store.engine import insert_if_new, reading
from bot.store.tables import deliveries

READ_SECONDS = 1.0
"""After which every process has read how a fact was changed, to show it."""


@dataclass(frozen=True, slots=True)
class CaseMessage:
    """Where a case was posted: `channel` is that of the direct messages with a person."""

    channel: str
    ts: str


class CaseMessages:
    """The table of messages; `user` is who got it in a direct message, "" for a channel."""

    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine = engine
        self._now = now

    def find(self, case: int, user: str) -> CaseMessage | None:
        mine = _about(case) & (case_messages.c.user == user)
        with reading(self._engine) as db:
            row = db.execute(select(case_messages).where(mine)).first()
        return CaseMessage(row.channel, row.ts) if row else None

    def record(self, team: str, case: int, user: str, message: CaseMessage) -> None:
        """Store where a case was posted, unless we know already."""
        row = {"team": team, "case": case, "user": user}
        with self._engine.begin() as db:
            place = {"channel": message.channel, "ts": message.ts}
            insert_if_new(db, case_messages, row | place)


def plan_posts(db: Connection, now: float, team: str, case: int, recipients: Iterable[str]) -> None:
    """Plan to post a case to each recipient: the ID of a channel, or of a person."""
    for recipient in recipients:
        plan(db, DeliveryKind.CASE, _subject(case, recipient), team, recipient, now)


def plan_reminders(
    db: Connection, now: float, team: str, case: int, recipients: Iterable[str]
) -> None:
    for recipient in recipients:
        plan(db, DeliveryKind.CASE_REMINDER, _subject(case, recipient), team, recipient, now)


def plan_results(db: Connection, now: float, team: str, case: int, people: Sequence[str]) -> None:
    """Plan to tell people how a case ended."""
    for person in people:
        subject = f"{case}:{person}"
        plan(db, DeliveryKind.CASE_RESULT, subject, team, person, now + READ_SECONDS)


def plan_updates(db: Connection, now: float, team: str, case: int, version: str) -> None:
    """Plan to bring all messages about a case up to date; each version is shown once."""
    posted = select(case_messages.c.user, case_messages.c.channel)
    planned = select(deliveries.c.subject, deliveries.c.channel).where(
        deliveries.c.kind == DeliveryKind.CASE,
        deliveries.c.subject.startswith(f"{case}:", autoescape=True),
    )
    channels = {read_subject(subject)[1]: channel for subject, channel in db.execute(planned)}
    channels |= {row.user: row.channel for row in db.execute(posted.where(_about(case)))}
    for user, channel in sorted(channels.items()):
        subject = f"{case}:{user}:{version}"
        plan(db, DeliveryKind.CASE_UPDATE, subject, team, channel, now + READ_SECONDS)


def _about(case: int) -> Any:
    return case_messages.c.case == case


def read_subject(subject: str) -> tuple[int, str]:
    """The case, and the person, "" if the message is for a channel."""
    case, user, *_ = subject.split(":")
    return int(case), user


def _subject(case: int, recipient: str) -> str:
    return f"{case}:{recipient if is_person(recipient) else ''}"


def is_person(recipient: str) -> bool:
    """Whether an ID is that of a person: https://docs.slack.dev/reference/objects/user-object"""
    return recipient[:1] in ("U", "W")
