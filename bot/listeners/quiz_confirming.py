"""The buttons of the question that comes before a quiz begins in a busy channel."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.answers.reply import too_old
from bot.listeners.membership import is_member
from bot.listeners.payload import Payload, ident, is_ident, person, team, text
from bot.listeners.quiz_setup import QuizSetup
from bot.listeners.replies import Responder, reply
from bot.quiz import texts
from bot.quiz.subscription import Subscription
from bot.views.card import sentence
from bot.views.message import Message
from bot.views.quiz_confirmation import ProposedQuiz


class QuizConfirming:
    """Starts a quiz once someone has confirmed it."""

    def __init__(self, setup: QuizSetup) -> None:
        self._setup = setup

    def handle_confirm(
        self, body: Payload, action: Payload, client: WebClient, respond: Responder
    ) -> None:
        """Start the quiz that the button proposes, in its channel."""
        message = self._start(body, text(action, "value"), client)
        reply(respond, message or sentence(texts.QUIZ_STARTED), replace=True)

    def handle_decline(self, respond: Responder) -> None:
        """Leave the channel as it is."""
        reply(respond, sentence(texts.NOTHING_POSTED), replace=True)

    def _start(self, body: Payload, value: str, client: WebClient) -> Message | None:
        proposed = ProposedQuiz.decode(value)
        if proposed is None:
            return too_old()
        channel, user = proposed.channel or ident(body, "channel", "id"), person(body)
        if not is_ident(channel):
            return too_old()
        if not is_member(client, channel, user):
            return sentence(texts.MEMBERS_ONLY)
        wanted = Subscription(
            team(body), channel, proposed.schedule, proposed.services, user,
            standings=proposed.standings, broadcast=proposed.broadcast,
        )  # fmt: skip
        return self._setup.switch_on(wanted, client, self._setup.slash, is_confirmed=True)
