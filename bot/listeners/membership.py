"""Who is in a channel, and how many they are."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.slack.conversation_ids import is_direct
from bot.slack.errors import NETWORK, readable

PAGE_MEMBERS, MAX_PAGES = 1000, 10


def is_member(client: WebClient, channel: str, user: str) -> bool:
    """False only if Slack says so; that needs a scope which the app may lack.

    Without it we go by what Slack does: it offers commands and mentions to those in a channel.
    https://docs.slack.dev/reference/methods/conversations.members
    """
    if is_direct(channel):
        return True
    cursor = ""
    for _ in range(MAX_PAGES):
        try:
            with readable():
                answer = client.conversations_members(
                    channel=channel, limit=PAGE_MEMBERS, cursor=cursor
                )
                if user in answer["members"]:
                    return True
                cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        except NETWORK:
            return True
        if not cursor:
            return False
    return True


def member_count(client: WebClient, channel: str) -> int | None:
    """How many people are in a channel; None if Slack doesn't say, which needs the same scope.

    https://docs.slack.dev/reference/methods/conversations.info
    """
    if is_direct(channel):
        return None
    try:
        with readable():
            answer = client.conversations_info(channel=channel, include_num_members=True)
            count = answer["channel"].get("num_members")
    except NETWORK:
        return None
    return count if isinstance(count, int) else None
