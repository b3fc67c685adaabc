"""What Slack tells the bot of a message that a member writes or edits."""

from __future__ import annotations

from collections.abc import Collection

from bot.fake_slack.calls import JsonObject
from bot.fake_slack.oauth import BOT_USER_ID

_CHANNEL_TYPES = {"D": "im", "G": "mpim"}
"""By the first letter of the conversation's ID; a channel sends no event but its mentions."""


def written(message: JsonObject, scopes: Collection[str]) -> JsonObject | None:
    """The event of a new message, if the bot gets one.

    https://docs.slack.dev/reference/events/message.mpim
    """
    event = _said(message) | {"channel": message["channel"]}
    kind = _CHANNEL_TYPES.get(message["channel"][0])
    if kind:
        return event | {"channel_type": kind} if f"{kind}:history" in scopes else None
    return event | {"type": "app_mention"} if _mentions_bot(message["text"]) else None


def edited(
    message: JsonObject, previous_text: str, now: float, scopes: Collection[str]
) -> JsonObject | None:
    """The event of an edited message: in a channel, a mention again, with `edited`.

    https://docs.slack.dev/reference/events/message/message_changed
    """
    ts = f"{now:.6f}"
    said = _said(message) | {"edited": {"user": message["user"], "ts": ts}}
    where = {"channel": message["channel"]}
    kind = _CHANNEL_TYPES.get(message["channel"][0])
    if not kind:
        return said | where | {"type": "app_mention"} if _mentions_bot(said["text"]) else None
    if f"{kind}:history" not in scopes:
        return None
    return where | {
        "type": "message", "subtype": "message_changed", "hidden": True, "channel_type": kind,
        "ts": ts, "message": said, "previous_message": _said(message) | {"text": previous_text},
    }  # fmt: skip


def _said(message: JsonObject) -> JsonObject:
    fields = {name: message[name] for name in ("user", "text", "ts")}
    thread = {"thread_ts": message["thread_ts"]} if message["thread_ts"] else {}
    return {"type": "message"} | fields | thread


def _mentions_bot(text: str) -> bool:
    return f"<@{BOT_USER_ID}>" in text
