"""Mentions and direct messages. Events are acknowledged first and answered in lazy listeners."""

from __future__ import annotations

import contextlib
import logging
from functools import partial
from typing import Any

from slack_sdk import WebClient

from bot.answers.answering import Answering, IncomingText
from bot.answers.commands import read_command
from bot.answers.lookups import Lookups
from bot.listeners.activities import Activities
from bot.listeners.origin import Origin
from bot.listeners.outcomes import RequestOutcome
from bot.listeners.payload import Payload, ident, is_direct, is_from_person, team, text
from bot.listeners.seen import Seen
from bot.posting.outbox import Outbox
from bot.slack.incoming import read_message
from bot.store import Conversation, Store, StoreError
from bot.store.replies import Audience, OutgoingReply
from bot.views.message import Message

log = logging.getLogger(__name__)

MAX_EVENT_AGE_SECONDS = 600.0
"""After an outage, Slack repeats events for up to a day; by then nobody is waiting for an answer.

https://docs.slack.dev/apis/events-api/#delayed-events
"""


class Events:
    """Answers mentions and direct messages, each message once."""

    def __init__(
        self,
        answering: Answering,
        store: Store,
        lookups: Lookups,
        activities: Activities,
        outbox: Outbox,
        command: str,
    ) -> None:
        self._answering = answering
        self._store = store
        self._lookups = lookups
        self._activities = activities
        self._outbox = outbox
        self._command = command
        self._seen = Seen()

    def handle_mention(self, body: Payload, event: Payload, client: WebClient) -> Any:
        """Answer in the mention's thread, or start one."""
        return self._answer(body, event, client, ident(event, "thread_ts") or ident(event, "ts"))

    def handle_message(self, body: Payload, event: Payload, client: WebClient) -> Any:
        """Answer a direct message; in a thread if it was written in one."""
        if text(event, "channel_type") != "im":
            return RequestOutcome.IGNORED
        return self._answer(body, event, client, ident(event, "thread_ts"))

    def _answer(self, body: Payload, event: Payload, client: WebClient, thread: str) -> Any:
        channel = ident(event, "channel")
        if not channel or not is_from_person(event):
            return RequestOutcome.IGNORED
        conversation = Conversation(team(body), channel, thread)
        if self._is_too_old(body):
            return RequestOutcome.TOO_OLD
        if not self._is_new(body, conversation):
            return RequestOutcome.REPEATED
        incoming = IncomingText(
            text=read_message(text(event, "text")),
            user=ident(event, "user"),
            command=self._command,
            last_fact=self._last_fact(conversation),
        )
        post = partial(self._post, client, conversation, event)
        command = read_command(incoming.text, self._command)
        if command and command.is_activity:
            origin = Origin(conversation.team, channel, incoming.user, self._command)
            if message := self._activities.carry_out(command, origin, client):
                is_private = command.is_personal and not is_direct(channel)
                post(message, Audience.PERSON if is_private else Audience.EVERYONE)
            return None
        reply = self._answering.reply(incoming)
        post(reply.message)
        if reply.question and reply.fact:
            self._lookups.note(conversation.team, incoming.user, reply.fact)
        with contextlib.suppress(StoreError):
            self._store.remember_answer(conversation, reply.fact or "", incoming.user)
        return reply.outcome

    def _post(
        self,
        client: WebClient,
        where: Conversation,
        event: Payload,
        message: Message,
        audience: Audience = Audience.EVERYONE,
    ) -> None:
        """Answer a message, or only its author; the message's ts identifies the reply."""
        reply = OutgoingReply(
            team=where.team,
            user=ident(event, "user"),
            channel=where.channel,
            thread=where.thread,
            message=message.payload(),
            audience=audience,
            created_at=self._outbox.now(),
            mark=ident(event, "ts"),
        )
        self._outbox.send(client, reply)

    def _is_too_old(self, body: Payload) -> bool:
        sent_at = body.get("event_time")
        if not isinstance(sent_at, int | float):
            return False
        return self._store.now() - sent_at > MAX_EVENT_AGE_SECONDS

    def _is_new(self, body: Payload, conversation: Conversation) -> bool:
        """Whether no process has started on this message; without the database, no thread of ours.

        One message may arrive as several events with different IDs.
        """
        ts = ident(body, "event", "ts")
        message = f"{conversation.team}:{conversation.channel}:{ts}" if ts else ""
        keys = [key for key in (ident(body, "event_id"), message) if key]
        if not self._seen.add(*keys):
            return False
        try:
            return self._store.claim("event", *keys)
        except StoreError as error:  # an answer needs no database
            log_fields = {"team": conversation.team, "error": type(error).__name__}
            log.error("the database is away", extra=log_fields)
            return True

    def _last_fact(self, conversation: Conversation) -> str | None:
        with contextlib.suppress(StoreError):
            return self._store.last_answer(conversation)
        return None


def ignore() -> None:
    """Do nothing: Slack only needs the event to be acknowledged."""
