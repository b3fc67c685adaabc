"""Cases and suggestions that nobody has decided about, and the curators who should see them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import Connection, Engine, select, union, update

from bot.store.curation_tables import cases, curator_messages, suggestions
from bot.store.curator_messages import POST_KINDS, CuratorItem, plan_posts, post_subject
from bot.store.deliveries import DeliveryKind, DeliveryOutcome
from bot.store.engine import reading
from bot.store.suggestions import SuggestionState
from bot.store.tables import deliveries

RETRY_SECONDS = 3600.0
"""Until Slack is asked again to take what it refused."""
MAX_ITEMS = 100
"""Of each kind, the oldest ones, that are looked at in one round."""
_DONE = (DeliveryOutcome.POSTED, DeliveryOutcome.UNCONFIRMED, DeliveryOutcome.NOTHING_TO_SAY)
_OPEN: dict[CuratorItem, tuple[Any, Any]] = {
    CuratorItem.CASE: (cases, cases.c.open),
    CuratorItem.SUGGESTION: (suggestions, suggestions.c.state == SuggestionState.OPEN.value),
}


class OpenItems:
    """Plans to post what is open to recipients who haven't got it: each gets it once."""

    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine = engine
        self._now = now

    def teams(self) -> list[str]:
        """The workspaces in which something waits for a decision."""
        found = (select(table.c.team).where(is_open) for table, is_open in _OPEN.values())
        with reading(self._engine) as db:
            return sorted(db.scalars(union(*found)))

    def show(self, team: str, recipients: Collection[str], *, at_once: bool = False) -> None:
        """Plan what is missing; again, what Slack refused an hour ago, or `at_once`, ever."""
        now = self._now()
        refused_before = now if at_once else now - RETRY_SECONDS
        with self._engine.begin() as db:
            for item, (table, is_open) in _OPEN.items():
                waiting = select(table.c.id).where(table.c.team == team, is_open)
                numbers = db.scalars(waiting.order_by(table.c.id).limit(MAX_ITEMS)).all()
                posted = _posted(db, item, numbers)
                for number in numbers:
                    for recipient in set(recipients) - posted.get(number, set()):
                        plan_posts(db, now, team, item, number, (recipient,))
                        subject = post_subject(team, item, number, recipient)
                        _retry(db, POST_KINDS[item], subject, now, refused_before)


def _posted(db: Connection, item: CuratorItem, numbers: Collection[int]) -> dict[int, set[str]]:
    """Who has got which item."""
    columns, found = curator_messages.c, dict[int, set[str]]()
    mine = (columns.kind == item.value) & columns.item.in_(numbers)
    for row in db.execute(select(columns.item, columns.user, columns.channel).where(mine)):
        found.setdefault(row.item, set()).add(row.user or row.channel)
    return found


def _retry(
    db: Connection, kind: DeliveryKind, subject: str, now: float, refused_before: float
) -> None:
    """Reopen a message that Slack refused before a moment."""
    columns = deliveries.c
    is_refused = columns.open.is_(False) & columns.outcome.not_in(_DONE)
    mine = (columns.kind == kind) & (columns.subject == subject)
    again = {"open": True, "due_at": now, "held_until": 0.0, "attempts": 0, "called_at": None}
    refused = mine & is_refused & (columns.due_at <= refused_before)
    db.execute(update(deliveries).where(refused).values(again))
