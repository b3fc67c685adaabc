"""Post a claimed message exactly once, although processes die and Slack may not say what it did.

1. `called_at` is written into the row; then chat.postMessage is called, with the row's id in the
   message's metadata.
2. Slack answers with the message's `ts`, which the caller stores at once.
3. If no answer comes, `called_at` stays in the row. Whoever claims the row next looks for the
   message by its metadata, again and again until `unknown_outcome.may_repeat`; then back to 1.

Where the token cannot read the history, nobody can know what became of the call, and it is never
repeated: the message is lost unless somebody presses a button of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bot.slack.errors import NETWORK, Trouble, UnreadableResponseError, readable, trouble
from bot.slack.installations import Installation
from bot.slack.marks import is_marked, mark
from bot.slack.unknown_outcome import may_repeat, next_look
from bot.store.deliveries import Deliveries, Delivery

EVENT = "factbot_delivery"
CLOCK_SKEW_SECONDS = 60
"""Seconds that Slack's clock may be behind ours."""
PAGE_MESSAGES = 100
_TS = re.compile(r"\d{1,12}\.\d{1,9}", re.ASCII)


class NotYetError(Exception):
    """Not now, but at the moment given."""

    def __init__(self, until: float) -> None:
        super().__init__(until)
        self.until = until


class LostClaimError(Exception):
    """Another process has taken over the row."""


class UnconfirmedError(Exception):
    """Slack may have posted the message, and there is no way to know; it is not posted again."""


class SearchError(Exception):
    """The message could not be looked for; the cause is what the call raised."""


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message is."""

    channel: str
    ts: str


class PostOnce:
    """`timeout_seconds` is how long a call to Slack may take."""

    def __init__(
        self, deliveries: Deliveries, now: Callable[[], float], timeout_seconds: float
    ) -> None:
        self._deliveries = deliveries
        self._now = now
        self._timeout_seconds = timeout_seconds

    def look(self, delivery: Delivery, by: Installation) -> Posted | None:
        """The message that an earlier call posted; None if there is none, so that one may post.

        Raises NotYetError, UnconfirmedError or SearchError.
        """
        if delivery.called_at is None:
            return None
        if not by.reads_history(delivery.channel):
            raise UnconfirmedError
        try:
            found = self._in_history(delivery, delivery.called_at, by)
        except NETWORK as error:
            if trouble(error) is Trouble.CONFIGURATION:  # the scopes have been taken back
                raise UnconfirmedError from error
            raise SearchError from error
        if found is None and not may_repeat(delivery.called_at, self._now()):
            raise NotYetError(next_look(delivery.called_at, self._now()))
        return found

    def post(self, delivery: Delivery, by: Installation, message: Mapping[str, Any]) -> Posted:
        """Post a message that `look` has not found. Raises LostClaimError or a NETWORK error."""
        with self._call(delivery):
            answer = by.client.chat_postMessage(
                channel=delivery.channel, **message, metadata=mark(EVENT, delivery=delivery.id)
            )
            return Posted(str(answer["channel"]), _ts(answer["ts"]))

    def edit(
        self, delivery: Delivery, by: Installation, ts: str, message: Mapping[str, Any]
    ) -> None:
        """Change a message; the row says if Slack may still do so later.

        Raises LostClaimError or a NETWORK error.
        """
        with self._call(delivery):
            by.client.chat_update(channel=delivery.channel, ts=ts, **message)

    @contextmanager
    def _call(self, delivery: Delivery) -> Iterator[None]:
        """Around a call: `called_at` is kept unless Slack says that it did nothing."""
        if not self._deliveries.begin_call(delivery, self._timeout_seconds):
            raise LostClaimError
        try:
            with readable():
                yield
        except NETWORK as error:
            if trouble(error) is not Trouble.UNSURE:
                self._deliveries.end_call(delivery)
            raise

    def _in_history(self, delivery: Delivery, called_at: float, by: Installation) -> Posted | None:
        oldest = min(called_at, self._now()) - CLOCK_SKEW_SECONDS
        cursor = ""
        while True:
            with readable():
                answer = by.client.conversations_history(
                    channel=delivery.channel,
                    oldest=f"{oldest:.6f}",
                    include_all_metadata=True,
                    limit=PAGE_MESSAGES,
                    cursor=cursor,
                )
                for message in answer["messages"]:
                    if is_marked(message, EVENT, delivery=delivery.id):
                        return Posted(delivery.channel, _ts(message["ts"]))
                cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None


def _ts(value: object) -> str:
    if not isinstance(value, str) or not _TS.fullmatch(value):
        raise UnreadableResponseError
    return value
