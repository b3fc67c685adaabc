"""Emoji below a message, which need an optional scope; without it there are none."""

from __future__ import annotations

import logging

from slack_sdk import WebClient

from bot.slack.errors import NETWORK, reason

log = logging.getLogger(__name__)

THUMBS_UP = "+1"
_ALREADY_THERE = "already_reacted"


def react(client: WebClient, channel: str, ts: str, name: str) -> bool:
    """Add our emoji to a message; whether it is there now.

    https://docs.slack.dev/reference/methods/reactions.add
    """
    try:
        client.reactions_add(channel=channel, timestamp=ts, name=name)
    except NETWORK as error:
        log.info("could not add a reaction", extra={"error": reason(error)})
        return reason(error) == _ALREADY_THERE
    return True
