"""What Slack knows about a person."""

from __future__ import annotations

import logging

from slack_sdk import WebClient

from bot.listeners.payload import text
from bot.quiz.wording import UnreadableError, read_zone
from bot.slack.errors import NETWORK, reason

log = logging.getLogger(__name__)

FALLBACK = "UTC"


def time_zone(client: WebClient, user: str) -> str:
    """A person's time zone, or UTC where Slack does not tell it.

    https://docs.slack.dev/reference/methods/users.info
    """
    try:
        answer = client.users_info(user=user)
        return read_zone(text(answer.data, "user", "tz"))
    except UnreadableError:
        return FALLBACK
    except NETWORK as error:
        log.warning("no time zone to be had", extra={"error": reason(error)})
        return FALLBACK
