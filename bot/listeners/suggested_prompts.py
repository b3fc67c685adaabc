"""Prompts in the direct messages, where a workspace has Slack's agent view."""

from __future__ import annotations

import logging

from slack_sdk import WebClient

from bot import messages
from bot.slack.errors import NETWORK, reason
from bot.store import Store

log = logging.getLogger(__name__)

REST_SECONDS = 3600.0
"""After a refusal, which is what workspaces without the agent view or the scope answer."""
_TITLE = "Try one of these"


class SuggestedPrompts:
    """Offers prompts. Errors are logged and otherwise ignored."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rests_until: dict[str, float] = {}

    def offer(self, client: WebClient, team: str, channel: str) -> None:
        """Without `thread_ts`, which agents must not send.

        https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts
        """
        now = self._store.now()
        if now < self._rests_until.get(team, 0.0):
            return
        prompts = [{"title": example, "message": example} for example in messages.EXAMPLES]
        arguments = {"channel_id": channel, "title": _TITLE, "prompts": prompts}
        try:
            client.api_call("assistant.threads.setSuggestedPrompts", json=arguments)
        except NETWORK as error:
            log.info("could not suggest prompts", extra={"team": team, "error": reason(error)})
            self._rests_until[team] = now + REST_SECONDS
