"""What every listener goes through: it is timed, counted and logged, and its failure is told."""

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

DONE, BROKEN, AWAY = "done", "broken", "database away"
"""Outcomes of requests of which there is nothing more precise to say."""
MESSAGES = ("app_mention", "message")
"""Events that a person waits for an answer to."""


class Serving:
    """Wraps handlers for Bolt. A handler may return the outcome of a question, or a word."""

    def __init__(self, metrics: Metrics, outbox: Outbox, workspaces: ManyWorkspaces | None) -> None:
        self._outbox = outbox
        self._metrics = metrics
        self._workspaces = workspaces

    def lazily(
        self, kind: str, handler: Callable[..., Any], by_person: bool = True
    ) -> Callable[[Args], None]:
        """The handler as a lazy listener, which works after the acknowledgement.

        `by_person` leaves out payloads that do not say who it was, and where.
        """

        def run(args: Args) -> None:
            if by_person and not is_of_somebody(args.body):
                log.info("nobody's payload", extra={"kind": kind, "team": team(args.body)})
                return
            self._note_home(args)
            respond = Responder(self._outbox, args.client, args.body)
            worked = self._serve(kind, args.body, _given(handler, args, respond))
            if not worked and (kind in MESSAGES or text(args.body, "response_url")):
                say(respond, messages.BROKEN)

        run.__name__ = handler.__name__
        return run

    def promptly(self, kind: str, handler: Callable[..., Any]) -> Callable[[Args], None]:
        """A handler that acknowledges by itself."""

        def run(args: Args) -> None:
            respond = Responder(self._outbox, args.client, args.body)
            if not self._serve(kind, args.body, _given(handler, args, respond)):
                args.ack()

        run.__name__ = handler.__name__
        return run

    def at_once(self, kind: str, handler: Callable[..., Any]) -> Callable[[Ack, Payload], None]:
        """The handler of a command that is answered by its acknowledgement."""

        def run(ack: Ack, command: Payload) -> None:
            if not self._serve(kind, command, lambda: handler(ack, command)):
                ack(response_type="ephemeral", text=messages.BROKEN)

        run.__name__ = handler.__name__
        return run

    def _note_home(self, args: Args) -> None:
        """Whatever a listener begins, the clock will find the installation to end it with."""
        of, owner = team(args.body), organization(args.body)
        if self._workspaces and of and owner and args.context.bot_token:
            home = Membership(owner, is_org_wide(args.body))
            self._workspaces.note_home(of, home)

    def _serve(self, kind: str, body: Payload, handle: Callable[[], Any]) -> bool:
        """Whether the handler came to its end."""
        told: dict[str, Any] = {"kind": kind, "team": team(body)}
        worked = False
        began = time.perf_counter()
        try:
            outcome = self._outcome(kind, handle())
            worked = True
        except NETWORK as error:
            outcome = trouble(error).value
            told["error"] = reason(error)
            if trouble(error) in (Trouble.BUG, Trouble.UNKNOWN):
                log.exception("Slack refused what we sent", extra=told)
        except Exception as error:
            outcome = AWAY if is_away(error) else BROKEN
            if outcome == BROKEN:
                log.exception("listener failed", extra=told)
        told |= {"outcome": outcome, "seconds": time.perf_counter() - began}
        self._metrics.served(kind, outcome, told["seconds"])
        log.info("served", extra=told)
        return worked

    def _outcome(self, kind: str, result: object) -> str:
        if isinstance(result, Outcome):
            self._metrics.asked(kind, result.value)
            return result.value
        return str(result or DONE)


def _given(handler: Callable[..., Any], args: Args, respond: Responder) -> Callable[[], Any]:
    """The handler with what its parameters name; `respond` is ours, not Bolt's."""
    names = inspect.signature(handler).parameters
    return partial(
        handler, **{name: respond if name == "respond" else getattr(args, name) for name in names}
    )
