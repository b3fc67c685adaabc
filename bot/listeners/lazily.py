"""Work after the acknowledgement. Bolt only prints what it raises; here it is told."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable
from typing import Any

from slack_bolt.kwargs_injection import Args

from bot import messages
from bot.listeners.payload import team, text

log = logging.getLogger(__name__)


def lazily(handler: Callable[..., Any]) -> Callable[[Args], None]:
    """The handler as a lazy listener: what breaks is logged, and said to whoever waits."""
    names = tuple(inspect.signature(handler).parameters)

    def run(args: Args) -> None:
        try:
            handler(**{name: getattr(args, name) for name in names})
        except Exception:
            kind = text(args.body, "command") or text(args.body, "type") or "request"
            log.exception("listener failed: team=%s kind=%s", team(args.body), kind)
            if text(args.body, "response_url"):
                args.respond(messages.BROKEN, response_type="ephemeral", replace_original=False)

    run.__name__ = handler.__name__
    return run
