"""Replies to the person who typed or pressed something."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import replace

from slack_sdk import WebClient

from bot.listeners.payload import Payload, conversation, ident, person, team, text
from bot.posting.outbox import Outbox
from bot.posting.reply_steps import ReplyOutcome
from bot.slack.errors import NETWORK, Trouble, reason
from bot.slack.replying import delete_original
from bot.store.replies import Audience, OutgoingReply
from bot.views.card import sentence
from bot.views.message import Message

log = logging.getLogger(__name__)


class Responder:
    """Replies to one payload, by its `response_url` if it has one, which works five times."""

    def __init__(
        self,
        outbox: Outbox,
        client: WebClient,
        body: Payload,
        channel: str = "",
        response_url: str = "",
    ) -> None:
        self._outbox = outbox
        self._client = client
        self._body = body
        self._channel = channel or conversation(body)
        self.response_url = response_url or text(body, "response_url")

    def at(self, channel: str, response_url: str) -> Responder:
        """A responder to the same person, in a channel that the payload doesn't name."""
        return Responder(self._outbox, self._client, self._body, channel, response_url)

    def send(self, message: Message, audience: Audience, replaces: bool = False) -> ReplyOutcome:
        """Send a message by the response_url, or without one, in the conversation."""
        reply = self._reply(message, audience)
        reply = replace(reply, response_url=self.response_url, replaces=replaces)
        return self._outbox.send(self._client, reply)

    def post(self, message: Message, raises: Collection[Trouble] = ()) -> ReplyOutcome:
        """Post a message in the conversation; see `Outbox.send` for `raises`."""
        return self._outbox.send(self._client, self._reply(message, Audience.EVERYONE), raises)

    def remove(self) -> bool:
        """Remove the message that was pressed; whether Slack did it."""
        try:
            delete_original(self._client, self.response_url)
        except NETWORK as error:
            log.warning(
                "could not remove a message",
                extra={"team": team(self._body), "error": reason(error)},
            )
            return False
        return True

    def _reply(self, message: Message, audience: Audience) -> OutgoingReply:
        return OutgoingReply(
            team=team(self._body),
            user=person(self._body),
            channel=self._channel,
            thread=thread_of(self._body),
            message=message.payload(),
            audience=audience,
            created_at=self._outbox.now(),
        )


def reply(respond: Responder, message: Message, replace: bool = False) -> ReplyOutcome:
    """Show a message to one person, now or soon; with `replace`, instead of the one pressed.

    It is sent again if Slack may not have taken it: no one else sees it, so twice beats never.
    """
    return respond.send(message, Audience.PERSON, replace)


def show_all(respond: Responder, message: Message) -> ReplyOutcome:
    """Show a message to everyone. Never sent again if Slack may have taken it."""
    return respond.send(message, Audience.EVERYONE)


def say(respond: Responder, text: str) -> ReplyOutcome:
    """Show a sentence to one person."""
    return reply(respond, sentence(text))


def thread_of(body: Payload) -> str:
    """The thread that a press or an event came from; "" outside threads.

    A thread's first message is in the channel, so replies to it belong there too.
    """
    for part in ("container", "message", "event"):
        thread = ident(body, part, "thread_ts")
        if thread and thread != (ident(body, part, "message_ts") or ident(body, part, "ts")):
            return thread
    return ""
