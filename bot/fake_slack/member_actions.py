"""What members do, sent to the bot the way Slack sends it: signed, over HTTP."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from slack_sdk.signature import SignatureVerifier

from bot.fake_slack import message_events
from bot.fake_slack.calls import CallError, JsonObject
from bot.fake_slack.oauth import BOT_USER_ID
from bot.fake_slack.org_wide import org_wide
from bot.fake_slack.response_urls import ResponseTarget
from bot.fake_slack.sample_workspace import CHANNEL_NAMES, GROUP, find_member
from bot.fake_slack.server import FakeSlack
from bot.fake_slack.traffic import Exchange, RequestSender, TrafficLog
from bot.fake_slack.workspace import TEAM_ID
from bot.slack.mrkdwn import escape

INVITE = "/invite"
RESPONSE_TIMEOUT_SECONDS = 3.0
"""https://docs.slack.dev/interactivity/implementing-slash-commands"""
_MESSAGE_FIELDS = ("user", "bot_id", "ts", "thread_ts", "text", "blocks")
"""What a payload tells of a message."""
FAILED = "{what} failed: the bot didn't respond the way Slack expects ({reason})."


class ContentType(StrEnum):
    """How a payload is encoded."""

    FORM = "application/x-www-form-urlencoded"
    JSON = "application/json"


class BotResponseError(Exception):
    """The bot didn't respond with 200 in time; the message tells the member."""


