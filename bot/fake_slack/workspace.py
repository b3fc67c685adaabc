"""What a workspace of Slack's holds, and the Web API methods that read and change it.

https://docs.slack.dev/reference/methods
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable

from bot.fake_slack.calls import Body, Refused, channel_of, content, has_replies, need, page, shown
from bot.fake_slack.grants import BOT_USER, Grants
from bot.fake_slack.modals import Views
from bot.fake_slack.response_urls import Source
from bot.fake_slack.validator import faults

TEAM, BOT = "T1", "B0BOT"
LEAST_SCOPES = ("app_mentions:read", "chat:write", "commands", "im:history", "users:read")
FARTHEST = 120 * 86_400
"""Seconds ahead that chat.scheduleMessage takes."""


class Workspace:
    """`messages` are those that everybody in a channel sees, oldest first, as they are now, and
    `private` those that only one person sees; `touched` are the ts that the present call
    made or changed.

    `users` may hold, by user id, what users.info says beyond its defaults (`{"tz": None}`).
    `absent` are channels that the bot is not in, `scopes` what its token may do, and `now` is the
    time of day. `faults` collects every reason why something was refused, so that a test can end
    with `assert slack.faults == []`.
    """

    def __init__(self, allow_pings: bool = False, now: Callable[[], float] = time.time) -> None:
        self.now = now
        self.scopes = set(LEAST_SCOPES)
        self.absent: set[str] = set()
        self.unknown: set[str] = set()
        self.messages: list[Body] = []
        self.scheduled: list[Body] = []
        self.touched: set[str] = set()
        self.grants = Grants(self.scopes)
        self.caller = ""
        self.private: list[Body] = []
        self.modals = Views(self.remember_faults)
        self.views = self.modals.views
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
            "oauth.v2.access": self.grants.grant,
            "users.info": self._user,
            "views.open": self.modals.open,
            "views.publish": self.modals.publish,
            "views.push": self.modals.push,
            "views.update": self.modals.update,
        }

    def respond(self, source: Source, body: Body) -> list[str]:
        """Do what a response asks for, in a thread if it says so; the faults, if there are any."""
        original = next((m for m in (*self.messages, *self.private) if m["ts"] == source.ts), None)
        if body.get("delete_original") and original:
            (self.private if original in self.private else self.messages).remove(original)
            return []
        if found := self.remember_faults(body, "message"):
            return found
        if body.get("replace_original") and original:
            original.update(content(body), edited=True)
            self.touched.add(original["ts"])
        elif body.get("response_type") == "in_channel":
            self._keep_message(source.channel, body)
        else:
            self.show(source, body)
        return []

    def show(self, source: Source, body: Body) -> None:
        """Show a message to one person only."""
        self.private.append(self._message_of(source.channel, {**body, "only": source.user}))

    def write(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Body:
        """Keep what a person wrote."""
        kept = {"text": text, "thread_ts": thread_ts}
        message = self._message_of(channel, kept) | {"user": user}
        del message["bot_id"]
        self.messages.append(message)
        return message

    def change_channel_id(self, old: str, new: str) -> None:
        """Give a channel another id; nothing is found by the old one any more."""
        self.unknown.add(old)
        for message in self.messages:
            if message["channel"] == old:
                message["channel"] = new

    def remember_faults(self, payload: Body, surface: str) -> list[str]:
        found = faults(payload, surface, allow_pings=self._allow_pings)
        self.faults.extend(found)
        return found

    def post_scheduled(self) -> None:
        """Post what is due; with metadata it is taken, but never posted, as Slack's page warns:
        https://docs.slack.dev/reference/methods/chat.scheduleMessage
        """
        due = [kept for kept in self.scheduled if kept["post_at"] <= self.now()]
        for kept in sorted(due, key=lambda each: int(each["post_at"])):
            self.scheduled.remove(kept)
            if not kept["metadata"]:
                self._keep_message(kept["channel_id"], kept)

    # Messages

    def _post(self, body: Body) -> Body:
        channel = self._open_to_us(body)
        self._check_message(body)
        message = self._keep_message(channel, body)
        return {"channel": channel, "ts": message["ts"], "message": shown(message)}

    def _keep_message(self, channel: str, body: Body) -> Body:
        message = self._message_of(channel, body)
        self.messages.append(message)
        return message

    def _message_of(self, channel: str, body: Body) -> Body:
        """A message of the bot's, shown to everybody or to `only` one person."""
        ts = self._ts()
        self.touched.add(ts)
        return {
            "type": "message",
            "user": BOT_USER,
            "bot_id": BOT,
            "channel": channel,
            "ts": ts,
            "thread_ts": body.get("thread_ts"),
            "only": body.get("only"),
            **content(body),
        }

    def _open_to_us(self, body: Body) -> str:
        """The conversation meant, in which we may post."""
        channel = channel_of(body)
        self._need_scope("chat:write")
        if channel in self.unknown:
            raise Refused("channel_not_found")
        if channel in self.absent:
            raise Refused("not_in_channel")
        return channel

    def _need_scope(self, scope: str) -> None:
        if scope not in self.scopes:
            provided = ",".join(sorted(self.scopes))
            raise Refused("missing_scope", needed=scope, provided=provided)

    def _update(self, body: Body) -> Body:
        message = self._message(body)
        self._check_message(body)
        message.update(content(body), edited=True)
        self.touched.add(message["ts"])
        return {"channel": message["channel"], "ts": message["ts"], "text": message["text"]}

    def _delete(self, body: Body) -> Body:
        message = self._message(body)
        self.messages.remove(message)
        return {"channel": message["channel"], "ts": message["ts"]}

    def _post_ephemeral(self, body: Body) -> Body:
        channel = self._open_to_us(body)
        source = Source(channel, str(need(body, "user")), thread_ts=body.get("thread_ts"))
        self._check_message(body)
        if source.thread_ts and not has_replies(self.messages, channel, source.thread_ts):
            return {"message_ts": self._ts()}  # nobody is shown it
        self.show(source, body)
        return {"message_ts": self.private[-1]["ts"]}

    def _schedule(self, body: Body) -> Body:
        channel = self._open_to_us(body)
        post_at = str(need(body, "post_at"))
        if not post_at.isdigit():
            raise Refused("invalid_time")
        ahead = int(post_at) - self.now()
        if ahead <= 0 or ahead > FARTHEST:
            raise Refused("time_in_past" if ahead <= 0 else "time_too_far")
        self._check_message(body)
        kept = {"id": f"Q{next(self._numbers)}", "channel_id": channel, "post_at": int(post_at)}
        self.scheduled.append({**kept, "date_created": int(self.now()), **content(body)})
        return {"channel": channel, "scheduled_message_id": kept["id"], "post_at": int(post_at)}

    def _list_scheduled(self, body: Body) -> Body:
        channel = channel_of(body) if body.get("channel") else None
        first, last = float(body.get("oldest") or 0), float(body.get("latest") or "inf")
        found = [
            kept
            for kept in self.scheduled
            if channel in (None, kept["channel_id"]) and first <= kept["post_at"] <= last
        ]
        names = ("id", "channel_id", "post_at", "date_created", "text")
        return {"scheduled_messages": [{name: kept[name] for name in names} for kept in found]}

    def _delete_scheduled(self, body: Body) -> Body:
        wanted = channel_of(body), need(body, "scheduled_message_id")
        for kept in self.scheduled:
            if (kept["channel_id"], kept["id"]) == wanted:
                self.scheduled.remove(kept)
                return {}
        raise Refused("invalid_scheduled_message_id")

    # Conversations and people

    def _open_conversation(self, body: Body) -> Body:
        if body.get("channel"):
            return {"channel": {"id": channel_of(body)}}
        users = str(need(body, "users")).split(",")
        kind = "D" if len(users) == 1 else "G"
        return {"channel": {"id": kind + users[0][1:]}}

    def _conversation(self, body: Body) -> Body:
        channel = channel_of(body)
        kinds = {"is_channel": channel[0] == "C", "is_im": channel[0] == "D"}
        name = channel.lower()
        found = {"id": channel, "name": name, "is_member": True, "is_archived": False, **kinds}
        return {"channel": found}

    def _need_history(self, channel: str) -> None:
        kind = {"D": "im", "G": "groups"}.get(channel[0], "channels")
        self._need_scope(f"{kind}:history")

    def _history(self, body: Body) -> Body:
        channel = channel_of(body)
        self._need_history(channel)
        first, last = float(body.get("oldest") or 0), float(body.get("latest") or "inf")
        found = [
            message
            for message in reversed(self.messages)
            if message["channel"] == channel
            and message["thread_ts"] in (None, message["ts"])
            and first < float(message["ts"]) < last
        ]
        return page(found, body)

    def _replies(self, body: Body) -> Body:
        self._need_history(channel_of(body))
        parent = self._message(body)
        first = float(body.get("oldest") or 0)
        found = [
            message
            for message in self.messages
            if message is parent
            or (message["channel"], message["thread_ts"]) == (parent["channel"], parent["ts"])
            and float(message["ts"]) > first
        ]
        return page(found, body)

    def _user(self, body: Body) -> Body:
        user = str(need(body, "user"))
        self._need_scope("users:read")
        zone = {"tz": "Etc/UTC", "tz_label": "Coordinated Universal Time", "tz_offset": 0}
        name = user.lower()
        found = {"id": user, "team_id": TEAM, "name": name, "is_bot": False, **zone}
        return {"user": found | self.users.get(user, {})}

    # The app

    def _test_token(self, body: Body) -> Body:
        names = {"url": "https://team.slack.com/", "team": "Team", "user": "factbot"}
        team = self.grants.teams.get(self.caller, TEAM)
        return {**names, "team_id": team, "user_id": BOT_USER, "bot_id": BOT}

    def _open_connection(self, body: Body) -> Body:
        if self.websocket_url is None:
            raise Refused("internal_error")
        return {"url": self.websocket_url}

    def _check_message(self, body: Body) -> None:
        if found := self.remember_faults(body, "message"):
            raise Refused("invalid_blocks", errors=found)

    def _message(self, body: Body) -> Body:
        wanted = channel_of(body), str(need(body, "ts"))
        for message in self.messages:
            if (message["channel"], message["ts"]) == wanted:
                return message
        raise Refused("message_not_found")

    def _ts(self) -> str:
        return f"{int(self.now())}.{next(self._numbers):06}"
