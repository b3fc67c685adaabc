"""Guards Bolt: lets through only well-formed requests that Slack has signed."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from slack_bolt import App, BoltContext, BoltRequest, BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.listeners.payload import Payload, is_ident, is_org_wide, organization, team
from bot.slack.limits import REQUEST_BODY

log = logging.getLogger(__name__)

JSON = "application/json"
_TEXTS = ("type", "command", "callback_id", "response_url", "team_id", "user_id", "event_id")
_OBJECTS = ("event", "view", "container", "message", "action", "channel", "enterprise")
_LISTS = ("authorizations", "actions")
Header = Callable[[str, str], str]
"""Returns a header's value, whatever the case of its name, or the default given."""
_ESCAPED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
UNREAD = (AttributeError, LookupError, TypeError, ValueError)
"""What Bolt raises when a payload doesn't have the shape that it expects."""
UNSIGNED = BoltResponse(status=401, body="This request isn't signed by Slack.\n")
UNREADABLE = BoltResponse(status=400, body="This request doesn't hold a Slack payload.\n")
TOO_LONG = BoltResponse(status=413, body="This request is longer than any that Slack sends.\n")


class Guard:
    """The only way to Bolt, over HTTP, from Lambda, and through Socket Mode.

    Bolt gets the payload as read here, marked as already verified: its own reader loses every form
    that merely contains the word "payload".
    """

    def __init__(self, app: App, signing_secret: str | None = None) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret) if signing_secret else None

    def answer(
        self,
        body: bytes,
        header: Header,
        context: dict[str, Any] | None = None,
        lazy: str | None = None,
    ) -> BoltResponse:
        """The answer to an HTTP request; `lazy` names the one lazy listener that is to run."""
        if len(body) > REQUEST_BODY:
            return TOO_LONG
        if self._verifier is None or not is_signed(self._verifier, body, header):
            return UNSIGNED
        return self._dispatch(read_payload(body, header("Content-Type", "")), context, lazy)

    def answer_envelope(self, payload: Mapping[str, Any]) -> BoltResponse:
        """The answer to a payload that came through Socket Mode, which is not signed."""
        try:
            body = json.dumps(payload).encode()
        except (ValueError, RecursionError):
            return UNREADABLE
        if len(body) > REQUEST_BODY:
            return TOO_LONG
        return self._dispatch(read_payload(body, JSON))

    def _dispatch(
        self,
        payload: dict[str, Any] | None,
        context: dict[str, Any] | None = None,
        lazy: str | None = None,
    ) -> BoltResponse:
        if payload is None:
            return UNREADABLE
        try:
            request = BoltRequest(body=payload, headers={}, mode="socket_mode", context=context)
            request.lazy_only, request.lazy_function_name = lazy is not None, lazy
            if not _has_sound_ids(request):
                return UNREADABLE
            _name_origin(request.context, payload)
            return self._app.dispatch(request)
        except UNREAD:  # not from our listeners, whose errors end in `Serving`
            log.warning("unreadable payload")
            return UNREADABLE


def _has_sound_ids(request: BoltRequest) -> bool:
    """Whether the values that Bolt takes for IDs, and sends back to Slack, really are IDs."""
    found = request.context
    ids = (found.enterprise_id, found.team_id, found.user_id, found.channel_id)
    return all(not id or is_ident(id) for id in ids)


def _name_origin(context: BoltContext, payload: Payload) -> None:
    """Make Bolt find the installation by the workspace that our listeners see.

    By its own rules, an organization may be a workspace, and a view without a team has none.
    """
    context["team_id"] = team(payload) or None
    context["enterprise_id"] = organization(payload) or None
    context["is_enterprise_install"] = is_org_wide(payload)


def is_signed(verifier: SignatureVerifier, body: bytes, header: Header) -> bool:
    """Whether the headers carry a recent, valid signature of these bytes.

    https://docs.slack.dev/authentication/verifying-requests-from-slack
    """
    timestamp = header("X-Slack-Request-Timestamp", "")
    signature = header("X-Slack-Signature", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    return bool(signature.isascii() and verifier.is_valid(body, timestamp, signature))


def read_payload(body: bytes, content_type: str) -> dict[str, Any] | None:
    """The JSON, the form, or the JSON in the form's `payload`; None if it is none of these."""
    try:
        text = body.decode("utf-8")
        if content_type.startswith(JSON) or text.startswith("{"):
            payload = _read_json(text)
        else:
            payload = dict(parse_qsl(text.replace("%00", ""), keep_blank_values=True))
            if "payload" in payload:
                payload = _read_json(payload["payload"])
    except (ValueError, RecursionError):
        return None
    if not isinstance(payload, dict):
        return None
    payload = {name: value for name, value in payload.items() if value is not None}
    return payload if _is_shaped(payload) else None


def _read_json(text: str) -> Any:
    """Parse JSON without NUL and lone surrogates, which databases and encoders refuse."""
    found = json.loads(text)
    if _ESCAPED.search(text):
        whole = json.dumps(found, ensure_ascii=False).encode("utf-8", "replace").decode()
        found = json.loads(whole.replace("\\u0000", ""))
    return found


def _is_shaped(payload: dict[str, Any]) -> bool:
    """Whether the fields that Bolt itself reads have the types it expects."""
    is_event = payload.get("type") == "event_callback"
    return (
        all(isinstance(payload.get(name, ""), str) for name in _TEXTS)
        and all(isinstance(payload.get(name, {}), dict) for name in _OBJECTS)
        and all(
            isinstance(payload.get(name, []), list)
            and all(isinstance(entry, dict) for entry in payload.get(name, []))
            for name in _LISTS
        )
        and isinstance(payload.get("team", ""), str | dict)
        and isinstance(payload.get("user", ""), str | dict)
        and (not is_event or "event" in payload)
        and re.fullmatch(r"/\S{1,40}", payload.get("command", "/aws")) is not None
    )
