"""What the page shows to one member, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.fake_slack.calls import JsonObject, is_broadcast
from bot.fake_slack.oauth import BOT_USER_ID
from bot.fake_slack.sample_workspace import (
    BOT_NAME,
    CHANNEL_NAMES,
    GROUP,
    MEMBERS,
    TEAM_NAME,
    SampleMember,
    group_name,
)
from bot.fake_slack.server import FakeSlack
from bot.fake_slack.views import home_view_id
from bot.fake_slack.workspace import TEAM_ID


@dataclass(frozen=True, slots=True)
class NextMoments:
    """When the next quiz question and the next reveal are due, in seconds since 1970."""

    quiz: float | None
    reveal: float | None


@dataclass(frozen=True, slots=True)
class BotState:
    """What the page shows about the bot; `lint` are the problems of the facts."""

    command: str
    next: NextMoments
    lint: Sequence[str]
    failure_mode: str


def page_state(slack: FakeSlack, me: SampleMember, bot: BotState) -> dict[str, Any]:
    """The workspace as a member sees it."""
    channels = [{"id": id, "name": name, "kind": "channel"} for id, name in CHANNEL_NAMES.items()]
    channels.append({"id": me.direct_channel, "name": BOT_NAME, "kind": "direct"})
    channels.append({"id": GROUP, "name": group_name(me), "kind": "group"})
    channel_ids = {channel["id"] for channel in channels}
    messages = sorted((*slack.messages, *slack.ephemeral), key=lambda m: float(m["ts"]))
    modal_id = slack.view_store.open_modals.get(me.id)
    return {
        "team": {"id": TEAM_ID, "name": TEAM_NAME},
        "bot": {"id": BOT_USER_ID, "name": BOT_NAME},
        "command": bot.command,
        "me": me.id,
        "members": [{"id": member.id, "name": member.name, "tz": member.tz} for member in MEMBERS],
        "channels": channels,
        "messages": [
            _message(message)
            for message in messages
            if message["channel"] in channel_ids and _is_visible(message, me)
        ],
        "modals": [slack.views[modal_id]] if modal_id else [],
        "home": slack.views.get(home_view_id(me.id)),
        "now": slack.now(),
        "time_zone": me.tz,
        "next": {"quiz": bot.next.quiz, "reveal": bot.next.reveal},
        "lint": list(bot.lint),
        "trouble": bot.failure_mode,
    }


def find_message(slack: FakeSlack, me: SampleMember, ts: str) -> JsonObject:
    """A message that a member sees. Raises LookupError for any other."""
    for message in (*slack.messages, *slack.ephemeral):
        if message["ts"] == ts and _is_visible(message, me):
            return message
    raise LookupError(ts)


def find_element(blocks: Sequence[JsonObject], block_id: str, action_id: str) -> JsonObject:
    """An element by its ids; a block without an id goes by its position. Raises LookupError."""
    for position, block in enumerate(blocks):
        if block.get("block_id", str(position)) != block_id:
            continue
        elements = (*block.get("elements", ()), block.get("accessory"), block.get("element"))
        for element in elements:
            if element and element.get("action_id") == action_id:
                found: JsonObject = element
                return found
    raise LookupError(action_id)


def _is_visible(message: JsonObject, me: SampleMember) -> bool:
    return message["visible_to"] in (None, me.id)


def _message(message: JsonObject) -> dict[str, Any]:
    return {
        "id": message["ts"],
        "channel": message["channel"],
        "ts": message["ts"],
        "user": message["user"],
        "text": message["text"],
        "blocks": message["blocks"] or [],
        "thread_ts": message["thread_ts"],
        "broadcast": is_broadcast(message),
        "edited": bool(message.get("edited")),
        "reactions": message.get("reactions", []),
        "only_you": message["visible_to"] is not None,
    }
