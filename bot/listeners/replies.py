"""Answers through the `response_url` of whoever typed or pressed."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from slack_bolt import Respond
from slack_sdk.webhook import WebhookResponse

from bot.slack.errors import NETWORK, reason
from bot.views.card import sentence
from bot.views.message import Message

log = logging.getLogger(__name__)

WAITS = (1.0, 2.0, 4.0)
"""Seconds before another try."""
OK, USED_UP = 200, (404, 410)


def reply(respond: Respond, message: Message, replace: bool = False) -> bool:
    """Show a message to one person, in place of the one pressed or beside it; whether it worked.

    If Slack does not say whether it took it, it is sent again: better twice than never, as nobody
    else sees it.
    """
    kind: dict[str, Any] = {} if replace else {"response_type": "ephemeral"}
    send = partial(respond, replace_original=replace, **kind)
    return _sent(lambda: send(**message.payload()), WAITS)


def show_all(respond: Respond, message: Message) -> bool:
    """Show a message to everybody; whether it worked. It is not sent again."""
    send = partial(respond, response_type="in_channel", replace_original=False)
    return _sent(lambda: send(**message.payload()), ())


def say(respond: Respond, text: str) -> bool:
    return reply(respond, sentence(text))


def _sent(send: Callable[[], WebhookResponse], waits: Sequence[float]) -> bool:
    """Send, again after each wait if need be; a bad answer of Slack's is logged."""
    for wait in (*waits, None):
        try:
            answer = send()
        except (*NETWORK, ValueError) as error:  # ValueError: there is no address to answer to
            told = {"error": reason(error)}
        else:
            told = {"status": str(answer.status_code)}
            if answer.status_code == OK:
                return True
            if answer.status_code in USED_UP:
                break
        if wait is not None:
            time.sleep(wait)
    log.warning("an answer was not taken", extra=told)
    return False
