"""The arguments of a Web API call, and the shapes of what is answered."""

from __future__ import annotations

from typing import Any

Body = dict[str, Any]


class Refused(Exception):
    """A call that is answered with `"ok": false`."""

    def __init__(self, error: str, **details: Any) -> None:
        super().__init__(error)
        self.answer: Body = {"ok": False, "error": error, **details}


def channel_of(body: Body) -> str:
    """The conversation meant; a person's id means the direct messages with that person."""
    channel = str(body.get("channel") or "")
    if not channel:
        raise Refused("channel_not_found")
    return f"D{channel[1:]}" if channel[0] in "UW" else channel


def need(body: Body, name: str) -> Any:
    if not body.get(name):
        sentence = f"[ERROR] missing required field: {name}"
        raise Refused("invalid_arguments", response_metadata={"messages": [sentence]})
    return body[name]


def content(body: Body) -> Body:
    return {
        "text": body.get("text", ""),
        "blocks": body.get("blocks", []),
        "metadata": body.get("metadata"),
    }


def shown(message: Body) -> Body:
    return {name: value for name, value in message.items() if value not in (None, [])}


def has_replies(messages: list[Body], channel: str, thread_ts: str) -> bool:
    """Whether a thread is one: only then does it show a message to one person.

    https://docs.slack.dev/reference/methods/chat.postEphemeral
    """
    return any(
        message["channel"] == channel and message["thread_ts"] == thread_ts != message["ts"]
        for message in messages
    )


def page(messages: list[Body], body: Body) -> Body:
    """The first of these; metadata whole only if asked for.

    https://docs.slack.dev/messaging/message-metadata
    """
    limit = int(body.get("limit") or 100)
    start = int(body.get("cursor") or 0)
    listed = [shown(message) for message in messages[start : start + limit]]
    following = start + limit
    cursor = str(following) if following < len(messages) else ""
    if str(body.get("include_all_metadata", "")).lower() not in ("1", "true"):
        for message in listed:
            if "metadata" in message:
                message["metadata"] = {"event_type": message["metadata"]["event_type"]}
    metadata = {"next_cursor": cursor}
    return {"messages": listed, "has_more": bool(cursor), "response_metadata": metadata}
