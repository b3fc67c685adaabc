"""Mentions and direct messages. Events are acknowledged first and answered in lazy listeners."""

from __future__ import annotations

import contextlib
import logging
from functools import partial
from typing import Any

from slack_sdk import WebClient

from bot.answers.answering import Answering, IncomingText, Reply
from bot.answers.commands import read_command
from bot.answers.lookups import Lookups
from bot.answers.unanswered import UnansweredQuestions
from bot.listeners.activities import Activities
from bot.listeners.addressed import GROUP, group_mention, is_edited
from bot.listeners.origin import Origin
from bot.listeners.outcomes import RequestOutcome
from bot.listeners.payload import Payload, ident, is_from_person, moment, team, text
from bot.listeners.seen import Seen
from bot.posting.outbox import Outbox
from bot.slack.conversation_ids import is_direct
from bot.slack.courtesy import is_thanks
from bot.slack.incoming import is_only_emoji, read_message
from bot.slack.reacting import THUMBS_UP, react
from bot.store import Conversation, Store, StoreError
from bot.store.pruning import CLAIM_RETENTION_SECONDS
from bot.store.replies import Audience, OutgoingReply
from bot.views.message import Message
from knowledge import Outcome

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
        unanswered: UnansweredQuestions,
        activities: Activities,
        outbox: Outbox,
        command: str,
    ) -> None:
        self._answering = answering
        self._store = store
        self._lookups = lookups
        self._unanswered = unanswered
        self._activities = activities
        self._outbox = outbox
        self._command = command
        self._seen = Seen()

    def handle_mention(self, body: Payload, event: Payload, client: WebClient) -> Any:
        """Answer in the mention's thread, or start one; a mention added by an edit counts, too."""
        if is_edited(event) and self._is_forgotten(event):
            return RequestOutcome.TOO_OLD
        return self._answer(body, event, client, ident(event, "thread_ts") or ident(event, "ts"))

    def handle_message(self, body: Payload, event: Payload, client: WebClient) -> Any:
        """Answer a direct message, in a thread if it was written in one, or a group's mention."""
        kind = text(event, "channel_type")
        if kind == GROUP and (mention := group_mention(body)):
            return self.handle_mention(body, mention, client)
        if kind != "im" or is_edited(event):
            return RequestOutcome.IGNORED
        return self._answer(body, event, client, ident(event, "thread_ts"))

    def _answer(self, body: Payload, event: Payload, client: WebClient, thread: str) -> Any:
        channel = ident(event, "channel")
        if not channel or not is_from_person(event):
            return RequestOutcome.IGNORED
        conversation = Conversation(team(body), channel, thread)
        if self._is_too_old(body):
            return RequestOutcome.TOO_OLD
        if not self._is_new(body, event, conversation):
            return RequestOutcome.REPEATED
        incoming = IncomingText(
            text=read_message(text(event, "text")),
            user=ident(event, "user"),
            command=self._command,
            last_fact=self._last_fact(conversation),
            brief=not is_direct(channel),
        )
        if incoming.brief and is_only_emoji(text(event, "text")):
            return RequestOutcome.IGNORED
        if is_thanks(incoming.text) and self._acknowledge(client, event, incoming):
            return Outcome.SMALL_TALK
        return self._reply(incoming, conversation, event, client)

    def _reply(
        self, incoming: IncomingText, where: Conversation, event: Payload, client: WebClient
    ) -> Outcome | None:
        """Carry out a command, or answer a question."""
        post = partial(self._post, client, where, event)
        command = read_command(incoming.text, self._command)
        if command and command.is_activity:
            typed = text(event, "text")
            origin = Origin(where.team, where.channel, incoming.user, self._command, typed)
            if message := self._activities.carry_out(command, origin, client):
                is_private = incoming.brief and (command.is_personal or message.is_private)
                post(message, Audience.PERSON if is_private else Audience.EVERYONE)
            return None
        reply = self._answering.in_team(where.team).reply(incoming)
        post(reply.message, _audience(reply, incoming))
        if reply.question and reply.fact:
            self._lookups.note(where.team, incoming.user, reply.fact)
        elif reply.is_gap:
            self._unanswered.note(where.team, incoming.user, incoming.text)
        with contextlib.suppress(StoreError):
            self._store.remember_answer(where, reply.fact or "", incoming.user)
        return reply.outcome

    @staticmethod
    def _acknowledge(client: WebClient, event: Payload, incoming: IncomingText) -> bool:
        """React to thanks; whether that is enough. Where others read along, nothing is, too."""
        is_shown = react(client, ident(event, "channel"), ident(event, "ts"), THUMBS_UP)
        return is_shown or incoming.brief

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

    def _is_forgotten(self, event: Payload) -> bool:
        """Whether we may have answered a message without knowing it anymore."""
        written_at = moment(event, "ts")
        return written_at is None or self._store.now() - written_at > CLAIM_RETENTION_SECONDS

    def _is_new(self, body: Payload, event: Payload, conversation: Conversation) -> bool:
        """Whether no process has started on this message; without the database, no thread of ours.

        One message may arrive as several events with different IDs.
        """
        ts = ident(event, "ts")
        message = f"{conversation.team}:{conversation.channel}:{ts}" if ts else ""
        keys = [key for key in (ident(body, "event_id"), message) if key]
        if not self._seen.add(*keys):
            return False
        try:
            return self._store.claim("event", *keys)
        except StoreError as error:  # an answer needs no database
            log_fields = {"team": conversation.team, "error": type(error).__name__}
            log.error("the database is unavailable", extra=log_fields)
            return True

    def _last_fact(self, conversation: Conversation) -> str | None:
        with contextlib.suppress(StoreError):
            return self._store.last_answer(conversation)
        return None


def _audience(reply: Reply, incoming: IncomingText) -> Audience:
    """Help, lists, and what answers small talk are for their author alone where others read."""
    is_answer = reply.question or reply.fact or reply.outcome is Outcome.OVERVIEW
    return Audience.EVERYONE if is_answer or not incoming.brief else Audience.PERSON


def ignore() -> None:
    """Do nothing: Slack only needs the event to be acknowledged."""
