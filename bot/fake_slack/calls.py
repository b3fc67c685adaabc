"""The arguments of a Web API call, and the shapes of what it returns."""

from __future__ import annotations

from typing import Any

JsonObject = dict[str, Any]


BROADCAST = "thread_broadcast"


class CallError(Exception):
    """A call that is answered with `"ok": false`; `response` is that answer."""

    def __init__(self, error: str, **details: Any) -> None:
        super().__init__(error)
        self.response: JsonObject = {"ok": False, "error": error, **details}


def conversation_id(arguments: JsonObject) -> str:
    """The conversation that `channel` names; a user's id means the direct messages with them.

    https://docs.slack.dev/reference/methods/chat.postMessage#app_home
    """
    channel = str(arguments.get("channel") or "")
    if not channel:
        raise CallError("channel_not_found")
    return f"D{channel[1:]}" if channel[0] in "UW" else channel


def require(arguments: JsonObject, name: str) -> Any:
    """An argument that a method cannot do without. Raises CallError."""
    if not arguments.get(name):
        raise invalid_arguments([f"missing required field: {name}"])
    return arguments[name]


def invalid_arguments(errors: list[str]) -> CallError:
    messages = [f"[ERROR] {error}" for error in errors]
    return CallError("invalid_arguments", response_metadata={"messages": messages})


def is_broadcast(message: JsonObject) -> bool:
    """Whether a reply also shows in the channel.

    https://docs.slack.dev/reference/events/message/thread_broadcast
    """
    return message.get("subtype") == BROADCAST


def content(arguments: JsonObject) -> JsonObject:
    """The part of a message that an update replaces."""
    return {
        "text": arguments.get("text", ""),
        "blocks": arguments.get("blocks", []),
        "metadata": arguments.get("metadata"),
    }


def suggest_prompts(arguments: JsonObject) -> JsonObject:
    """An agent's call with `thread_ts` fails without a word: here it is refused.

    https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts
    """
    require(arguments, "channel_id")
    prompts = require(arguments, "prompts")
    complete = all({"title", "message"} <= set(prompt) for prompt in prompts)
    if arguments.get("thread_ts") or len(prompts) > 4 or not complete:
        raise CallError("invalid_arguments")
    return {}


def without_empty_fields(message: JsonObject) -> JsonObject:
    return {name: value for name, value in message.items() if value not in (None, [])}


def has_replies(messages: list[JsonObject], channel: str, thread_ts: str) -> bool:
    """Whether a message has replies: Slack shows an ephemeral message only in such threads.

    https://docs.slack.dev/reference/methods/chat.postEphemeral
    """
    return any(
        message["channel"] == channel and message["thread_ts"] == thread_ts != message["ts"]
        for message in messages
    )


def message_page(messages: list[JsonObject], arguments: JsonObject) -> JsonObject:
    """One page of messages. Metadata is complete only with `include_all_metadata`.

    https://docs.slack.dev/messaging/message-metadata
    """
    start = int(arguments.get("cursor") or 0)
    end = start + int(arguments.get("limit") or 100)
    page = [without_empty_fields(message) for message in messages[start:end]]
    cursor = str(end) if end < len(messages) else ""
    if str(arguments.get("include_all_metadata", "")).lower() not in ("1", "true"):
        for message in page:
            if "metadata" in message:
                message["metadata"] = {"event_type": message["metadata"]["event_type"]}
    metadata = {"next_cursor": cursor}
    return {"messages": page, "has_more": bool(cursor), "response_metadata": metadata}
