"""The HTTP process: Slack's endpoint behind its guard, and a health page."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from flask import Flask, Response, request
from gunicorn.app.base import BaseApplication
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_sdk.signature import SignatureVerifier

from bot.slack.limits import REQUEST_BODY

log = logging.getLogger(__name__)

THREADS = 16


def build_web(app: App, signing_secret: str) -> Flask:
    """A WSGI application that lets only well-formed, signed requests reach Bolt."""
    web = Flask(__name__)
    web.config["MAX_CONTENT_LENGTH"] = REQUEST_BODY
    handler = SlackRequestHandler(app)
    verifier = SignatureVerifier(signing_secret)

    @web.post("/slack/events")
    def slack_events() -> Response:
        body = request.get_data()
        if not is_signed(verifier, body, request.headers):
            return Response("This request is not signed by Slack.\n", 401)
        if not is_readable(body, request.headers.get("Content-Type", "")):
            return Response("This request is not a payload of Slack's.\n", 400)
        return handler.handle(request)

    @web.get("/healthz")
    def healthz() -> str:
        return "ok\n"

    return web


def is_signed(verifier: SignatureVerifier, body: bytes, headers: Any) -> bool:
    """Whether the headers carry a fresh and right signature of these bytes.

    https://docs.slack.dev/authentication/verifying-requests-from-slack
    """
    timestamp = headers.get("X-Slack-Request-Timestamp", "")
    signature = headers.get("X-Slack-Signature", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    return bool(signature.isascii() and verifier.is_valid(body, timestamp, signature))


def is_readable(body: bytes, content_type: str) -> bool:
    """Whether this is JSON or a form (with JSON in `payload`) shaped as Bolt expects."""
    try:
        text = body.decode("utf-8")
        if content_type.startswith("application/json") or text.lstrip().startswith("{"):
            return _is_shaped(json.loads(text))
        form = parse_qs(text, keep_blank_values=True)
        return "payload" not in form or _is_shaped(json.loads(form["payload"][0]))
    except (ValueError, RecursionError):
        return False


def _is_shaped(payload: Any) -> bool:
    """Whether the fields that Bolt itself reads have the types it takes for granted."""
    if not isinstance(payload, dict) or not isinstance(payload.get("type", ""), str):
        return False
    objects = ("event", "view", "container", "message", "action")
    lists = ("authorizations", "actions")
    return all(isinstance(payload.get(name) or {}, dict) for name in objects) and all(
        isinstance(payload.get(name) or [], list)
        and all(isinstance(entry, dict) for entry in payload.get(name) or [])
        for name in lists
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
        return self._build()
