"""Mentions and direct messages. Events are acknowledged first and answered in lazy listeners."""

from __future__ import annotations

import contextlib
import logging
from typing import Any

from slack_sdk import WebClient

from bot.answering import Answering, Asked
from bot.commands import Command, read_command
from bot.listeners.activities import Activities
from bot.listeners.origin import Origin
from bot.listeners.payload import Payload, ident, is_direct, is_from_person, team, text
from bot.listeners.seen import Seen
from bot.lookups import Lookups
from bot.slack.incoming import read_message
from bot.slack.replying import Place, post_once
from bot.store import Conversation, Store, StoreError

log = logging.getLogger(__name__)

IGNORED, REPEATED = "ignored", "repeated"
"""Outcomes of events that nobody is to be answered."""
AWAY = "the database is away"


class Events:
    def __init__(
        self,
        answering: Answering,
        store: Store,
        lookups: Lookups,
        activities: Activities,
        command: str,
    ) -> None:
        self._answering = answering
        self._store = store
        self._lookups = lookups
        self._activities = activities
        self._command = command
        self._seen = Seen()

    def handle_mention(self, body: Payload, event: Payload, client: WebClient) -> Any:
        """Answer in the mention's thread, or open one."""
        return self._answer(body, event, client, ident(event, "thread_ts") or ident(event, "ts"))

    def handle_message(self, body: Payload, event: Payload, client: WebClient) -> Any:
        """Answer a direct message; in a thread if it was written in one."""
        if text(event, "channel_type") != "im":
            return IGNORED
        return self._answer(body, event, client, ident(event, "thread_ts"))

    def _answer(self, body: Payload, event: Payload, client: WebClient, thread: str) -> Any:
        channel = ident(event, "channel")
        if not channel or not is_from_person(event):
            return IGNORED
        conversation = Conversation(team(body), channel, thread)
        if not self._is_new(conversation.team, ident(body, "event_id")):
            return REPEATED
        asked = Asked(
            text=read_message(text(event, "text")),
            user=ident(event, "user"),
            command=self._command,
            previous=self._previous(conversation),
        )
        place = Place(channel, thread, asked.user, ident(event, "ts"))
        command = read_command(asked.text, self._command)
        if command and command.is_activity:
            self._carry_out(command, conversation.team, place, event, client)
            return None
        reply = self._answering.reply(asked)
        post_once(client, place, reply.message.payload())
        if reply.question and reply.fact:
            self._lookups.note(conversation.team, asked.user, reply.fact)
        if reply.question:
            with contextlib.suppress(StoreError):
                self._store.remember_question(conversation, reply.question, asked.user)
        return reply.outcome

    def _carry_out(
        self, command: Command, of: str, place: Place, event: Payload, client: WebClient
    ) -> None:
        """Do what was typed, and say so: in the thread, or what is personal to the person alone."""
        origin = Origin(of, place.channel, place.user, self._command)
        message = self._activities.carry_out(command, origin, client)
        if message is None:
            return
        if command.is_personal and not is_direct(place.channel):
            # Only a thread that has replies shows a message to one person.
            # https://docs.slack.dev/reference/methods/chat.postEphemeral
            thread = ident(event, "thread_ts") or None
            client.chat_postEphemeral(
                channel=place.channel, user=place.user, thread_ts=thread, **message.payload()
            )
        else:
            post_once(client, place, message.payload())

    def _is_new(self, of: str, event_id: str) -> bool:
        """Whether nobody has begun to answer an event; without the database, no thread of ours."""
        if not self._seen.add(event_id):
            return False
        try:
            return self._store.claim("event", event_id)
        except StoreError as error:  # an answer needs no database
            log.error(AWAY, extra={"team": of, "error": type(error).__name__})
            return True

    def _previous(self, conversation: Conversation) -> str | None:
        with contextlib.suppress(StoreError):
            return self._store.previous_question(conversation)
        return None


def ignore() -> None:
    """Nothing to do: Slack only wants its event accepted."""
