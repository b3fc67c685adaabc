"""Wraps every listener: times, counts, and logs it, and tells the person if it fails."""

from __future__ import annotations

import inspect
import logging
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from slack_bolt import Ack
from slack_bolt.kwargs_injection import Args

from bot import messages
from bot.listeners.outcomes import RequestOutcome
from bot.listeners.payload import Payload, is_of_somebody, is_org_wide, organization, team, text
from bot.listeners.replies import Responder, say
from bot.operations.metrics import Metrics
from bot.posting.outbox import Outbox
from bot.slack.errors import NETWORK, Trouble, reason, trouble
from bot.store import is_away
from bot.store.organizations import Membership
from knowledge import Outcome

if TYPE_CHECKING:
    from bot.slack.many import ManyWorkspaces

log = logging.getLogger(__name__)

MESSAGE_EVENTS = ("app_mention", "message")
"""Events whose author is waiting for an answer."""


class Serving:
    """Wraps handlers for Bolt. A handler may return an `Outcome` or a `RequestOutcome`."""

    def __init__(self, metrics: Metrics, outbox: Outbox, workspaces: ManyWorkspaces | None) -> None:
        self._outbox = outbox
        self._metrics = metrics
        self._workspaces = workspaces

    def lazily(
        self, kind: str, handler: Callable[..., Any], by_person: bool = True
    ) -> Callable[[Args], None]:
        """The handler as a lazy listener, which runs after the acknowledgement.

        With `by_person`, payloads that don't name a person and a team are skipped.
        """

        def run(args: Args) -> None:
            if by_person and not is_of_somebody(args.body):
                log.info("payload names no person", extra={"kind": kind, "team": team(args.body)})
                return
            self._remember_membership(args)
            respond = Responder(self._outbox, args.client, args.body)
            worked = self._serve(kind, args.body, _given(handler, args, respond))
            if not worked and (kind in MESSAGE_EVENTS or text(args.body, "response_url")):
                say(respond, messages.BROKEN)

        run.__name__ = handler.__name__
        return run

    def promptly(self, kind: str, handler: Callable[..., Any]) -> Callable[[Args], None]:
        """A handler that acknowledges the request itself."""

        def run(args: Args) -> None:
            respond = Responder(self._outbox, args.client, args.body)
            if not self._serve(kind, args.body, _given(handler, args, respond)):
                args.ack()

        run.__name__ = handler.__name__
        return run

    def at_once(self, kind: str, handler: Callable[..., Any]) -> Callable[[Ack, Payload], None]:
        """The handler of a command whose answer is its acknowledgement."""

        def run(ack: Ack, command: Payload) -> None:
            if not self._serve(kind, command, lambda: handler(ack, command)):
                ack(response_type="ephemeral", text=messages.BROKEN)

        run.__name__ = handler.__name__
        return run

    def _remember_membership(self, args: Args) -> None:
        """Remember the installation, so that the clock can finish what a listener starts."""
        team_id, owner = team(args.body), organization(args.body)
        if self._workspaces and team_id and owner and args.context.bot_token:
            membership = Membership(owner, is_org_wide(args.body))
            self._workspaces.remember_membership(team_id, membership)

    def _serve(self, kind: str, body: Payload, handle: Callable[[], Any]) -> bool:
        """Run a handler. Returns whether it finished without an error."""
        log_fields: dict[str, Any] = {"kind": kind, "team": team(body)}
        worked = False
        began = time.perf_counter()
        try:
            outcome = self._outcome(kind, handle())
            worked = True
        except NETWORK as error:
            outcome = trouble(error).value
            log_fields["error"] = reason(error)
            if trouble(error) in (Trouble.BUG, Trouble.UNKNOWN):
                log.exception("Slack refused what we sent", extra=log_fields)
        except Exception as error:
            outcome = (
                RequestOutcome.DATABASE_UNAVAILABLE if is_away(error) else RequestOutcome.BROKEN
            )
            if outcome is RequestOutcome.BROKEN:
                log.exception("listener failed", extra=log_fields)
        log_fields |= {"outcome": outcome, "seconds": time.perf_counter() - began}
        self._metrics.served(kind, outcome, log_fields["seconds"])
        log.info("served", extra=log_fields)
        return worked

    def _outcome(self, kind: str, result: object) -> str:
        if isinstance(result, Outcome):
            self._metrics.asked(kind, result.value)
            return result.value
        return str(result or RequestOutcome.DONE)


def _given(handler: Callable[..., Any], args: Args, respond: Responder) -> Callable[[], Any]:
    """The handler with the arguments that its parameters name; `respond` is ours, not Bolt's."""
    names = inspect.signature(handler).parameters
    return partial(
        handler, **{name: respond if name == "respond" else getattr(args, name) for name in names}
    )
