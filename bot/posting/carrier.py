"""Carry one claimed message to its end, whatever Slack answers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from bot.slack.courier import LostClaimError, SearchError, UnconfirmedError
from bot.slack.errors import NETWORK, Trouble, reason, retry_after, trouble
from bot.slack.installations import Installation, Installations
from bot.slack.pace import Pace
from bot.store import Store
from bot.store.deliveries import Delivery
from bot.store.people import REMINDER
from bot.store.postings import COUNT, QUESTION, REVEAL

log = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 1 / 12, 2 / 3
"""Leases before another try; doubled after each. A dead clock's try counts, so not for long."""
RATE_WAIT = 5.0
"""Seconds to wait after a 429 that does not say how long."""
GIVE_UP = 3 * 86_400.0
"""Seconds after which a message is of no use to anybody."""
_OF_QUIZ = (QUESTION, REVEAL, COUNT)
_ABOUT_TOKENS = (Trouble.INSTALLATION_GONE, Trouble.TOKEN_ENDED)

Send = Callable[[Delivery, Installation], str]
"""Sends a message and says in a word or two what came of it."""


class PostponedError(Exception):
    """Not now, but at the moment given."""

    def __init__(self, until: float) -> None:
        super().__init__(until)
        self.until = until


class Carrier:
    def __init__(
        self,
        store: Store,
        installations: Installations,
        kinds: Mapping[str, Send],
        pace: Pace,
    ) -> None:
        self._store = store
        self._installations = installations
        self._kinds = kinds
        self._now = store.now
        self._pace = pace

    def carry(self, delivery: Delivery) -> None:
        """Send a message, or see to it that it is sent later or given up."""
        deliveries = self._store.deliveries
        unsure = delivery.called_at is not None
        try:
            outcome = self._send(delivery)
        except PostponedError as postponed:
            deliveries.retry(delivery, postponed.until, unsure)
        except LostClaimError:
            log.warning("claim lost", extra={"team": delivery.team, "kind": delivery.kind})
        except UnconfirmedError:
            log.error("unconfirmed", extra={"team": delivery.team, "kind": delivery.kind})
            deliveries.finish(delivery, "unconfirmed")
        except SearchError as search:
            cause = search.__cause__
            self._fail(delivery, cause if isinstance(cause, Exception) else search, unsure)
        except NETWORK as error:
            self._fail(delivery, error, trouble(error) is Trouble.UNSURE)
        except Exception:
            log.exception("delivery failed", extra={"team": delivery.team, "kind": delivery.kind})
            deliveries.retry(delivery, self._next_try(delivery), unsure=True)
        else:
            deliveries.finish(delivery, outcome)

    def _send(self, delivery: Delivery) -> str:
        if self._now() > delivery.due_at + GIVE_UP:
            return "gave up"
        posts = delivery.kind not in (COUNT, REVEAL)
        until = self._pace.wait_until(delivery.team, delivery.channel if posts else None)
        if until is not None:
            raise PostponedError(until)
        try:
            installation = self._installations.find(delivery.team)
        except NETWORK as error:
            raise SearchError from error
        if installation is None:
            self._store.subscriptions.pause_team(delivery.team, "not installed")
            return "not installed"
        return self._kinds[delivery.kind](delivery, installation)

    def _fail(self, delivery: Delivery, error: Exception, unsure: bool) -> None:
        """Draw the consequences of a failed call; see the classes of `bot.slack.errors`."""
        kind, why = trouble(error), reason(error)
        told = {"team": delivery.team, "kind": delivery.kind, "error": why}
        log.warning("Slack refused a message", extra=told)
        renewed = kind in _ABOUT_TOKENS and self._installations.renewed(delivery.team)
        if renewed or kind in (Trouble.LATER, Trouble.UNSURE, Trouble.TOKEN_ENDED):
            until = self._next_try(delivery)
            if kind is Trouble.LATER:
                until = self._now() + (retry_after(error) or RATE_WAIT)
                self._pace.rest(delivery.team, until)
            self._store.deliveries.retry(delivery, until, unsure)
            return
        if kind is Trouble.INSTALLATION_GONE:
            self._store.subscriptions.pause_team(delivery.team, why)
        elif delivery.kind in _OF_QUIZ and kind in (Trouble.CHANNEL_GONE, Trouble.CONFIGURATION):
            self._store.subscriptions.pause(delivery.team, delivery.channel, why)
        elif delivery.kind == REMINDER and kind is not Trouble.BUG:
            user = delivery.subject.split(":")[1]
            self._store.people.change_known(delivery.team, user, reminded=False)
        if kind in (Trouble.BUG, Trouble.CONFIGURATION):
            log.error("a message is given up", extra=told)
        self._store.deliveries.finish(delivery, why)

    def _next_try(self, delivery: Delivery) -> float:
        wait = FIRST_WAIT * 2.0 ** min(delivery.attempts - 1, 5)
        return self._now() + min(wait, LONGEST_WAIT) * self._store.deliveries.lease
