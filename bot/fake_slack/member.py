"""What a member does, sent to the bot as Slack sends it: signed, over HTTP."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from slack_sdk.signature import SignatureVerifier

from bot.fake_slack.calls import Body
from bot.fake_slack.grants import BOT_USER
from bot.fake_slack.org_wide import org_wide
from bot.fake_slack.response_urls import Source
from bot.fake_slack.sample_workspace import CHANNELS, member
from bot.fake_slack.server import FakeSlack
from bot.fake_slack.traffic import SLACK, Exchange, Traffic
from bot.fake_slack.workspace import TEAM
from bot.slack.mrkdwn import escape

PATIENCE = 3.0
"""Seconds that Slack waits: https://docs.slack.dev/interactivity/implementing-slash-commands"""
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
NO_ANSWER = "{what} failed: the bot did not answer as Slack wants it ({why})."


class FailedError(Exception):
    """The bot did not answer; the message says so to the member."""


class Desk:
    """Delivers to the endpoint at `url`; `secret` signs.

    With an organization, all payloads are those of its organization-wide installation.
    """

    def __init__(
        self, slack: FakeSlack, url: str, secret: str, traffic: Traffic, organization: str = ""
    ) -> None:
        self._slack = slack
        self._url = url
        self._secret = secret
        self._traffic = traffic
        self._organization = organization
        self._events = itertools.count(1)

    def send(self, user: str, channel: str, text: str, thread_ts: str | None) -> None:
        """Write a message; one that begins with a slash is a command."""
        if text.startswith("/"):
            self._command(user, channel, text)
            return
        message = self._slack.take_message(user, channel, text, thread_ts)
        event = {
            "type": "message", "user": user, "text": message["text"], "channel": channel,
            "ts": message["ts"],
        }  # fmt: skip
        if thread_ts:
            event["thread_ts"] = thread_ts
        if channel.startswith("D"):
            self._event(event | {"channel_type": "im"}, message["ts"])
        elif f"<@{BOT_USER}>" in text:
            self._event(event | {"type": "app_mention"}, message["ts"])

    def open_home(self, user: str) -> None:
        event = {"type": "app_home_opened", "user": user, "tab": "home"}
        self._event(event | {"channel": member(user).direct, "event_ts": str(time.time())})

    def press(self, user: str, where: Mapping[str, Any], action: Body) -> None:
        """Use an element of a message or of a view, whichever `where` names."""
        body = self._interaction("block_actions", user) | {"actions": [action]}
        ts = ""
        message = where.get("message")
        if message:
            ts = message["ts"]
            source = Source(message["channel"], user, ts, message.get("thread_ts"))
            body |= {
                "channel": {"id": message["channel"], "name": _name(message["channel"])},
                "response_url": self._slack.response_url(source),
                "container": {
                    "type": "message", "message_ts": ts, "channel_id": message["channel"],
                    "is_ephemeral": message["only"] is not None,
                },
            }  # fmt: skip
        else:
            view = where["view"]
            body |= {"view": view, "container": {"type": "view", "view_id": view["id"]}}
        body = self._sent(body)
        self._post({"payload": json.dumps(body)}, body, ts)

    def submit(self, user: str, view: Body, values: Body) -> dict[str, str]:
        """Submit a modal; what is wrong with it by input, nothing if it was taken."""
        filled = view | {"state": {"values": values}}
        body = self._interaction("view_submission", user) | {"view": filled}
        body = self._sent(body)
        answer = self._post({"payload": json.dumps(body)}, body)
        wanted = answer if isinstance(answer, dict) else {}
        action = wanted.get("response_action")
        if action == "errors":
            return dict(wanted["errors"])
        if action in ("update", "push"):
            self._slack.modals.replace(user, view["id"], wanted["view"], push=action == "push")
        else:
            self._slack.modals.close(user, view["id"])
        return {}

    def options(self, user: str, view: Body | None, action: Mapping[str, str]) -> list[Body]:
        """What a menu offers for what has been typed."""
        body = self._interaction("block_suggestion", user) | dict(action)
        body |= {"view": view} if view else {}
        body = self._sent(body)
        answer = self._post({"payload": json.dumps(body)}, body)
        return list(answer.get("options", [])) if isinstance(answer, dict) else []

    def _command(self, user: str, channel: str, text: str) -> None:
        command, _, rest = text.partition(" ")
        source = Source(channel, user)
        fields = {
            "team_id": TEAM, "channel_id": channel, "channel_name": _name(channel),
            "user_id": user, "command": command, "text": escape(rest.strip()), "api_app_id": "A1",
            "response_url": self._slack.response_url(source),
            "trigger_id": self._slack.trigger(user),
        }  # fmt: skip
        fields = self._sent(fields)
        answer = self._post(fields, fields)
        if isinstance(answer, dict) and (answer.get("text") or answer.get("blocks")):
            touched = self._slack.take_answer(source, answer)
        elif isinstance(answer, str) and answer:
            touched = self._slack.take_answer(source, {"text": answer})
        else:
            return
        self._traffic.relate(touched)

    def _event(self, event: Body, ts: str = "") -> None:
        body = {
            "type": "event_callback", "team_id": TEAM, "api_app_id": "A1",
            "event_id": f"Ev{next(self._events)}", "event_time": int(self._slack.now()),
            "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
            "event": event,
        }  # fmt: skip
        body = self._sent(body)
        self._post(body, body, ts, JSON)

    def _interaction(self, kind: str, user: str) -> Body:
        return {
            "type": kind, "team": {"id": TEAM, "domain": "playground"},
            "user": {"id": user, "name": member(user).name, "team_id": TEAM}, "api_app_id": "A1",
            "enterprise": None, "is_enterprise_install": False,
            "trigger_id": self._slack.trigger(user),
        }  # fmt: skip

    def _sent(self, payload: Body) -> Body:
        return org_wide(payload, self._organization) if self._organization else payload

    def _post(self, fields: Body, shown: Body, ts: str = "", kind: str = FORM) -> Any:
        """Send a signed request; the parsed answer. Raises FailedError unless it is a 200."""
        body = json.dumps(fields) if kind == JSON else urlencode(fields)
        began, now = time.perf_counter(), str(int(time.time()))
        verifier = SignatureVerifier(self._secret)
        headers = {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": now,
            "X-Slack-Signature": str(verifier.generate_signature(timestamp=now, body=body)),
        }
        try:
            with urlopen(Request(self._url, body.encode(), headers), timeout=PATIENCE) as response:
                status, text = response.status, response.read().decode()
        except HTTPError as error:
            status, text = error.code, error.read().decode(errors="replace")
        except OSError as error:
            status, text = 0, type(error).__name__
        answer = _parsed(text)
        took = (time.perf_counter() - began) * 1000
        messages = frozenset([ts] if ts else [])
        self._traffic.note(
            Exchange(
                time.time(), SLACK, "POST /slack/events", shown, status, answer, took, messages
            )
        )
        if status != 200:
            what = str(fields.get("command") or shown.get("type"))
            raise FailedError(NO_ANSWER.format(what=what, why=status or text))
        return answer


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _name(channel: str) -> str:
    return CHANNELS.get(channel, "directmessage")
