"""The first steps: opening the direct messages, being added to a channel, buttons to begin with."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.answers.answering import Answering
from bot.answers.reply import IncomingText
from bot.curating.open_items import OpenItemPlanner
from bot.listeners.payload import (
    Payload,
    bot_user,
    conversation,
    flag,
    ident,
    person,
    team,
    text,
)
from bot.listeners.practice import Practice
from bot.listeners.quiz_channel import QuizChannel
from bot.listeners.replies import Responder, reply
from bot.listeners.suggested_prompts import SuggestedPrompts
from bot.posting.greeter import Greeter
from bot.posting.outbox import Outbox
from bot.slack.conversation_ids import is_direct
from bot.store import Store
from bot.store.replies import Audience, OutgoingReply
from bot.views.message import Message
from bot.views.welcome import Start, examples, joined, joined_with_quiz, welcome


class Onboarding:
    """Greets people and handles the buttons that they begin with."""

    def __init__(
        self,
        answering: Answering,
        store: Store,
        practice: Practice,
        greeter: Greeter,
        outbox: Outbox,
        quiz_channel: QuizChannel,
        open_items: OpenItemPlanner,
        command: str,
    ) -> None:
        self._answering = answering
        self._store = store
        self._practice = practice
        self._greeter = greeter
        self._outbox = outbox
        self._quiz_channel = quiz_channel
        self._open_items = open_items
        self._command = command
        self._prompts = SuggestedPrompts(store)

    def handle_opened(self, body: Payload, event: Payload, client: WebClient) -> None:
        """Somebody has opened their direct messages with us."""
        channel, user = ident(event, "channel"), ident(event, "user")
        if channel and user:
            self._greeter.greet_visitor(client, team(body), user, channel)
            self._prompts.offer(client, team(body), channel)

    def handle_joined(self, body: Payload, event: Payload, client: WebClient) -> None:
        """Introduce ourselves to whoever has added us to a channel, or if it has a quiz, to all.

        In the curators' channel, post what we couldn't before.
        """
        inviter, channel = ident(event, "inviter"), ident(event, "channel")
        key = f"{team(body)}:{channel}:{ident(body, 'event_id')}"
        if not channel or ident(event, "user") != bot_user(body):
            return
        if not self._store.claim("joined", key):
            return
        self._open_items.channel_joined(team(body), channel)
        if not inviter:
            return
        quiz = self._store.subscriptions.get(team(body), channel)
        has_quiz = quiz is not None and quiz.active
        introduction = OutgoingReply(
            team=team(body),
            user=inviter,
            channel=channel,
            thread="",
            message=(joined_with_quiz() if has_quiz else joined()).payload(),
            audience=Audience.EVERYONE if has_quiz else Audience.PERSON,
            created_at=self._outbox.now(),
        )
        self._outbox.send(client, introduction)

    def handle_start(
        self, body: Payload, action: Payload, client: WebClient, respond: Responder
    ) -> None:
        """Explain a button of the greeting in place; elsewhere, beside the message.

        *Start a quiz* asks for a channel, and explains itself only if that doesn't open.
        """
        value = text(action, "value")
        start = Start(value) if value in tuple(Start) else Start.ASK
        if start is Start.QUIZ and self._quiz_channel.ask(body, client):
            return
        if text(action, "block_id") == "welcome":
            facts = len(self._answering.knowledge.facts)
            reply(respond, welcome(facts, self._command, start), replace=True)
        else:
            reply(respond, examples())

    def handle_example(self, body: Payload, action: Payload, respond: Responder) -> None:
        """Answer the question that a button asks."""
        direct = is_direct(conversation(body))
        incoming = IncomingText(
            text=text(action, "value"), user=person(body), command=self._command,
            private=not direct,
        )  # fmt: skip
        self._show(body, respond, self._answering.in_team(team(body)).reply(incoming).message)

    def handle_practice(self, body: Payload, client: WebClient, respond: Responder) -> None:
        """Ask a practice question."""
        self._show(body, respond, self._practice.answer(team(body), person(body), "", client))

    def _show(self, body: Payload, respond: Responder, message: Message) -> None:
        """Post in direct messages; elsewhere, show it to this person only."""
        ephemeral = flag(body, "container", "is_ephemeral")
        if is_direct(conversation(body)) and not ephemeral:
            respond.post(message)
        else:
            reply(respond, message)
