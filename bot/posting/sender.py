"""Take one claimed message to its end, whatever Slack answers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.posting.backoff import retry_wait_seconds
from bot.posting.post_once import LostClaimError, NotYetError, SearchError, UnconfirmedError
from bot.slack.errors import NETWORK, Trouble, reason, retry_after, trouble
from bot.slack.installations import Installation, Installations
from bot.slack.pace import Pace
from bot.store import Store
from bot.store.deliveries import COUNT, QUESTION, REVEAL, Delivery, DeliveryOutcome
from bot.store.people import REMINDER

log = logging.getLogger(__name__)

GIVE_UP_SECONDS = 3 * 86_400.0
"""Seconds after which a message is of no use to anybody."""
TRIES_OF_UNKNOWN_ERROR = 4
"""Tries in a row after which an error that we don't know counts as final."""
_OF_QUIZ = (QUESTION, REVEAL, COUNT)
_FINAL_FOR_QUIZ = (Trouble.CHANNEL_GONE, Trouble.CONFIGURATION, Trouble.UNKNOWN)
_ABOUT_TOKENS = (Trouble.INSTALLATION_GONE, Trouble.TOKEN_ENDED)

Send = Callable[[Delivery, Installation], str]
"""Sends a message of one kind; what came of it, for the row."""


class Sender:
    """`kinds` says how to send each kind of message."""

    def __init__(
        self, store: Store, installations: Installations, kinds: Mapping[str, Send], pace: Pace
    ) -> None:
        self._store = store
        self._installations = installations
        self._kinds = kinds
        self._now = store.now
        self._pace = pace

    def send(self, delivery: Delivery) -> None:
        """Send a message, or see to it that it is sent later or given up."""
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
            error = cause if isinstance(cause, Exception) else search
            self._fail(delivery, error)
        except NETWORK as error:
            if trouble(error) is Trouble.LATER:
                self._pace.rest(delivery.team, self._next_try(delivery, error))
            self._fail(delivery, error)
        except Exception:
            log.exception("delivery failed", extra=about)
            deliveries.retry(delivery, self._next_try(delivery), DeliveryOutcome.BROKEN)
        else:
            deliveries.finish(delivery, outcome)

    def _send(self, delivery: Delivery) -> str:
        if self._now() > delivery.due_at + GIVE_UP_SECONDS:
            return DeliveryOutcome.GAVE_UP
        posts = delivery.kind not in (COUNT, REVEAL)
        until = self._pace.wait_until(delivery.team, delivery.channel if posts else None)
        if until is not None:
            raise NotYetError(until)
        try:
            installation = self._installations.find(delivery.team)
        except NETWORK as error:
            raise SearchError from error
        if installation is None:
            self._store.subscriptions.pause_team(delivery.team, DeliveryOutcome.NOT_INSTALLED)
            return DeliveryOutcome.NOT_INSTALLED
        return self._kinds[delivery.kind](delivery, installation)

    def _fail(self, delivery: Delivery, error: Exception) -> None:
        """Try again, or draw the consequences; see the classes of `bot.slack.errors`."""
        kind, why = trouble(error), reason(error)
        about = {"team": delivery.team, "kind": delivery.kind, "error": why}
        log.warning("Slack refused a message", extra=about)
        renewed = kind in _ABOUT_TOKENS and self._installations.renewed(delivery.team)
        if kind is Trouble.UNKNOWN and delivery.outcome != why:
            delivery = replace(delivery, attempts=1)
        untried = kind is Trouble.UNKNOWN and delivery.attempts < TRIES_OF_UNKNOWN_ERROR
        again = kind in (Trouble.LATER, Trouble.UNSURE, Trouble.TOKEN_ENDED)
        if renewed or untried or again:
            at = self._next_try(delivery, error)
            self._store.deliveries.retry(delivery, at, why, delivery.attempts)
            return
        self._draw_consequences(delivery, kind, why)
        if kind in (Trouble.BUG, Trouble.CONFIGURATION, Trouble.UNKNOWN):
            log.error("a message is given up", extra=about)
        self._store.deliveries.finish(delivery, why)

    def _draw_consequences(self, delivery: Delivery, kind: Trouble, why: str) -> None:
        """Stop what would fail in the same way tomorrow, and plan to tell who set it up."""
        if kind is Trouble.INSTALLATION_GONE:
            self._store.subscriptions.pause_team(delivery.team, why)
        elif delivery.kind in _OF_QUIZ and kind in _FINAL_FOR_QUIZ:
            self._store.subscriptions.pause(delivery.team, delivery.channel, why)
        elif delivery.kind == REMINDER and kind not in (Trouble.BUG, Trouble.UNKNOWN):
            user = delivery.subject.split(":")[1]
            self._store.people.change_known(delivery.team, user, reminded=False)

    def _next_try(self, delivery: Delivery, error: Exception | None = None) -> float:
        """The moment that Slack named, or else one that is further away after each try."""
        named = retry_after(error) if error else None
        lease = self._store.deliveries.lease
        return self._now() + (named or retry_wait_seconds(delivery.attempts, lease))
