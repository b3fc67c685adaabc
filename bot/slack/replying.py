"""The calls that show a reply, each made once; `bot.posting.outbox` handles what they raise."""

from __future__ import annotations

from typing import Any, TypeAlias

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.slack.conversation_ids import is_direct
from bot.slack.errors import NETWORK, ResponseUrlError, Trouble, readable, trouble
from bot.slack.message_metadata import build_metadata, has_metadata
from bot.store.replies import Audience, OutgoingReply

Client: TypeAlias = WebClient
EVENT = "factbot_reply"
LOOK_BACK_SECONDS = 60.0
"""How far Slack's clock may be behind ours."""
PAGE_MESSAGES, MAX_PAGES = 100, 5
"""How far back we search: the message we look for is minutes old."""


def show(client: WebClient, reply: OutgoingReply) -> None:
    """Call Slack once. Raises NETWORK errors."""
    if reply.response_url:
        _respond(client, reply)
        return
    where: dict[str, Any] = {"channel": reply.channel}
    ephemeral = reply.audience is Audience.PERSON and not is_direct(reply.channel)
    # Only a thread that has replies shows a message to one person.
    # https://docs.slack.dev/reference/methods/chat.postEphemeral
    if reply.thread and not (ephemeral and reply.thread == reply.mark):
        where["thread_ts"] = reply.thread
    with readable():
        if ephemeral:
            client.chat_postEphemeral(**where, **reply.message, user=reply.user)
        else:
            metadata = build_metadata(EVENT, ts=reply.mark)
            client.chat_postMessage(**where, **reply.message, metadata=metadata)


def is_shown(client: WebClient, reply: OutgoingReply) -> bool | None:
    """Whether the reply is in the conversation; None if Slack doesn't let us look."""
    wanted: dict[str, Any] = {
        "channel": reply.channel, "include_all_metadata": True, "limit": PAGE_MESSAGES,
        "oldest": f"{reply.created_at - LOOK_BACK_SECONDS:.6f}",
    }  # fmt: skip
    for _ in range(MAX_PAGES):
        try:
            with readable():
                if reply.thread:
                    found = client.conversations_replies(ts=reply.thread, **wanted)
                else:
                    found = client.conversations_history(**wanted)
        except NETWORK as error:
            if trouble(error) in (Trouble.UNSURE, Trouble.LATER):
                raise
            return None
        if any(has_metadata(message, EVENT, ts=reply.mark) for message in found["messages"]):
            return True
        wanted["cursor"] = (found.get("response_metadata") or {}).get("next_cursor")
        if not wanted["cursor"]:
            break
    return False


def delete_original(client: WebClient, response_url: str) -> None:
    """Delete the message that was pressed; raises what the call raises."""
    _post(client, response_url, {"delete_original": True})


def _respond(client: WebClient, reply: OutgoingReply) -> None:
    body = {**reply.message, "replace_original": reply.replaces}
    if not reply.replaces:
        everyone = reply.audience is Audience.EVERYONE
        body["response_type"] = "in_channel" if everyone else "ephemeral"
        if reply.thread:  # or it lands in the channel: slackapi/bolt-js issue 963
            body["thread_ts"] = reply.thread
    _post(client, reply.response_url, body)


def _post(client: WebClient, response_url: str, body: dict[str, Any]) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#message_responses"""
    hook = WebhookClient(
        response_url,
        timeout=client.timeout,
        proxy=client.proxy,
        ssl=client.ssl,
        retry_handlers=client.retry_handlers,
    )
    with readable():
        answer = hook.send_dict(body)
    if answer.status_code != 200:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        raise ResponseUrlError(answer.status_code, headers.get("retry-after"))
