"""What the page shows to one member, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.fake_slack.calls import Body
from bot.fake_slack.grants import BOT_USER
from bot.fake_slack.modals import home_id
from bot.fake_slack.sample_workspace import BOT_NAME, CHANNELS, MEMBERS, TEAM_NAME, Member
from bot.fake_slack.server import FakeSlack
from bot.fake_slack.workspace import TEAM


def page_state(
    slack: FakeSlack,
    me: Member,
    command: str,
    following: dict[str, float | None],
    lint: Sequence[str],
    failure: str,
) -> dict[str, Any]:
    """The workspace as a member sees it; `following` are the moments of the next quiz things."""
    rooms = [{"id": id, "name": name, "kind": "channel"} for id, name in CHANNELS.items()]
    rooms.append({"id": me.direct, "name": BOT_NAME, "kind": "direct"})
    seen = {room["id"] for room in rooms}
    messages = [
        _message(message)
        for message in sorted((*slack.messages, *slack.private), key=lambda m: float(m["ts"]))
        if message["channel"] in seen and message["only"] in (None, me.id)
    ]
    return {
        "team": {"id": TEAM, "name": TEAM_NAME},
        "bot": {"id": BOT_USER, "name": BOT_NAME},
        "command": command,
        "me": me.id,
        "members": [{"id": each.id, "name": each.name, "tz": each.tz} for each in MEMBERS],
        "channels": rooms,
        "messages": messages,
        "modals": [slack.views[view] for view in slack.modals.stacks[me.id]],
        "home": slack.views.get(home_id(me.id)),
        "now": slack.now(),
        "time_zone": me.tz,
        "next": following,
        "lint": list(lint),
        "trouble": failure,
    }


def find_message(slack: FakeSlack, me: Member, ts: str) -> Body:
    """A message that a member sees. Raises LookupError for any other."""
    for message in (*slack.messages, *slack.private):
        if message["ts"] == ts and message["only"] in (None, me.id):
            return message
    raise LookupError(ts)


def find_element(blocks: Sequence[Body], block_id: str, action_id: str) -> Body:
    """An element by its ids; a block without one goes by its place. Raises LookupError."""
    for place, block in enumerate(blocks):
        if block.get("block_id", str(place)) != block_id:
            continue
        named = (*block.get("elements", ()), block.get("accessory"), block.get("element"))
        for element in named:
            if element and element.get("action_id") == action_id:
                found: Body = element
                return found
    raise LookupError(action_id)


def _message(message: Body) -> dict[str, Any]:
    return {
        "id": message["ts"],
        "channel": message["channel"],
        "ts": message["ts"],
        "user": message["user"],
        "text": message["text"],
        "blocks": message["blocks"] or [],
        "thread_ts": message["thread_ts"],
        "edited": bool(message.get("edited")),
        "only_you": message["only"] is not None,
    }
