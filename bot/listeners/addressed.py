"""Which messages are addressed to us. In a group's direct messages, only those that mention us are.

Slack sends the mentions in channels as `app_mention`. An edit of a message that mentions us sends
another one, with `edited` and the `ts` of the message; in a group's direct messages, an edit is a
`message_changed` with the message inside. Unfurled links send those too.
https://docs.slack.dev/reference/events/app_mention
https://docs.slack.dev/reference/events/message/message_changed
https://github.com/slackapi/bolt-js/issues/960
"""

from __future__ import annotations

from typing import Any

from bot.listeners.payload import Payload, bot_user, ident, text

GROUP = "mpim"
"""The `channel_type` of a group's direct messages."""


def group_mention(body: Payload) -> Payload | None:
    """The message of a group's direct messages that mentions us now and didn't before, if any."""
    event = body.get("event")
    mention = f"<@{bot_user(body)}>"
    if text(event, "subtype") != "message_changed":
        return _if_mentioning(event, mention)
    if mention in text(event, "previous_message", "text"):
        return None
    message: Any = event.get("message") if isinstance(event, dict) else None
    edited = _if_mentioning(message, mention)
    return {**edited, "channel": ident(event, "channel")} if edited else None


def is_edited(event: Payload) -> bool:
    return bool(event.get("edited"))


def _if_mentioning(message: Any, mention: str) -> Payload | None:
    return message if mention in text(message, "text") else None
