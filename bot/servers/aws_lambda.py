"""The bot as an AWS Lambda function, behind a function URL or an HTTP API; a schedule is its clock.

Listeners that run after the acknowledgement run in a second, asynchronous invocation of the same
function. https://docs.slack.dev/tools/bolt-python/concepts/lazy-listeners
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from typing import Any

from apig_wsgi import make_lambda_handler
from slack_bolt.adapter.aws_lambda.lazy_listener_runner import LambdaLazyListenerRunner

from bot.build import build
from bot.operations.logs import flush, set_up
from bot.posting.clock import MAX_WAIT_SECONDS
from bot.servers.web import CONTEXT, LAZY_LISTENER, build_web
from bot.settings import Settings

Event = dict[str, Any]

LAST_SECONDS = 35.0
"""The end of an invocation's time, left for work in progress and replies that had to wait."""
SCHEDULES = ("aws.events", "aws.scheduler")
REPLIES_SECONDS = 20.0
"""For replies that had to wait; each scheduled event sends those that are due."""
_LAZY_NAME = "HTTP_X_SLACK_BOLT_LAZY_FUNCTION_NAME"
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
        self.services = bot.services
        quiet = logging.getLogger("slack_bolt")
        bot.app.listener_runner.lazy_listener_runner = LambdaLazyListenerRunner(quiet, client)
        self._web = build_web(bot, shows_metrics=False)  # they would be public
        self._handle_request = make_lambda_handler(self._serve)

    def handle(self, event: Event, context: Any) -> Event:
        """Answer an HTTP request, or for a scheduled event, do what is due.

        https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
        """
        if event.get("source") not in SCHEDULES:
            return self._handle_request(event, context)
        self.services.outbox.tick()
        left = context.get_remaining_time_in_millis() / 1000 - LAST_SECONDS
        self.services.build_clock().tick(max_wait_seconds=min(MAX_WAIT_SECONDS, left))
        self.services.pool.wait_until_idle(REPLIES_SECONDS)
        self.services.lookups.write()  # threads are frozen between events
        return {}

    def _serve(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """The WSGI application, with what Bolt needs to invoke the function once more."""
        event, context = environ["apig_wsgi.full_event"], environ["apig_wsgi.context"]
        environ[CONTEXT] = {
            "lambda_request": event,
            "aws_lambda_invoked_function_arn": context.invoked_function_arn,
        }
        if event.get("method") == "NONE":  # only our own invocation can set it
            environ[LAZY_LISTENER] = environ.get(_LAZY_NAME)
        return self._web.wsgi_app(environ, start_response)
