"""People's time zones, as Slack knows them."""

from __future__ import annotations

import logging

from slack_sdk import WebClient

from bot.listeners.payload import text
from bot.quiz.wording import UnreadableError, read_zone
from bot.slack.errors import NETWORK, reason

log = logging.getLogger(__name__)

FALLBACK = "UTC"


def time_zone(client: WebClient, user: str) -> str:
    """A person's time zone, or UTC if Slack doesn't say.

    https://docs.slack.dev/reference/methods/users.info
    """
    try:
        answer = client.users_info(user=user)
        return read_zone(text(answer.data, "user", "tz"))
    except UnreadableError:
        return FALLBACK
    except NETWORK as error:
        log.warning("could not get a time zone", extra={"error": reason(error)})
        return FALLBACK
