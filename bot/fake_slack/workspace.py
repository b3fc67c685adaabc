"""What a Slack workspace holds, and the Web API methods that read and change it.

Methods that we don't call are left out: they fail with `unknown_method`.
https://docs.slack.dev/reference/methods
"""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable

from bot.fake_slack.calls import (
    BROADCAST,
    CallError,
    JsonObject,
    content,
    conversation_id,
    has_replies,
    is_broadcast,
    message_page,
    require,
    suggest_prompts,
    without_empty_fields,
)
from bot.fake_slack.oauth import BOT_USER_ID, TokenIssuer
from bot.fake_slack.payload_parts import blocks_of
from bot.fake_slack.people import WorkspaceMembers
from bot.fake_slack.response_urls import ResponseTarget
from bot.fake_slack.validator import Surface, validation_errors
from bot.fake_slack.views import ViewStore

TEAM_ID, BOT_ID = "T1", "B0BOT"
MINIMUM_SCOPES = ("app_mentions:read", "chat:write", "commands", "im:history", "users:read")


class Workspace:
    """Messages, views and people, and what the bot may do with them.

    `messages` are what everybody in a channel sees, oldest first and as they are now, `ephemeral`
    what only one user sees (`visible_to`). `changed_ts` are the messages that the current call
    created or changed. `users` adds to what users.info returns (`{"U1": {"tz": None}}`), and
    `members` says who is in a channel: by default those in `users`.
    `scopes` are those of the bot's token. `channels_without_bot` and `unknown_channels` refuse its
    messages; so do `unknown_blocks`, as a Slack does that is behind. `now` is in seconds since
    1970. `validation_errors` collects every reason why something was refused: tests can end with
    `assert slack.validation_errors == []`.
    """

    def __init__(self, allow_pings: bool = False, now: Callable[[], float] = time.time) -> None:
        self.now = now
        self.scopes = set(MINIMUM_SCOPES)
        self.channels_without_bot: set[str] = set()
        self.unknown_channels: set[str] = set()
        self.messages: list[JsonObject] = []
        self.ephemeral: list[JsonObject] = []
        self.changed_ts: set[str] = set()
        self.tokens = TokenIssuer(self.scopes)
        self.view_store = ViewStore(self.validate)
        self.views = self.view_store.views
        self.people = WorkspaceMembers()
        self.users, self.members = self.people.users, self.people.members
        self.unknown_blocks: set[str] = set()
        self.validation_errors: list[str] = []
        self.websocket_url: str | None = None
        self._token_in_use = ""
        self._allow_pings = allow_pings
        self._numbers = itertools.count(1)
        self.methods: dict[str, Callable[[JsonObject], JsonObject]] = {
            "api.test": lambda arguments: {},
            "apps.connections.open": self._open_connection,
            "assistant.threads.setSuggestedPrompts": self._suggest_prompts,
            "auth.test": self._test_token,
            "chat.postEphemeral": self._post_ephemeral,
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "conversations.history": self._history,
            "conversations.info": self._channel_info,
            "conversations.members": self._members,
            "conversations.replies": self._replies,
            "reactions.add": self._react,
            "oauth.v2.access": self.tokens.exchange,
            "usergroups.users.list": self._group_members,
            "users.info": self._user,
            "users.list": self._users,
            "views.open": self.view_store.open,
            "views.push": self.view_store.push,
            "views.publish": self.view_store.publish,
            "views.update": self.view_store.update,
        }

    def respond(self, target: ResponseTarget, body: JsonObject) -> list[str]:
        """Do what a response asks for; its validation errors, if there are any."""
        messages = (*self.messages, *self.ephemeral)
        original = next((message for message in messages if message["ts"] == target.ts), None)
        if body.get("delete_original") and original:
            (self.ephemeral if original in self.ephemeral else self.messages).remove(original)
            return []
        if errors := self.validate(body, Surface.MESSAGE):
            return errors
        if body.get("replace_original") and original:
            original.update(content(body), edited=True)
            self.changed_ts.add(original["ts"])
        elif body.get("response_type") == "in_channel":
            self._add_message(target.channel, body)
        else:
            self._show_to(target.user, target.channel, body)
        return []

    def add_member_message(
        self, user: str, channel: str, text: str, thread_ts: str | None = None
    ) -> JsonObject:
        """Add what a person wrote."""
        message = self._new_message(channel, {"text": text, "thread_ts": thread_ts})
        message["user"] = user
        del message["bot_id"]
        self.messages.append(message)
        return message

    def change_channel_id(self, old: str, new: str) -> None:
        """Give a channel another id; the old one is unknown from then on."""
        self.unknown_channels.add(old)
        for message in self.messages:
            if message["channel"] == old:
                message["channel"] = new

    def validate(self, payload: JsonObject, surface: Surface) -> list[str]:
        """Why Slack would refuse a payload, which `validation_errors` then remembers."""
        kinds = {str(block.get("type")) for block in blocks_of(payload)}
        if unknown := kinds & self.unknown_blocks:
            return [f"unsupported type: {kind}" for kind in sorted(unknown)]
        errors = validation_errors(payload, surface, allow_pings=self._allow_pings)
        self.validation_errors.extend(errors)
        return errors

    # Messages

    def _post(self, arguments: JsonObject) -> JsonObject:
        channel = self._channel_to_post_in(arguments)
        self._check_message(arguments)
        message = self._add_message(channel, arguments)
        return {"channel": channel, "ts": message["ts"], "message": without_empty_fields(message)}

    def _update(self, arguments: JsonObject) -> JsonObject:
        message = self._find_message(arguments)
        self._check_message(arguments)
        message.update(content(arguments), edited=True)
        self.changed_ts.add(message["ts"])
        return {"channel": message["channel"], "ts": message["ts"], "text": message["text"]}

    def _post_ephemeral(self, arguments: JsonObject) -> JsonObject:
        channel = self._channel_to_post_in(arguments)
        user, thread_ts = str(require(arguments, "user")), arguments.get("thread_ts")
        self._check_message(arguments)
        if thread_ts and not has_replies(self.messages, channel, thread_ts):
            return {"message_ts": self._new_ts()}  # Slack says so, but shows it to nobody
        return {"message_ts": self._show_to(user, channel, arguments)["ts"]}

    def _add_message(self, channel: str, body: JsonObject) -> JsonObject:
        message = self._new_message(channel, body)
        self.messages.append(message)
        return message

    def _show_to(self, user: str, channel: str, body: JsonObject) -> JsonObject:
        message = self._new_message(channel, body) | {"visible_to": user}
        self.ephemeral.append(message)
        return message

    def _new_message(self, channel: str, body: JsonObject) -> JsonObject:
        ts = self._new_ts()
        self.changed_ts.add(ts)
        return {
            "type": "message",
            "user": BOT_USER_ID,
            "bot_id": BOT_ID,
            "channel": channel,
            "ts": ts,
            "thread_ts": body.get("thread_ts"),
            "visible_to": None,
            **({"subtype": BROADCAST} if body.get("reply_broadcast") else {}),
            **content(body),
        }

    def _channel_to_post_in(self, arguments: JsonObject) -> str:
        channel = conversation_id(arguments)
        self._require_scope("chat:write")
        if channel in self.unknown_channels:
            raise CallError("channel_not_found")
        if channel in self.channels_without_bot:
            raise CallError("not_in_channel")
        return channel

    def _require_scope(self, scope: str) -> None:
        if scope not in self.scopes:
            raise CallError("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))

    def _check_message(self, arguments: JsonObject) -> None:
        if errors := self.validate(arguments, Surface.MESSAGE):
            raise CallError("invalid_blocks", errors=errors)

    def _react(self, arguments: JsonObject) -> JsonObject:
        """https://docs.slack.dev/reference/methods/reactions.add"""
        self._require_scope("reactions:write")
        name = str(require(arguments, "name"))
        if not re.fullmatch(r"[a-z0-9_+'-]+", name):
            raise CallError("invalid_name")
        message = self._find_message({**arguments, "ts": require(arguments, "timestamp")})
        reactions = message.setdefault("reactions", [])
        if name in reactions:
            raise CallError("already_reacted")
        reactions.append(name)
        self.changed_ts.add(message["ts"])
        return {}

    def _find_message(self, arguments: JsonObject) -> JsonObject:
        channel, ts = conversation_id(arguments), str(require(arguments, "ts"))
        for message in self.messages:
            if (message["channel"], message["ts"]) == (channel, ts):
                return message
        raise CallError("message_not_found")

    def _new_ts(self) -> str:
        return f"{int(self.now())}.{next(self._numbers):06}"

    def _suggest_prompts(self, arguments: JsonObject) -> JsonObject:
        self._require_scope("assistant:write")
        return suggest_prompts(arguments)

    # Conversations and people

    def _require_history_scope(self, channel: str) -> None:
        kind = {"D": "im", "G": "groups"}.get(channel[0], "channels")
        self._require_scope(f"{kind}:history")

    def _history(self, arguments: JsonObject) -> JsonObject:
        channel = conversation_id(arguments)
        self._require_history_scope(channel)
        oldest = float(arguments.get("oldest") or 0)
        latest = float(arguments.get("latest") or "inf")
        messages = [
            message
            for message in reversed(self.messages)
            if message["channel"] == channel
            and (message["thread_ts"] in (None, message["ts"]) or is_broadcast(message))
            and oldest < float(message["ts"]) < latest
        ]
        return message_page(messages, arguments)

    def _replies(self, arguments: JsonObject) -> JsonObject:
        self._require_history_scope(conversation_id(arguments))
        parent = self._find_message(arguments)
        thread = (parent["channel"], parent["ts"])
        oldest = float(arguments.get("oldest") or 0)
        messages = [
            message
            for message in self.messages
            if message is parent
            or (message["channel"], message["thread_ts"]) == thread
            and float(message["ts"]) > oldest
        ]
        return message_page(messages, arguments)

    def _channel_info(self, arguments: JsonObject) -> JsonObject:
        return self.people.channel_info(self._readable_channel(arguments), arguments)

    def _members(self, arguments: JsonObject) -> JsonObject:
        return self.people.members_page(self._readable_channel(arguments), arguments)

    def _readable_channel(self, arguments: JsonObject) -> str:
        channel = conversation_id(arguments)
        kind = {"D": "im", "G": "groups"}.get(channel[0], "channels")
        self._require_scope(f"{kind}:read")
        if channel in self.unknown_channels:
            raise CallError("channel_not_found")
        return channel

    def _user(self, arguments: JsonObject) -> JsonObject:
        user = str(require(arguments, "user"))
        self._require_scope("users:read")
        return {"user": self.people.user_info(user, TEAM_ID)}

    def _users(self, arguments: JsonObject) -> JsonObject:
        self._require_scope("users:read")
        return self.people.users_page(TEAM_ID, arguments)

    def _group_members(self, arguments: JsonObject) -> JsonObject:
        self._require_scope("usergroups:read")
        return self.people.group_members(arguments)

    def _test_token(self, arguments: JsonObject) -> JsonObject:
        names = {"url": "https://team.slack.com/", "team": "Team", "user": "factbot"}
        team = self.tokens.owners.get(self._token_in_use, TEAM_ID)
        return {**names, "team_id": team, "user_id": BOT_USER_ID, "bot_id": BOT_ID}

    def _open_connection(self, arguments: JsonObject) -> JsonObject:
        if self.websocket_url is None:
            raise CallError("internal_error")
        return {"url": self.websocket_url}
