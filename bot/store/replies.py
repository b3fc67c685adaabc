"""Replies that Slack hasn't taken yet; whichever process claims one sends it.

A row holds the message, which may quote the question. It is deleted as soon as the reply is shown,
and half an hour after the question in any case.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, delete, exists, select, update

from bot.store.engine import reading
from bot.store.tables import replies

REPLY_RETENTION_SECONDS = 1800.0
"""How long a response_url works; an answer after that would only confuse people.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""


class Audience(Enum):
    """Who sees a reply."""

    EVERYONE = "everyone"
    """Everyone in the conversation."""
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class OutgoingReply:
    """A message to be shown, to whom and where, and the state of sending it.

    `channel` may be a person's id, which means the direct messages with that person; `thread` is ""
    outside threads. With a `response_url` that is used. `called_at` says that Slack may have shown
    it to everyone by a call begun then; `mark` is how it is found again: the `ts` of the message
    that it answers, if it answers one. `claimed_until` and `id`
    are those of the row, if there is one.
    """

    team: str
    user: str
    channel: str
    thread: str
    message: Mapping[str, Any]
    audience: Audience
    created_at: float
    response_url: str = ""
    replaces: bool = False
    mark: str = field(default_factory=lambda: uuid4().hex)
    attempts: int = 0
    called_at: float | None = None
    id: int | None = None
    claimed_until: float = 0.0


_STORED_FIELDS = [
    field.name for field in fields(OutgoingReply) if field.name not in ("id", "claimed_until")
]


class Replies:
    """The table of waiting replies. A claim lasts `lease_seconds`, then others may take over."""

    def __init__(self, engine: Engine, now: Callable[[], float], lease_seconds: float) -> None:
        self._engine = engine
        self._now = now
        self._lease_seconds = lease_seconds

    def add(self, reply: OutgoingReply, due_at: float) -> None:
        """Store a reply to be sent at `due_at`."""
        with self._engine.begin() as db:
            db.execute(replies.insert().values(_row(reply) | {"due_at": due_at}))

    def claim(
        self, limit: int, busy_teams: Collection[str] = (), busy_channels: Collection[str] = ()
    ) -> list[OutgoingReply]:
        """Claim replies that are due, oldest first, but none for busy teams or channels."""
        now = self._now()
        due = replies.c.due_at <= now
        with reading(self._engine) as db:  # usually there is nothing, and reading blocks no writer
            if not db.scalar(select(exists().where(due))):
                return []
        free = (
            select(replies.c.id)
            .where(due, replies.c.team.not_in(busy_teams), replies.c.channel.not_in(busy_channels))
            .order_by(replies.c.due_at, replies.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("free")  # a subquery can run once for each row, and so beyond the limit
        )
        claim = (
            update(replies)
            .where(replies.c.id.in_(select(free.c.id)))
            .values(due_at=now + self._lease_seconds)
            .returning(replies)
        )
        with self._engine.begin() as db:
            rows = [_read(row) for row in db.execute(claim)]
        return sorted(rows, key=lambda reply: (reply.created_at, reply.id or 0))

    def begin_call(self, reply: OutgoingReply, public: bool) -> bool:
        """Record that a call begins now; False if another process has the claim."""
        return self._change(reply, called_at=self._now() if public else None)

    def put_off(self, reply: OutgoingReply, due_at: float) -> bool:
        """Store a claimed reply as it is now, to be sent at `due_at`; False without the claim."""
        return self._change(reply, **_row(reply), due_at=due_at)

    def finish(self, reply: OutgoingReply) -> None:
        """Delete a reply that was shown or given up."""
        with self._engine.begin() as db:
            db.execute(delete(replies).where(*_claimed(reply)))

    def _change(self, reply: OutgoingReply, **values: Any) -> bool:
        with self._engine.begin() as db:
            changed = db.execute(update(replies).where(*_claimed(reply)).values(**values))
            return changed.rowcount == 1


def _claimed(reply: OutgoingReply) -> tuple[Any, Any]:
    """The row, unless another process has claimed it."""
    return replies.c.id == reply.id, replies.c.due_at == reply.claimed_until


def _row(reply: OutgoingReply) -> dict[str, Any]:
    row = {name: getattr(reply, name) for name in _STORED_FIELDS}
    return row | {"message": json.dumps(dict(reply.message)), "audience": reply.audience.value}


def _read(row: Any) -> OutgoingReply:
    stored = {name: getattr(row, name) for name in _STORED_FIELDS}
    stored |= {"message": json.loads(row.message), "audience": Audience(row.audience)}
    return OutgoingReply(**stored, id=row.id, claimed_until=row.due_at)
