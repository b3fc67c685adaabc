"""The HTTP process: Slack's endpoint behind its guard, and a health page."""

from __future__ import annotations

import gc
import json
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask, Response, request
from gunicorn.app.base import BaseApplication
from slack_bolt import App, BoltRequest
from slack_bolt.adapter.flask.handler import to_bolt_request, to_flask_response
from slack_bolt.oauth.oauth_flow import OAuthFlow
from slack_sdk.signature import SignatureVerifier

from bot.manifest import INSTALL, REDIRECT
from bot.slack.limits import REQUEST_BODY

log = logging.getLogger(__name__)

THREADS = 16
_TEXTS = ("type", "command", "callback_id", "response_url", "team_id", "user_id", "event_id")
_OBJECTS = ("event", "view", "container", "message", "action", "channel", "enterprise")
_LISTS = ("authorizations", "actions")


def build_web(
    app: App,
    signing_secret: str,
    flow: OAuthFlow | None = None,
    readiness: Callable[[], tuple[bool, str]] | None = None,
) -> Flask:
    """A WSGI application that lets only well-formed, signed requests reach Bolt.

    With a flow there are also the pages that install us. Bolt gets the payload as read here,
    marked as already verified: its own reader loses every form that merely contains the word
    "payload".
    """
    web = Flask(__name__)
    web.config["MAX_CONTENT_LENGTH"] = REQUEST_BODY
    verifier = SignatureVerifier(signing_secret)

    @web.post("/slack/events")
    def slack_events() -> Response:
        body = request.get_data()
        if not is_signed(verifier, body, request.headers):
            return Response("This request is not signed by Slack.\n", 401)
        payload = read_payload(body, request.content_type or "")
        if payload is None:
            return Response("This request is not a payload of Slack's.\n", 400)
        bolt_request = BoltRequest(body=payload, headers={}, mode="socket_mode")
        try:
            return to_flask_response(app.dispatch(bolt_request))
        except (AttributeError, LookupError, TypeError, ValueError):
            # What our listeners raise ends in their error handler: this is Bolt failing to read.
            log.warning("unreadable payload of type %r", str(payload.get("type"))[:40])
            return Response("This request is not a payload of Slack's.\n", 400)

    if flow:

        @web.get(INSTALL)
        def install() -> Response:
            return to_flask_response(flow.handle_installation(to_bolt_request(request)))

        @web.get(REDIRECT)
        def redirect() -> Response:
            return to_flask_response(flow.handle_callback(to_bolt_request(request)))

    @web.get("/healthz")
    def healthz() -> str:
        return "ok\n"

    @web.get("/readyz")
    def readyz() -> tuple[str, int]:
        ready, told = (readiness or _always)()
        return f"{told}\n", 200 if ready else 503

    return web


def _always() -> tuple[bool, str]:
    return True, "ok"


def is_signed(verifier: SignatureVerifier, body: bytes, headers: Any) -> bool:
    """Whether the headers carry a fresh and right signature of these bytes.

    https://docs.slack.dev/authentication/verifying-requests-from-slack
    """
    timestamp = headers.get("X-Slack-Request-Timestamp", "")
    signature = headers.get("X-Slack-Signature", "")
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


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with threads; `load` runs in each worker, after the fork."""

    def __init__(self, build: Callable[[], Flask], port: int, workers: int = 1) -> None:
        self._build = build
        self._options = {
            "bind": f"0.0.0.0:{port}",
            "workers": workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "graceful_timeout": 10,
            "timeout": 30,
            "accesslog": None,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        web = self._build()
        gc.collect()
        gc.freeze()  # the facts stay: no collection need look at them again
        return web
