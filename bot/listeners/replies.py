"""Answers to the person who typed or pressed, which nobody else sees."""

from __future__ import annotations

import logging

from slack_bolt import Respond

from bot.views.card import sentence
from bot.views.message import Message

log = logging.getLogger(__name__)


def reply(respond: Respond, message: Message, replace: bool = False) -> bool:
    """Show a message to one person, in place of the one pressed or beside it; whether it worked.

    A failed answer is logged: `respond` itself raises nothing.
    """
    answer = respond(response_type="ephemeral", replace_original=replace, **message.payload())
    if answer.status_code != 200:
        log.warning("response_url: %s", answer.status_code)
    return answer.status_code == 200


def say(respond: Respond, text: str) -> None:
    reply(respond, sentence(text))
