"""The bot as an AWS Lambda function, behind a function URL or an HTTP API; a schedule is its clock.

Listeners that run after the acknowledgement run in a second, asynchronous invocation of the same
function. https://docs.slack.dev/tools/bolt-python/concepts/lazy-listeners
"""

from __future__ import annotations

import base64
import logging
import threading
from typing import Any

from slack_bolt import BoltRequest
from slack_bolt.adapter.aws_lambda.handler import to_aws_response
from slack_bolt.adapter.aws_lambda.lazy_listener_runner import LambdaLazyListenerRunner

from bot.addresses import path_of
from bot.build import build
from bot.listeners.guard import Guard
from bot.operations.logs import flush, set_up
from bot.posting.clock import MAX_WAIT_SECONDS
from bot.servers.agents import build_endpoint
from bot.settings import Settings
from bot.slack.manifest import ENDPOINT, INSTALL, MCP, REDIRECT

Event = dict[str, Any]

LAST_SECONDS = 35.0
"""The end of an invocation's time, left for work in progress and replies that had to wait."""
SCHEDULES = ("aws.events", "aws.scheduler")
NOWHERE = {"statusCode": 404, "body": "There is nothing here.\n"}
_LAZY_NAME = "x-slack-bolt-lazy-function-name"
REPLIES_SECONDS = 20.0
"""For replies that had to wait; each scheduled event sends those that are due."""
_lock = threading.Lock()
_built: list[Function] = []


def handler(event: Event, context: Any) -> Event:
    """The function's handler: configure `bot.servers.aws_lambda.handler`."""
    with _lock:  # built by the first event, and reused as long as Lambda keeps the process
        if not _built:
            settings = Settings.from_env()
            set_up(settings.log, settings.secrets())
            _built.append(Function(settings))
    try:
        return _built[0].handle(event, context)
    finally:
        flush()  # threads are frozen between events


class Function:
    """Handles events. `client` is a boto3 client for Lambda, for tests. Raises SettingsError."""

    def __init__(self, settings: Settings, client: Any = None) -> None:
        settings.require_workspaces("signing_secret")
        bot = build(settings)
        self.services, app = bot.services, bot.app
        quiet = logging.getLogger("slack_bolt")
        app.listener_runner.lazy_listener_runner = LambdaLazyListenerRunner(quiet, client)
        self._guard = Guard(app, str(settings.signing_secret))
        self._agents = build_endpoint(settings, self.services)
        self._prefix = path_of(settings.url)

    def handle(self, event: Event, context: Any) -> Event:
        """Answer an HTTP request, or for a scheduled event, do what is due.

        https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
        """
        if event.get("source") in SCHEDULES:
            self.services.outbox.tick()
            left = context.get_remaining_time_in_millis() / 1000 - LAST_SECONDS
            self.services.build_clock().tick(max_wait_seconds=min(MAX_WAIT_SECONDS, left))
            self.services.pool.wait_until_idle(REPLIES_SECONDS)
            self.services.lookups.write()  # threads are frozen between events
            return {}
        request_info = event.get("requestContext", {}).get("http", {})
        route = request_info.get("method"), self._path(event)
        if route == ("POST", ENDPOINT):
            return self._answer(event, context)
        if route == ("POST", MCP) and self._agents:
            found = self._agents.answer(_body(event), _headers(event))
            text = found.body.decode()
            return {"statusCode": int(found.status), "headers": found.headers, "body": text}
        if route[0] == "GET" and route[1] in (INSTALL, REDIRECT):
            return self._install(event)
        if route == ("GET", "/healthz"):
            return {"statusCode": 200, "body": "ok\n"}
        if route == ("GET", "/readyz"):
            ready, explanation = self.services.readiness()
            return {"statusCode": 200 if ready else 503, "body": f"{explanation}\n"}
        return dict(NOWHERE)

    def _path(self, event: Event) -> str:
        """Our path, without the one that a stage or a custom domain may put before it."""
        path = str(event.get("rawPath"))
        return path.removeprefix(self._prefix) if path.startswith(f"{self._prefix}/") else path

    def _answer(self, event: Event, context: Any) -> Event:
        headers = _headers(event)
        lent = {
            "lambda_request": event,
            "aws_lambda_invoked_function_arn": context.invoked_function_arn,
        }
        # Only our own invocation can set `method`: HTTP events don't have it.
        lazy = headers.get(_LAZY_NAME) if event.get("method") == "NONE" else None
        answer = self._guard.answer(
            _body(event), lambda name, no: headers.get(name.lower(), no), lent, lazy
        )
        return dict(to_aws_response(answer))

    def _install(self, event: Event) -> Event:
        flow = self.services.flow
        if flow is None:
            return dict(NOWHERE)
        headers: dict[str, Any] = _headers(event) | {
            "cookie": "; ".join(event.get("cookies") or [])
        }
        query = event.get("queryStringParameters") or {}
        request = BoltRequest(body="", query=query, headers=headers)
        begins = self._path(event) == INSTALL
        page = flow.handle_installation if begins else flow.handle_callback
        return dict(to_aws_response(page(request)))


def _body(event: Event) -> bytes:
    body = event.get("body") or ""
    return base64.b64decode(body) if event.get("isBase64Encoded") else body.encode()


def _headers(event: Event) -> dict[str, str]:
    return {name.lower(): value for name, value in (event.get("headers") or {}).items()}
