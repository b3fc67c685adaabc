"""Opening a modal, and reading what was typed into it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient

from bot.listeners.payload import Payload, team, text
from bot.listeners.replies import Responder, say
from bot.slack.errors import NETWORK, reason

log = logging.getLogger(__name__)


def open_modal(
    body: Payload, client: WebClient, respond: Responder, view: Mapping[str, Any], failed: str
) -> None:
    """Open a modal at once, because a trigger expires in three seconds; `failed` says it didn't.

    After a press in a modal it comes on top: https://docs.slack.dev/surfaces/modals#updating_views
    """
    show = client.views_push if is_in_modal(body) else client.views_open
    try:
        show(trigger_id=text(body, "trigger_id"), view=dict(view))
    except NETWORK as error:
        log.warning("a form did not open", extra={"team": team(body), "error": reason(error)})
        say(respond, failed)


def is_in_modal(body: Payload) -> bool:
    """Whether something in a modal was pressed; another one then comes on top of it."""
    return text(body, "view", "type") == "modal"


def typed(body: Payload, input_id: str) -> str:
    """What was typed into an input whose block and element have the same ID."""
    return text(body, "view", "state", "values", input_id, input_id, "value").strip()


def chosen(body: Payload, input_id: str) -> str:
    """The value of the option that was chosen there."""
    path = ("view", "state", "values", input_id, input_id, "selected_option", "value")
    return text(body, *path)


def about(body: Payload) -> str:
    """What the submitted modal is about."""
    return text(body, "view", "private_metadata")
