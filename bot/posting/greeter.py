"""Greet people once: whoever installs the bot, and whoever opens its direct messages."""

from __future__ import annotations

import logging

from bot.slack.errors import NETWORK, reason
from bot.slack.replying import Client
from bot.store import Store, StoreError
from bot.store.replies import Audience, OutgoingReply
from bot.views.welcome import welcome

log = logging.getLogger(__name__)


class Greeter:
    """Stores greetings, which any serving process then sends."""

    def __init__(self, store: Store, facts: int, command: str) -> None:
        self._store = store
        self._facts = facts
        self._command = command

    def greet_installer(self, team: str, user: str) -> None:
        """Welcome a person by direct message. An installation never fails because of that."""
        try:
            if self._store.greetings.add(team, user):
                self._send(team, user, user)
        except StoreError as error:
            log.error(
                "could not greet a person", extra={"team": team, "error": type(error).__name__}
            )

    def greet_visitor(self, client: Client, team: str, user: str, channel: str) -> None:
        """Welcome a person who opens their direct messages, unless we have talked before."""
        if self._store.greetings.add(team, user) and not _has_messages(client, team, channel):
            self._send(team, user, channel)

    def _send(self, team: str, user: str, channel: str) -> None:
        now = self._store.now()
        message = welcome(self._facts, self._command).payload()
        reply = OutgoingReply(team, user, channel, "", message, Audience.EVERYONE, now)
        self._store.replies.add(reply, now)


def _has_messages(client: Client, team: str, channel: str) -> bool:
    """Whether a conversation has begun; if Slack doesn't say, we assume that it hasn't."""
    try:
        found = client.conversations_history(channel=channel, limit=1)
    except NETWORK as error:
        log.warning("no history", extra={"team": team, "error": reason(error)})
        return False
    return bool(found.get("messages"))
