"""Commands that need the database, handled the same way wherever they were typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import BoltContext
from slack_sdk import WebClient

from bot.answers.commands import Command, Topic, read_command
from bot.listeners.origin import Origin
from bot.listeners.payload import Payload, ident, team, text
from bot.listeners.practice import Practice
from bot.listeners.quiz_commands import QuizCommands
from bot.listeners.replies import Responder, reply
from bot.slack.incoming import read_message
from bot.views.message import Message

_TYPED = "factbot_typed"
"""In Bolt's context of a request: the command that was typed."""
CarryOut = Callable[[Origin, Command, WebClient], Message | None]
"""Carries out a command; None if its result is elsewhere, such as in a modal."""


class Activities:
    """Passes a command on to the listener that carries it out."""

    def __init__(
        self, quiz: QuizCommands, practice: Practice, curating: Mapping[Topic, CarryOut]
    ) -> None:
        self._quiz = quiz
        self._practice = practice
        self._curating = curating

    def handle_command(
        self, command: Payload, context: BoltContext, client: WebClient, respond: Responder
    ) -> None:
        """The slash command, already acknowledged; only the person who typed it sees the answer."""
        slash = text(command, "command")
        typed = _typed(command, context) or Command(Topic.QUIZ)
        origin = Origin(
            team(command),
            ident(command, "channel_id"),
            ident(command, "user_id"),
            slash,
            text(command, "text"),
            text(command, "trigger_id"),
        )
        if typed == Command(Topic.QUIZ):
            self._quiz.open_settings(origin, text(command, "trigger_id"), client, respond)
        elif message := self.carry_out(typed, origin, client):
            reply(respond, message)

    def carry_out(self, typed: Command, origin: Origin, client: WebClient) -> Message | None:
        """Carry out a command. Returns the reply; None if the channel sees the result."""
        if typed.topic in self._curating:
            return self._curating[typed.topic](origin, typed, client)
        if typed.topic is Topic.PRACTICE:
            return self._practice.answer(origin.team, origin.user, typed.verb, client)
        if typed.topic is Topic.LEADERBOARD:
            return self._quiz.leaderboard(origin, typed.verb)
        return self._quiz.carry_out(origin, typed, client)


def is_about(topic: Topic) -> Any:
    """Matches slash commands about an activity."""

    def matches(command: Payload, context: BoltContext) -> bool:
        typed = _typed(command, context)
        return typed is not None and typed.topic is topic

    return matches


def is_no_activity(command: Payload, context: BoltContext) -> bool:
    """Matches slash commands that are answered right away: questions, help, lists."""
    typed = _typed(command, context)
    return typed is None or not typed.is_activity


def _typed(command: Payload, context: BoltContext) -> Command | None:
    """What a slash command stands for, read once for all matchers and the handler."""
    if _TYPED not in context:
        said = read_message(text(command, "text"))
        context[_TYPED] = read_command(said, text(command, "command"))
    typed: Command | None = context[_TYPED]
    return typed
