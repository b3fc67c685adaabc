"""The message shortcut *Explain AWS terms*.

https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.answers.answering import Answering
from bot.listeners.payload import Payload, person, team, text
from bot.listeners.replies import Responder, reply
from bot.slack.incoming import read_message

_SAYING = ("text", "pretext", "title", "fallback", "preview")
"""Where attachments, blocks, and snippets have their text."""


class Explaining:
    """Explains the AWS terms in a message to the person who asks, privately; stores nothing."""

    def __init__(self, answering: Answering, command: str) -> None:
        self._answering = answering
        self._command = command

    def handle_shortcut(self, body: Payload, respond: Responder) -> None:
        """Explain the message: in its thread if it is a reply, or else in the channel."""
        said = read_message(message_text(body.get("message")))
        answering = self._answering.in_team(team(body))
        reply(respond, answering.explained(said, person(body), self._command))


def message_text(message: object) -> str:
    """All that a message says; what apps post often has no text but attachments or blocks."""
    parts = [text(message, "text")]
    if isinstance(message, Mapping):
        kinds = ("attachments", "files") if parts[0] else ("attachments", "files", "blocks")
        parts += [said for kind in kinds for said in _strings(message.get(kind))]
    return "\n".join(part for part in dict.fromkeys(parts) if part)


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if isinstance(value, str) and key in _SAYING:
                yield value
            else:
                yield from _strings(value)
    elif isinstance(node, list):
        for entry in node:
            yield from _strings(entry)
