"""Edits of messages to curators that are posted already, about a case or a suggestion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from bot.posting.exactly_once import ExactlyOncePoster, NotYetError
from bot.slack.installations import Installation
from bot.store import Store
from bot.store.curator_messages import POST_KINDS, CuratorItem, post_subject, read_subject
from bot.store.deliveries import Delivery, DeliveryOutcome
from bot.views.message import Message

T = TypeVar("T")

WAIT_SECONDS = 2.0
"""How long until we check again whether something has been posted."""
MAX_EDITS = 5
"""The most edits in a row, if something changes while its message is being edited."""


class CuratorEdits:
    """Brings posted messages up to date."""

    def __init__(self, store: Store, poster: ExactlyOncePoster) -> None:
        self._store = store
        self._poster = poster

    def edit(
        self,
        delivery: Delivery,
        installation: Installation,
        item: CuratorItem,
        read: Callable[[str, int], T | None],
        show: Callable[[T], Message],
    ) -> DeliveryOutcome:
        """Show what `read` finds for a workspace and a number; again, if that changes meanwhile.

        So the last edit shows what is so, whichever process makes it.
        """
        number, recipient = read_subject(delivery, item)
        posted = self._store.curator_messages.find(item, number, recipient)
        if posted is None:
            subject = post_subject(delivery.team, item, number, recipient)
            if self._store.deliveries.outcome(POST_KINDS[item], subject):
                return DeliveryOutcome.NOTHING_TO_SAY
            raise NotYetError(self._store.now() + WAIT_SECONDS)
        there, shown = replace(delivery, channel=posted.channel), None
        for _ in range(MAX_EDITS):
            found = read(delivery.team, number)
            if found is None or found == shown:
                break
            self._poster.edit(there, installation, posted.ts, show(found).payload())
            shown = found
        return DeliveryOutcome.EDITED
