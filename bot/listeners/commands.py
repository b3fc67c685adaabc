"""The slash command: a question is answered in the acknowledgement itself."""

from __future__ import annotations

from slack_bolt import Ack

from bot.answers.answering import Answering
from bot.answers.lookups import Lookups
from bot.answers.reply import IncomingText
from bot.answers.unanswered import UnansweredQuestions
from bot.listeners.payload import Payload, ident, team, text
from bot.slack.incoming import read_message
from bot.slack.plain_blocks import with_plain_buttons
from knowledge import Outcome


class Commands:
    """Answers the slash command when that takes no database and no call to Slack."""

    def __init__(
        self, answering: Answering, lookups: Lookups, unanswered: UnansweredQuestions
    ) -> None:
        self._answering = answering
        self._lookups = lookups
        self._unanswered = unanswered

    def handle_command(self, ack: Ack, command: Payload) -> Outcome | None:
        """Answer privately. Returns the outcome if the text was a question.

        The answer has plain buttons. If Slack refused its own thumbs in an acknowledgement, the
        person would get no answer, and unlike with other replies we wouldn't learn of it.
        https://docs.slack.dev/reference/block-kit/blocks/context-actions-block
        """
        incoming = IncomingText(
            text=read_message(text(command, "text")),
            user=ident(command, "user_id"),
            command=text(command, "command"),
            private=True,
        )
        reply = self._answering.in_team(team(command)).reply(incoming)
        ack(response_type="ephemeral", **with_plain_buttons(reply.message.payload()))
        if reply.fact and reply.question:
            self._lookups.note(team(command), incoming.user, reply.fact)
        elif reply.is_gap:
            self._unanswered.note(team(command), incoming.user, incoming.text)
        return reply.outcome
