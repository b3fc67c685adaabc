"""Post a claimed message exactly once, even if processes die or Slack doesn't say what it did.

1. `called_at` is written into the row; then chat.postMessage is called, with the row's id in the
   message's metadata.
2. Slack answers with the message's `ts`, which the caller stores at once.
3. If no answer comes, `called_at` stays in the row. Whoever claims the row next looks for the
   message by its metadata until `unknown_outcome.may_repeat` says so; then back to 1.

If the token can't read the history, nobody knows what the call did, and it is never repeated: the
message is lost unless somebody presses one of its buttons.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.slack.errors import NETWORK, Trouble, UnreadableResponseError, readable, trouble
from bot.slack.installations import Installation
from bot.slack.message_metadata import build_metadata, has_metadata
from bot.slack.unknown_outcome import may_repeat, next_look
from bot.store.deliveries import Delivery, DeliveryQueue

EVENT = "factbot_delivery"
CLOCK_SKEW_SECONDS = 60
"""How far Slack's clock may be behind ours."""
PAGE_MESSAGES = 100
_TS = re.compile(r"\d{1,12}\.\d{1,9}", re.ASCII)


class NotYetError(Exception):
    """It is too early; come back at `until` (seconds since 1970)."""

    def __init__(self, until: float) -> None:
        super().__init__(until)
        self.until = until


class LostClaimError(Exception):
    """Another process has claimed the row."""


class UnconfirmedError(Exception):
    """Slack may have posted the message, and we can't find out, so we don't post it again."""


class SearchError(Exception):
    """We couldn't look for the message; the cause is what the call raised."""


@dataclass(frozen=True, slots=True)
class PostedMessage:
    """Where a message is."""

    channel: str
    ts: str


class ExactlyOncePoster:
    """Posts and edits claimed messages; a call to Slack may take `timeout_seconds`."""

    def __init__(
        self, deliveries: DeliveryQueue, now: Callable[[], float], timeout_seconds: float
    ) -> None:
        self._deliveries = deliveries
        self._now = now
        self._timeout_seconds = timeout_seconds

    def find(
        self, delivery: Delivery, installation: Installation, thread: str = ""
    ) -> PostedMessage | None:
        """The message that an earlier call posted; None if it is safe to post now.

        `thread` is the `ts` of the message that it replies to. Raises NotYetError,
        UnconfirmedError or SearchError.
        """
        if delivery.called_at is None:
            return None
        if not installation.reads_history(delivery.channel):
            raise UnconfirmedError
        try:
            found = self._in_history(delivery, delivery.called_at, installation, thread)
        except NETWORK as error:
            if trouble(error) is Trouble.CONFIGURATION:  # a scope was revoked
                raise UnconfirmedError from error
            raise SearchError from error
        if found is None and not may_repeat(delivery.called_at, self._now()):
            raise NotYetError(next_look(delivery.called_at, self._now()))
        return found

    def post(
        self, delivery: Delivery, installation: Installation, message: Mapping[str, Any]
    ) -> PostedMessage:
        """Post a message that `find` didn't find; a `thread_ts` in it makes it a reply.

        Raises LostClaimError or a NETWORK error.
        """
        with self._call(delivery):
            answer = installation.client.chat_postMessage(
                channel=delivery.channel,
                **message,
                metadata=build_metadata(EVENT, delivery=delivery.id),
            )
            return PostedMessage(str(answer["channel"]), _ts(answer["ts"]))

    def post_once(
        self, delivery: Delivery, installation: Installation, message: Mapping[str, Any]
    ) -> PostedMessage:
        """The message: found, or else posted. Raises what `find` and `post` raise."""
        return self.find(delivery, installation) or self.post(delivery, installation, message)

    def edit(
        self, delivery: Delivery, installation: Installation, ts: str, message: Mapping[str, Any]
    ) -> None:
        """Edit a message; while Slack may still carry that out, the row's `called_at` stays set.

        Raises LostClaimError or a NETWORK error.
        """
        with self._call(delivery):
            installation.client.chat_update(channel=delivery.channel, ts=ts, **message)

    @contextmanager
    def _call(self, delivery: Delivery) -> Iterator[None]:
        """Around a call: `called_at` stays set unless Slack says that it did nothing."""
        if not self._deliveries.begin_call(delivery, self._timeout_seconds):
            raise LostClaimError
        try:
            with readable():
                yield
        except NETWORK as error:
            if trouble(error) is not Trouble.UNSURE:
                self._deliveries.end_call(delivery)
            raise

    def _in_history(
        self, delivery: Delivery, called_at: float, installation: Installation, thread: str
    ) -> PostedMessage | None:
        oldest = min(called_at, self._now()) - CLOCK_SKEW_SECONDS
        client = installation.client
        look = (
            partial(client.conversations_replies, ts=thread)
            if thread
            else client.conversations_history
        )
        cursor = ""
        while True:
            with readable():
                answer = look(
                    channel=delivery.channel,
                    oldest=f"{oldest:.6f}",
                    include_all_metadata=True,
                    limit=PAGE_MESSAGES,
                    cursor=cursor,
                )
                for message in answer["messages"]:
                    if has_metadata(message, EVENT, delivery=delivery.id):
                        return PostedMessage(delivery.channel, _ts(message["ts"]))
                cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None


def _ts(value: object) -> str:
    if not isinstance(value, str) or not _TS.fullmatch(value):
        raise UnreadableResponseError
    return value
