"""Mentions and direct messages. Events are acknowledged first and answered in lazy listeners."""

from __future__ import annotations

import contextlib
import logging
from typing import Any

from slack_sdk import WebClient

from bot.answering import Answering, Asked
from bot.listeners.payload import Payload, is_from_person, own_user, team, text
from bot.listeners.practice import Practice
from bot.lookups import Lookups
from bot.slack.mrkdwn import received
from bot.store import Conversation, Store, StoreError

log = logging.getLogger(__name__)


class Events:
    def __init__(
        self,
        answering: Answering,
        store: Store,
        lookups: Lookups,
        practice: Practice,
        command: str,
    ) -> None:
        self._answering = answering
        self._store = store
        self._lookups = lookups
        self._practice = practice
        self._command = command

    def handle_mention(self, body: Payload, event: Payload, client: WebClient) -> None:
        """Answer in the mention's thread, or open one."""
        self._answer(body, event, client, text(event, "thread_ts") or text(event, "ts"))

    def handle_message(self, body: Payload, event: Payload, client: WebClient) -> None:
        """Answer a direct message; in a thread if it was written in one."""
        if text(event, "channel_type") == "im":
            self._answer(body, event, client, text(event, "thread_ts"))

    def _answer(self, body: Payload, event: Payload, client: WebClient, thread: str) -> None:
        channel = text(event, "channel")
        if not channel or not is_from_person(event):
            return
        conversation = Conversation(team(body), channel, thread)
        previous = None
        try:
            if not self._store.claim("event", text(body, "event_id")):
                return
            previous = self._store.previous_question(conversation)
        except StoreError as error:  # an answer needs no database
            log.error("the database is away: %s team=%s", type(error).__name__, team(body))
        asked = Asked(
            text=received(text(event, "text").replace(f"<@{own_user(body)}>", " ")),
            user=text(event, "user"),
            command=self._command,
            previous=previous,
        )
        where: dict[str, Any] = {"thread_ts": thread} if thread else {}
        first, _, rest = asked.text.strip().partition(" ")
        if first.lower() == "practice" and text(event, "channel_type") == "im":
            message = self._practice.answer(conversation.team, asked.user, rest.strip(), client)
            client.chat_postMessage(channel=channel, **where, **message.payload())
            return
        reply = self._answering.reply(asked)
        client.chat_postMessage(channel=channel, **where, **reply.message.payload())
        if reply.question and reply.fact:
            self._lookups.note(conversation.team, asked.user, reply.fact)
        if reply.question:
            with contextlib.suppress(StoreError):
                self._store.remember_question(conversation, reply.question)


def ignore() -> None:
    """Nothing to do: Slack only wants its event accepted."""
