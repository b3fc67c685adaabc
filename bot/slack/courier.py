"""Post a message exactly once, although processes die and Slack may not say what it did.

Where the token may read the history, a message is posted at once; after a call of unknown outcome
it is looked for by its metadata. Elsewhere Slack is asked some minutes ahead to post it, and a
call of unknown outcome is looked for among the pending messages, which needs no extra scope.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack.errors import NETWORK
from bot.slack.installations import Installation
from bot.slack.marks import is_marked, mark
from bot.store.deliveries import Deliveries, Delivery

AHEAD = 5
"""Leases before its time at which a question is prepared, so that a dead clock can be replaced."""
LATE_AHEAD = 4
"""Leases that a message is still handed over ahead if its time has nearly come or gone."""
EVENT = "factbot_delivery"
LOOK_BACK = 60
"""Seconds that Slack's clock may be behind ours."""
PAGE = 100


class LostClaimError(Exception):
    """Another process has taken over."""


class UnconfirmedError(Exception):
    """Slack may have posted the message, and there is no way to know; it is not sent again."""


class SearchError(Exception):
    """Slack could not tell what it had done; the cause is what the call raised."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message is. `ts` is unknown as long as Slack only promises to post it."""

    channel: str
    at: float
    ts: str | None


class Courier:
    """Hands messages over; a call takes `patience` seconds at most."""

    def __init__(self, deliveries: Deliveries, now: Callable[[], float], patience: int) -> None:
        self._deliveries = deliveries
        self._now = now
        self._patience = patience

    def post(
        self,
        delivery: Delivery,
        by: Installation,
        message: Mapping[str, Any],
        see_at: float,
        at_once: bool = False,
    ) -> Sent | None:
        """Post a message that people are to see at a moment; None if it is too early to.

        `at_once` is for somebody who waits: without the history, a call of unknown outcome then
        stays unknown. Raises LostClaimError, UnconfirmedError, SearchError or what the call raised.
        """
        if delivery.called_at is not None:
            found = self._search(delivery, by)
            if found:
                return found
        content = {**message, "metadata": mark(EVENT, delivery=delivery.id)}
        channel = delivery.channel
        if at_once or by.reads_history(channel) or not channel.startswith(("C", "G")):
            if self._now() < see_at:
                return None
            self._begin(delivery)
            answer = by.client.chat_postMessage(channel=channel, **content)
            return Sent(str(answer["channel"]), self._now(), str(answer["ts"]))
        post_at = math.ceil(max(see_at, self._now() + LATE_AHEAD * self._deliveries.lease))
        self._begin(delivery, post_at)
        by.client.chat_scheduleMessage(channel=channel, post_at=post_at, **content)
        return Sent(channel, post_at, None)

    def _begin(self, delivery: Delivery, post_at: int | None = None) -> None:
        if not self._deliveries.begin_call(delivery, self._patience, post_at):
            raise LostClaimError

    def _search(self, delivery: Delivery, by: Installation) -> Sent | None:
        """The message if Slack has it, None if Slack never took it."""
        try:
            if delivery.post_at is not None:
                return self._among_pending(delivery, by, delivery.post_at)
            if by.reads_history(delivery.channel):
                return self._in_history(delivery, by)
        except NETWORK as error:
            raise SearchError from error
        raise UnconfirmedError

    def _among_pending(self, delivery: Delivery, by: Installation, post_at: int) -> Sent | None:
        if self._now() > post_at - self._patience:
            raise UnconfirmedError
        answer = by.client.chat_scheduledMessages_list(
            channel=delivery.channel, oldest=str(post_at - 1), latest=str(post_at + 1)
        )
        times = [int(pending["post_at"]) for pending in answer["scheduled_messages"]]
        return Sent(delivery.channel, post_at, None) if post_at in times else None

    def _in_history(self, delivery: Delivery, by: Installation) -> Sent | None:
        oldest = (delivery.called_at or 0) - LOOK_BACK
        cursor = ""
        while True:
            answer = by.client.conversations_history(
                channel=delivery.channel,
                oldest=f"{oldest:.6f}",
                include_all_metadata=True,
                limit=PAGE,
                cursor=cursor,
            )
            for message in answer["messages"]:
                if is_marked(message, EVENT, delivery=delivery.id):
                    return Sent(delivery.channel, float(message["ts"]), str(message["ts"]))
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None