class MemberActions:
    """Delivers payloads to the bot's endpoint at `url`, signed with `secret`.

    With an organization, all payloads are those of its organization-wide installation.
    """

    def __init__(
        self, slack: FakeSlack, url: str, secret: str, traffic: TrafficLog, organization: str = ""
    ) -> None:
        self._slack = slack
        self._url = url
        self._verifier = SignatureVerifier(secret)
        self._traffic = traffic
        self._organization = organization
        self._event_numbers = itertools.count(1)

    def send(self, user: str, channel: str, text: str, thread_ts: str | None) -> None:
        """Write a message; one that begins with a slash is a command."""
        if text.startswith(INVITE):
            self._invite(user, channel)
            return
        if text.startswith("/"):
            self._send_command(user, channel, text)
            return
        message = self._slack.receive_message(user, channel, text, thread_ts)
        if event := message_events.written(message, self._slack.scopes):
            self._send_event(event, message["ts"])

    def edit(self, user: str, message: JsonObject, text: str) -> None:
        """Change a message of one's own. Raises LookupError for any other."""
        if message["user"] != user:
            raise LookupError(f"{message['ts']} was written by somebody else")
        previous_text = message["text"]
        if text == previous_text:
            return
        self._slack.edit_message(message, text)
        now = self._slack.now()
        if event := message_events.edited(message, previous_text, now, self._slack.scopes):
            self._send_event(event, message["ts"])

    def open_app(self, user: str, tab: str) -> None:
        """Open the bot's `home` or `messages` tab.

        https://docs.slack.dev/reference/events/app_home_opened
        """
        event = {"type": "app_home_opened", "user": user, "tab": tab}
        channel = find_member(user).direct_channel
        self._send_event(event | {"channel": channel, "event_ts": str(time.time())})

    def _invite(self, user: str, channel: str) -> None:
        """https://docs.slack.dev/reference/events/member_joined_channel"""
        event = {"type": "member_joined_channel", "user": BOT_USER_ID, "channel": channel}
        about = {"channel_type": "C", "team": TEAM_ID, "inviter": user}
        self._send_event(event | about | {"event_ts": str(time.time())})

    def use_message_element(self, user: str, message: JsonObject, action: JsonObject) -> None:
        """Click a button or choose an option in a message."""
        channel, ts = message["channel"], message["ts"]
        target = ResponseTarget(channel, user, ts, message.get("thread_ts"))
        payload = self._interaction("block_actions", user) | {
            "actions": [action],
            "channel": {"id": channel, "name": _channel_name(channel)},
            "response_url": self._slack.response_url(target),
            "container": {
                "type": "message", "message_ts": ts, "channel_id": channel,
                "is_ephemeral": message["visible_to"] is not None,
            },
        }  # fmt: skip
        if message.get("thread_ts"):
            payload["container"]["thread_ts"] = message["thread_ts"]
        self._send_interaction(payload, ts)

    def use_message_shortcut(self, user: str, message: JsonObject, callback_id: str) -> None:
        """Choose a shortcut in the menu of a message.

        https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
        """
        channel, ts = message["channel"], message["ts"]
        if message["visible_to"] is not None:
            raise LookupError(f"{ts} has no shortcuts: only one person sees it")
        sent = {name: message[name] for name in _MESSAGE_FIELDS if message.get(name)}
        payload = self._interaction("message_action", user) | {
            "callback_id": callback_id, "message": {"type": "message", "team": TEAM_ID} | sent,
            "message_ts": ts, "action_ts": f"{self._slack.now():.6f}", "token": "",
            "channel": {"id": channel, "name": _channel_name(channel)},
            "response_url": self._slack.response_url(ResponseTarget(channel, user)),
        }  # fmt: skip
        self._send_interaction(payload, ts)

    def use_global_shortcut(self, user: str, callback_id: str) -> None:
        """Choose a shortcut that belongs to no message: its payload names no channel.

        https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
        """
        payload = self._interaction("shortcut", user)
        about = {"callback_id": callback_id, "action_ts": f"{self._slack.now():.6f}", "token": ""}
        self._send_interaction(payload | about)

    def use_view_element(self, user: str, view: JsonObject, action: JsonObject) -> None:
        """Click a button or choose an option in a modal or Home tab."""
        container = {"type": "view", "view_id": view["id"]}
        payload = self._interaction("block_actions", user)
        self._send_interaction(
            payload | {"actions": [action], "view": view, "container": container}
        )

    def submit(self, user: str, view: JsonObject, values: JsonObject) -> dict[str, str]:
        """Submit a modal; its errors by block id, or nothing if it was accepted."""
        payload = self._interaction("view_submission", user)
        payload["view"] = view | {"state": {"values": values}}
        payload["response_urls"] = self._slack.response_urls_of(user, payload["view"])
        response = self._send_interaction(payload)
        try:
            return self._slack.view_store.acknowledge(user, view["id"], response)
        except CallError as error:
            reason = str(error.response["error"])
            failed = FAILED.format(what="view_submission", reason=reason)
            raise BotResponseError(failed) from error

    def load_options(
        self, user: str, view: JsonObject | None, menu: Mapping[str, str]
    ) -> list[JsonObject]:
        """What a menu offers for what has been typed (its `value`)."""
        payload = self._interaction("block_suggestion", user) | dict(menu)
        response = self._send_interaction(payload | ({"view": view} if view else {}))
        return list(response.get("options", [])) if isinstance(response, dict) else []

    def _send_command(self, user: str, channel: str, text: str) -> None:
        command, _, rest = text.partition(" ")
        target = ResponseTarget(channel, user)
        payload = self._for_installation(
            {
                "team_id": TEAM_ID, "channel_id": channel, "channel_name": _channel_name(channel),
                "user_id": user, "command": command, "text": escape(rest.strip()),
                "api_app_id": "A1", "response_url": self._slack.response_url(target),
                "trigger_id": self._slack.trigger(user),
            }
        )  # fmt: skip
        response = self._post(payload, payload)
        if isinstance(response, str):
            response = {"text": response}
        if isinstance(response, dict) and (response.get("text") or response.get("blocks")):
            changed_ts = self._slack.receive_command_response(target, response)
            self._traffic.add_to_latest(changed_ts)

    def _send_event(self, event: JsonObject, ts: str = "") -> None:
        payload = self._for_installation(
            {
                "type": "event_callback", "team_id": TEAM_ID, "api_app_id": "A1",
                "event_id": f"Ev{next(self._event_numbers)}",
                "event_time": int(self._slack.now()),
                "authorizations": [
                    {"team_id": TEAM_ID, "user_id": BOT_USER_ID, "is_bot": True}
                ],
                "event": event,
            }
        )  # fmt: skip
        self._post(payload, payload, ts, ContentType.JSON)

    def _interaction(self, kind: str, user: str) -> JsonObject:
        name = find_member(user).name
        return {
            "type": kind, "team": {"id": TEAM_ID, "domain": "playground"},
            "user": {"id": user, "name": name, "team_id": TEAM_ID}, "api_app_id": "A1",
            "enterprise": None, "is_enterprise_install": False,
            "trigger_id": self._slack.trigger(user),
        }  # fmt: skip

    def _send_interaction(self, payload: JsonObject, ts: str = "") -> Any:
        payload = self._for_installation(payload)
        return self._post({"payload": json.dumps(payload)}, payload, ts)

    def _for_installation(self, payload: JsonObject) -> JsonObject:
        return org_wide(payload, self._organization) if self._organization else payload

    def _post(
        self,
        content: JsonObject,
        shown: JsonObject,
        ts: str = "",
        content_type: ContentType = ContentType.FORM,
    ) -> Any:
        """Send a signed request; the parsed response. Raises BotResponseError unless it is a 200.

        `shown` is what the traffic log shows instead of the encoded content, `ts` the message
        that the request is about.
        """
        is_json = content_type is ContentType.JSON
        body = json.dumps(content) if is_json else urlencode(content)
        started = time.perf_counter()
        status, text = self._request(body, content_type)
        milliseconds = (time.perf_counter() - started) * 1000
        response = _parse(text)
        self._traffic.record(
            Exchange(
                time.time(), RequestSender.SLACK, "POST /slack/events", shown, status, response,
                milliseconds, frozenset([ts] if ts else []),
            )
        )  # fmt: skip
        if status != 200:
            what = str(content.get("command") or shown.get("type"))
            raise BotResponseError(FAILED.format(what=what, reason=status or text))
        return response

    def _request(self, body: str, content_type: ContentType) -> tuple[int, str]:
        """The status and text of the response; 0 and the error's name if there is none."""
        now = str(int(time.time()))
        headers = {
            "Content-Type": content_type.value,
            "X-Slack-Request-Timestamp": now,
            "X-Slack-Signature": str(self._verifier.generate_signature(timestamp=now, body=body)),
        }
        request = Request(self._url, body.encode(), headers)
        try:
            with urlopen(request, timeout=RESPONSE_TIMEOUT_SECONDS) as response:
                return response.status, response.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode(errors="replace")
        except OSError as error:
            return 0, type(error).__name__


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _channel_name(channel: str) -> str:
    if channel == GROUP:
        return "mpdm-ann--ben--cleo--factbot-1"
    return CHANNEL_NAMES.get(channel, "directmessage")
