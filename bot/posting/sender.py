"""Send one claimed message, whatever Slack answers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.posting.backoff import retry_wait_seconds
from bot.posting.exactly_once import LostClaimError, NotYetError, SearchError, UnconfirmedError
from bot.slack.errors import NETWORK, Trouble, reason, retry_after, trouble
from bot.slack.installations import Installation, Installations
from bot.slack.rate_limits import RateLimiter
from bot.store import Store
from bot.store.deliveries import EDITS, Delivery, DeliveryKind, DeliveryOutcome

log = logging.getLogger(__name__)

GIVE_UP_AFTER_SECONDS = 3 * 86_400.0
"""After this long, a message is of no use to anyone."""
MAX_TRIES_AFTER_UNKNOWN_ERROR = 4
"""Unknown error codes count as final after this many tries in a row."""
_QUIZ_KINDS = (DeliveryKind.QUESTION, DeliveryKind.REVEAL, DeliveryKind.COUNT)
_FINAL_FOR_QUIZ = (Trouble.CHANNEL_GONE, Trouble.CONFIGURATION, Trouble.UNKNOWN)
_TOKEN_ERRORS = (Trouble.INSTALLATION_GONE, Trouble.TOKEN_ENDED)

SendKind = Callable[[Delivery, Installation], DeliveryOutcome]
"""Sends a message of one kind, and returns its outcome."""


class Sender:
    """Sends claimed messages; `send_by_kind` has the function for each DeliveryKind."""

    def __init__(
        self,
        store: Store,
        installations: Installations,
        send_by_kind: Mapping[str, SendKind],
        rate_limiter: RateLimiter,
    ) -> None:
        self._store = store
        self._installations = installations
        self._send_by_kind = send_by_kind
        self._now = store.now
        self._rate_limiter = rate_limiter

    def send(self, delivery: Delivery) -> None:
        """Send a message, or arrange for another try, or give it up.

        Raises only what the database raises.
        """
        deliveries = self._store.deliveries
        about = {"team": delivery.team, "kind": delivery.kind}
        try:
            outcome = self._send(delivery)
        except NotYetError as not_yet:
            deliveries.postpone(delivery, not_yet.until)
        except LostClaimError:
            log.warning("claim lost", extra=about)
        except UnconfirmedError:
            log.error("Slack never confirmed a message; it is not posted again", extra=about)
            deliveries.finish(delivery, DeliveryOutcome.UNCONFIRMED)
        except SearchError as search:
            cause = search.__cause__
            self._handle_error(delivery, cause if isinstance(cause, Exception) else search)
        except NETWORK as error:
            if trouble(error) is Trouble.LATER:
                self._rate_limiter.rest(delivery.team, self._next_try(delivery, error))
            self._handle_error(delivery, error)
        except Exception:
            log.exception("delivery failed", extra=about)
            deliveries.retry(delivery, self._next_try(delivery), DeliveryOutcome.BROKEN)
        else:
            deliveries.finish(delivery, outcome)

    def _send(self, delivery: Delivery) -> DeliveryOutcome:
        if self._now() > delivery.due_at + GIVE_UP_AFTER_SECONDS:
            return DeliveryOutcome.GAVE_UP
        is_post = delivery.kind not in EDITS
        until = self._rate_limiter.wait_until(delivery.team, delivery.channel if is_post else None)
        if until is not None:
            raise NotYetError(until)
        try:
            installation = self._installations.find(delivery.team)
        except NETWORK as error:
            raise SearchError from error
        if installation is None:
            self._store.subscriptions.pause_team(delivery.team, DeliveryOutcome.NOT_INSTALLED)
            return DeliveryOutcome.NOT_INSTALLED
        return self._send_by_kind[delivery.kind](delivery, installation)

    def _handle_error(self, delivery: Delivery, error: Exception) -> None:
        """Schedule another try, or give up; see the classes of `bot.slack.errors`."""
        kind, why = trouble(error), reason(error)
        about = {"team": delivery.team, "kind": delivery.kind, "error": why}
        log.warning("Slack refused a message", extra=about)
        is_renewed = kind in _TOKEN_ERRORS and self._installations.renewed(delivery.team)
        if kind is Trouble.UNKNOWN and delivery.outcome != why:
            delivery = replace(delivery, attempts=1)
        may_be_temporary = (
            kind is Trouble.UNKNOWN and delivery.attempts < MAX_TRIES_AFTER_UNKNOWN_ERROR
        )
        is_temporary = kind in (Trouble.LATER, Trouble.UNSURE, Trouble.TOKEN_ENDED)
        if is_renewed or may_be_temporary or is_temporary:
            at = self._next_try(delivery, error)
            self._store.deliveries.retry(delivery, at, why, delivery.attempts)
            return
        self._stop_repeating(delivery, kind, why)
        if kind in (Trouble.BUG, Trouble.CONFIGURATION, Trouble.UNKNOWN):
            log.error("gave up on a message", extra=about)
        self._store.deliveries.finish(delivery, why)

    def _stop_repeating(self, delivery: Delivery, kind: Trouble, why: str) -> None:
        """Stop what would fail the same way tomorrow; pausing a quiz notifies who set it up."""
        if kind is Trouble.INSTALLATION_GONE:
            self._store.subscriptions.pause_team(delivery.team, why)
        elif delivery.kind in _QUIZ_KINDS and kind in _FINAL_FOR_QUIZ:
            self._store.subscriptions.pause(delivery.team, delivery.channel, why)
        elif delivery.kind == DeliveryKind.REMINDER and kind not in (Trouble.BUG, Trouble.UNKNOWN):
            user = delivery.subject.split(":")[1]
            self._store.people.change_if_known(delivery.team, user, reminded=False)

    def _next_try(self, delivery: Delivery, error: Exception | None = None) -> float:
        """The time that Slack asked for, or else one that is further away after each try."""
        named = retry_after(error) if error else None
        lease = self._store.deliveries.lease_seconds
        return self._now() + (named or retry_wait_seconds(delivery.attempts, lease))
