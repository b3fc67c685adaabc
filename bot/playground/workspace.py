"""What a workspace of Slack's holds, and the Web API methods that read and change it.

https://docs.slack.dev/reference/methods
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from typing import Any

from bot.playground.validator import faults

Body = dict[str, Any]

TEAM, BOT_USER, BOT = "T1", "U0BOT", "B0BOT"
FARTHEST = 120 * 86_400
"""Seconds ahead that chat.scheduleMessage takes."""


class Refused(Exception):
    """A call that is answered with `"ok": false`."""

    def __init__(self, error: str, **details: Any) -> None:
        super().__init__(error)
        self.answer: Body = {"ok": False, "error": error, **details}


class Workspace:
    """`messages` are those that everybody in a channel sees, oldest first, as they are now.

    `users` may hold, by user id, what users.info says beyond its defaults (`{"tz": None}`).
    `faults` collects every reason why something was refused, so that a test can end with
    `assert slack.faults == []`.
    """

    def __init__(self, allow_pings: bool = False) -> None:
        self.messages: list[Body] = []
        self.scheduled: list[Body] = []
        self.views: dict[str, Body] = {}
        self.users: dict[str, Body] = {}
        self.faults: list[str] = []
        self.websocket_url: str | None = None
        self._allow_pings = allow_pings
        self._numbers = itertools.count(1)
        self.methods: dict[str, Callable[[Body], Body]] = {
            "apps.connections.open": self._open_connection,
            "auth.test": self._test_token,
            "chat.delete": self._delete,
            "chat.deleteScheduledMessage": self._delete_scheduled,
            "chat.postEphemeral": self._post_ephemeral,
            "chat.postMessage": self._post,
            "chat.scheduleMessage": self._schedule,
            "chat.scheduledMessages.list": self._list_scheduled,
            "chat.update": self._update,
            "conversations.history": self._history,
            "conversations.info": self._conversation,
            "conversations.open": self._open_conversation,
            "conversations.replies": self._replies,
            "users.info": self._user,
            "views.open": self._open_view,
            "views.publish": self._publish_view,
            "views.push": self._open_view,
            "views.update": self._update_view,
        }

    def remember_faults(self, payload: Body, surface: str) -> list[str]:
        found = faults(payload, surface, allow_pings=self._allow_pings)
        self.faults.extend(found)
        return found

    # Messages

    def _post(self, body: Body) -> Body:
        channel = _channel(body)
        self._check_message(body)
        message = {
            "type": "message",
            "user": BOT_USER,
            "bot_id": BOT,
            "channel": channel,
            "ts": self._ts(),
            "thread_ts": body.get("thread_ts"),
            **_content(body),
        }
        self.messages.append(message)
        return {"channel": channel, "ts": message["ts"], "message": _shown(message)}

    def _update(self, body: Body) -> Body:
        message = self._message(body)
        self._check_message(body)
        message.update(_content(body))
        return {"channel": message["channel"], "ts": message["ts"], "text": message["text"]}

    def _delete(self, body: Body) -> Body:
        message = self._message(body)
        self.messages.remove(message)
        return {"channel": message["channel"], "ts": message["ts"]}

    def _post_ephemeral(self, body: Body) -> Body:
        _channel(body)
        _need(body, "user")
        self._check_message(body)
        return {"message_ts": self._ts()}

    def _schedule(self, body: Body) -> Body:
        channel = _channel(body)
        post_at = str(_need(body, "post_at"))
        if not post_at.isdigit():
            raise Refused("invalid_time")
        ahead = int(post_at) - time.time()
        if ahead <= 0 or ahead > FARTHEST:
            raise Refused("time_in_past" if ahead <= 0 else "time_too_far")
        self._check_message(body)
        kept = {"id": f"Q{next(self._numbers)}", "channel_id": channel, "post_at": int(post_at)}
        self.scheduled.append({**kept, "date_created": int(time.time()), **_content(body)})
        return {"channel": channel, "scheduled_message_id": kept["id"], "post_at": int(post_at)}

    def _list_scheduled(self, body: Body) -> Body:
        channel = _channel(body) if body.get("channel") else None
        found = [kept for kept in self.scheduled if channel in (None, kept["channel_id"])]
        names = ("id", "channel_id", "post_at", "date_created", "text")
        return {"scheduled_messages": [{name: kept[name] for name in names} for kept in found]}

    def _delete_scheduled(self, body: Body) -> Body:
        wanted = _channel(body), _need(body, "scheduled_message_id")
        for kept in self.scheduled:
            if (kept["channel_id"], kept["id"]) == wanted:
                self.scheduled.remove(kept)
                return {}
        raise Refused("invalid_scheduled_message_id")

    # Conversations and people

    def _open_conversation(self, body: Body) -> Body:
        if body.get("channel"):
            return {"channel": {"id": _channel(body)}}
        users = str(_need(body, "users")).split(",")
        kind = "D" if len(users) == 1 else "G"
        return {"channel": {"id": kind + users[0][1:]}}

    def _conversation(self, body: Body) -> Body:
        channel = _channel(body)
        kinds = {"is_channel": channel[0] == "C", "is_im": channel[0] == "D"}
        name = channel.lower()
        found = {"id": channel, "name": name, "is_member": True, "is_archived": False, **kinds}
        return {"channel": found}

    def _history(self, body: Body) -> Body:
        channel = _channel(body)
        found = [
            message
            for message in reversed(self.messages)
            if message["channel"] == channel and message["thread_ts"] in (None, message["ts"])
        ]
        return _page(found, body)

    def _replies(self, body: Body) -> Body:
        parent = self._message(body)
        found = [
            message
            for message in self.messages
            if message is parent
            or (message["channel"], message["thread_ts"]) == (parent["channel"], parent["ts"])
        ]
        return _page(found, body)

    def _user(self, body: Body) -> Body:
        user = str(_need(body, "user"))
        zone = {"tz": "Etc/UTC", "tz_label": "Coordinated Universal Time", "tz_offset": 0}
        name = user.lower()
        found = {"id": user, "team_id": TEAM, "name": name, "is_bot": False, **zone}
        return {"user": found | self.users.get(user, {})}

    # Views

    def _open_view(self, body: Body) -> Body:
        _need(body, "trigger_id")
        return self._keep_view(f"V{next(self._numbers)}", body, "modal")

    def _update_view(self, body: Body) -> Body:
        wanted = body.get("view_id"), body.get("external_id")
        for view_id, view in self.views.items():
            if view_id == wanted[0] or (wanted[1] and view.get("external_id") == wanted[1]):
                return self._keep_view(view_id, body, view["type"])
        raise Refused("not_found")

    def _publish_view(self, body: Body) -> Body:
        return self._keep_view(f"VHOME{_need(body, 'user_id')}", body, "home")

    def _keep_view(self, view_id: str, body: Body, surface: str) -> Body:
        before = self.views.get(view_id)
        if before and body.get("hash") not in (None, before["hash"]):
            raise Refused("hash_conflict")
        view = _need(body, "view")
        if found := self.remember_faults(view, surface):
            sentences = [f"[ERROR] {sentence}" for sentence in found]
            raise Refused("invalid_arguments", response_metadata={"messages": sentences})
        kept = {"state": {"values": {}}, **view, "id": view_id, "hash": self._ts()}
        self.views[view_id] = kept
        return {"view": kept}

    # The app

    def _test_token(self, body: Body) -> Body:
        names = {"url": "https://team.slack.com/", "team": "Team", "user": "factbot"}
        return {**names, "team_id": TEAM, "user_id": BOT_USER, "bot_id": BOT}

    def _open_connection(self, body: Body) -> Body:
        if self.websocket_url is None:
            raise Refused("internal_error")
        return {"url": self.websocket_url}

    def _check_message(self, body: Body) -> None:
        if found := self.remember_faults(body, "message"):
            raise Refused("invalid_blocks", errors=found)

    def _message(self, body: Body) -> Body:
        wanted = _channel(body), str(_need(body, "ts"))
        for message in self.messages:
            if (message["channel"], message["ts"]) == wanted:
                return message
        raise Refused("message_not_found")

    def _ts(self) -> str:
        return f"{int(time.time())}.{next(self._numbers):06}"


def _channel(body: Body) -> str:
    """The conversation meant; a person's id means the direct messages with that person."""
    channel = str(body.get("channel") or "")
    if not channel:
        raise Refused("channel_not_found")
    return f"D{channel[1:]}" if channel[0] in "UW" else channel


def _need(body: Body, name: str) -> Any:
    if not body.get(name):
        sentence = f"[ERROR] missing required field: {name}"
        raise Refused("invalid_arguments", response_metadata={"messages": [sentence]})
    return body[name]


def _content(body: Body) -> Body:
    return {
        "text": body.get("text", ""),
        "blocks": body.get("blocks", []),
        "metadata": body.get("metadata"),
    }


def _shown(message: Body) -> Body:
    return {name: value for name, value in message.items() if value not in (None, [])}


def _page(messages: list[Body], body: Body) -> Body:
    """The first of these; metadata whole only if asked for.

    https://docs.slack.dev/messaging/message-metadata
    """
    limit = int(body.get("limit") or 100)
    shown = [_shown(message) for message in messages[:limit]]
    if str(body.get("include_all_metadata", "")).lower() not in ("1", "true"):
        for message in shown:
            if "metadata" in message:
                message["metadata"] = {"event_type": message["metadata"]["event_type"]}
    return {"messages": shown, "has_more": len(messages) > limit}
