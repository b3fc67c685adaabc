"""Answer in a conversation, once, although Slack may not say whether it took the answer.

After a call of unknown outcome the answer is looked for by its metadata, where that may be read:
in direct messages always, in channels with the history scopes. Elsewhere nobody can know, so the
asker alone is shown the answer, rather than everybody twice or nobody at all.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.slack.errors import NETWORK, Trouble, retry_after, trouble
from bot.slack.marks import is_marked, mark

EVENT = "factbot_reply"
WAITS = (1.0, 2.0, 4.0, 8.0)
"""Seconds before another try."""
LONGEST_WAIT = 30.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where the answer to a message belongs; `thread` is "" outside threads."""

    channel: str
    thread: str
    user: str
    ts: str


def post_once(client: WebClient, place: Place, message: Mapping[str, Any]) -> None:
    """Post an answer; raises what the last call raised if Slack will not take it."""
    where: dict[str, Any] = {"channel": place.channel}
    if place.thread:
        where["thread_ts"] = place.thread
    unsure = False
    for wait in (*WAITS, None):
        try:
            there = _is_there(client, place) if unsure else False
            if there is None:
                client.chat_postEphemeral(**where, **message, user=place.user)
            elif not there:
                client.chat_postMessage(**where, **message, metadata=mark(EVENT, ts=place.ts))
            return
        except NETWORK as error:
            kind = trouble(error)
            if wait is None or kind not in (Trouble.LATER, Trouble.UNSURE):
                raise
            unsure = unsure or kind is Trouble.UNSURE
            time.sleep(min(retry_after(error) or wait, LONGEST_WAIT))


def _is_there(client: WebClient, place: Place) -> bool | None:
    """Whether the conversation holds the answer; None if Slack does not let us look."""
    wanted: dict[str, Any] = {
        "channel": place.channel, "oldest": place.ts, "include_all_metadata": True,
    }  # fmt: skip
    try:
        if place.thread:
            found = client.conversations_replies(ts=place.thread, **wanted)
        else:
            found = client.conversations_history(**wanted)
    except NETWORK as error:
        if trouble(error) is Trouble.UNSURE:
            raise
        return None
    return any(is_marked(message, EVENT, ts=place.ts) for message in found["messages"])
