"""Setting up a quiz from somewhere else: first a menu of channels, then the settings of one."""

from __future__ import annotations

import logging

from slack_sdk import WebClient

from bot.listeners.latest_press import LatestPress
from bot.listeners.membership import is_member
from bot.listeners.origin import Origin
from bot.listeners.payload import Payload, ident, person, team, text
from bot.listeners.quiz_commands import QuizCommands
from bot.quiz import texts
from bot.slack.errors import NETWORK, reason
from bot.views.quiz_channel import channel_modal

log = logging.getLogger(__name__)


class QuizChannel:
    """Asks for the channel, and then shows its settings in the same modal."""

    def __init__(self, quiz: QuizCommands, command: str) -> None:
        self._quiz = quiz
        self._command = command
        self._latest = LatestPress()

    def ask(self, body: Payload, client: WebClient) -> bool:
        """Open the menu of channels with the trigger of a press; whether Slack let us."""
        try:
            client.views_open(trigger_id=text(body, "trigger_id"), view=channel_modal())
        except NETWORK as error:
            log_fields = {"team": team(body), "error": reason(error)}
            log.warning("the menu of channels did not open", extra=log_fields)
            return False
        return True

    def handle_chosen(self, body: Payload, action: Payload, client: WebClient) -> None:
        """Show the settings of the chosen channel to its members."""
        channel = ident(action, "selected_conversation")
        if not channel:
            return
        origin = Origin(team(body), channel, person(body), self._command)
        if is_member(client, channel, origin.user):
            view = self._quiz.settings(origin, "", client)
        else:
            view = channel_modal(texts.MEMBERS_ONLY)
        self._latest.update(client, body, action, view)
