"""What stands between the world and Bolt: only well-formed requests signed by Slack get through."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk.signature import SignatureVerifier

log = logging.getLogger(__name__)

_TEXTS = ("type", "command", "callback_id", "response_url", "team_id", "user_id", "event_id")
_OBJECTS = ("event", "view", "container", "message", "action", "channel", "enterprise")
_LISTS = ("authorizations", "actions")
Header = Callable[[str, str], str]
"""A header's value, whatever the case of its name, or what to take instead."""
UNSIGNED = BoltResponse(status=401, body="This request is not signed by Slack.\n")
UNREADABLE = BoltResponse(status=400, body="This request is not a payload of Slack's.\n")


class Guard:
    """Bolt gets the payload as read here, marked as already verified.

    Its own reader loses every form that merely contains the word "payload".
    """

    def __init__(self, app: App, signing_secret: str) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret)

    def answer(
        self,
        body: bytes,
        header: Header,
        context: dict[str, Any] | None = None,
        lazy: str | None = None,
    ) -> BoltResponse:
        """Bolt's answer, 401 or 400; `lazy` names the one lazy listener that is to run."""
        if not is_signed(self._verifier, body, header):
            return UNSIGNED
        payload = read_payload(body, header("Content-Type", ""))
        if payload is None:
            return UNREADABLE
        request = BoltRequest(body=payload, headers={}, mode="socket_mode", context=context)
        request.lazy_only, request.lazy_function_name = lazy is not None, lazy
        try:
            return self._app.dispatch(request)
        except (AttributeError, LookupError, TypeError, ValueError):
            # What our listeners raise ends in their error handler: this is Bolt failing to read.
            log.warning("unreadable payload", extra={"kind": str(payload.get("type"))[:40]})
            return UNREADABLE


def is_signed(verifier: SignatureVerifier, body: bytes, header: Header) -> bool:
    """Whether the headers carry a fresh and right signature of these bytes.

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
        if content_type.startswith("application/json") or text.startswith("{"):
            payload = json.loads(text)
        else:
            payload = dict(parse_qsl(text, keep_blank_values=True))
            if "payload" in payload:
                payload = json.loads(payload["payload"])
    except (ValueError, RecursionError):
        return None
    if not isinstance(payload, dict):
        return None
    payload = {name: value for name, value in payload.items() if value is not None}
    return payload if _is_shaped(payload) else None


def _is_shaped(payload: dict[str, Any]) -> bool:
    """Whether the fields that Bolt itself reads have the types it takes for granted."""
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
    )
