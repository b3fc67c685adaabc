"""The bot as an AWS Lambda function: a function URL or an HTTP API in front, a schedule as clock.

Listeners that work after the acknowledgement are run by a second, asynchronous invocation of the
same function. https://docs.slack.dev/tools/bolt-python/concepts/lazy-listeners
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
"""Of an invocation's time, for what has been begun, and for replies that had to wait."""
SCHEDULES = ("aws.events", "aws.scheduler")
NOWHERE = {"statusCode": 404, "body": "There is nothing here.\n"}
_LAZY_NAME = "x-slack-bolt-lazy-function-name"
REPLIES_SECONDS = 20.0
"""For replies that had to wait, of which an event of the schedule takes up those that are due."""
_lock = threading.Lock()
_built: list[Function] = []


def handler(event: Event, context: Any) -> Event:
    """Name this as the function's handler: `bot.servers.aws_lambda.handler`."""
    with _lock:  # built by the first event, kept as long as Lambda keeps the process
        if not _built:
            settings = Settings.from_env()
            set_up(settings.log, settings.secrets())
            _built.append(Function(settings))
    try:
        return _built[0].handle(event, context)
    finally:
        flush()  # threads rest between events


class Function:
    """`client` is boto3's for Lambda, by default its own. Raises SettingsError."""

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
        """Answer an HTTP request, or do what is due if it is the schedule's event.

        https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
        """
        if event.get("source") in SCHEDULES:
            self.services.outbox.tick()
            left = context.get_remaining_time_in_millis() / 1000 - LAST_SECONDS
            self.services.build_clock().tick(max_wait_seconds=min(MAX_WAIT_SECONDS, left))
            self.services.pool.wait_until_idle(REPLIES_SECONDS)
            self.services.lookups.write()  # the threads of a function rest between its events
            return {}
        asked = event.get("requestContext", {}).get("http", {})
        place = asked.get("method"), self._path(event)
        if place == ("POST", ENDPOINT):
            return self._answer(event, context)
        if place == ("POST", MCP) and self._agents:
            found = self._agents.answer(_body(event), _headers(event))
            text = found.body.decode()
            return {"statusCode": int(found.status), "headers": found.headers, "body": text}
        if place[0] == "GET" and place[1] in (INSTALL, REDIRECT):
            return self._install(event)
        if place == ("GET", "/healthz"):
            return {"statusCode": 200, "body": "ok\n"}
        if place == ("GET", "/readyz"):
            ready, told = self.services.readiness()
            return {"statusCode": 200 if ready else 503, "body": f"{told}\n"}
        return dict(NOWHERE)

    def _path(self, event: Event) -> str:
        """The path within us: a stage or a custom domain may have put another one before it."""
        path = str(event.get("rawPath"))
        return path.removeprefix(self._prefix) if path.startswith(f"{self._prefix}/") else path

    def _answer(self, event: Event, context: Any) -> Event:
        headers = _headers(event)
        lent = {
            "lambda_request": event,
            "aws_lambda_invoked_function_arn": context.invoked_function_arn,
        }
        # Nobody outside can set `method`: it is not in an HTTP event, only in our own invocation.
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
