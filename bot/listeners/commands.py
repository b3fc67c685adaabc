"""The slash command: answered in the acknowledgement itself."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack

from bot.answering import Answering, Asked
from bot.listeners.payload import Payload, text
from bot.slack.mrkdwn import received


class Commands:
    def __init__(self, answering: Answering) -> None:
        self._answering = answering

    def handle_command(self, ack: Ack, command: Payload) -> Any:
        asked = Asked(
            text=received(text(command, "text")),
            user=text(command, "user_id"),
            command=text(command, "command"),
            private=True,
        )
        ack(response_type="ephemeral", **self._answering.reply(asked).message.payload())
