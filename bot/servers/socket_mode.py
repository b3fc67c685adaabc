"""The Socket Mode process: a websocket to Slack instead of a public address."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from http import HTTPStatus

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.internals import send_response
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.listeners.guard import Guard
from bot.operations.shutdown import stopped_by_signals
from bot.slack.errors import readable

log = logging.getLogger(__name__)

CHECK_INTERVAL_SECONDS = 5.0
MAX_SILENCE_SECONDS = 60.0
"""After this long without a connection, the process exits, so that the platform restarts it."""


RECEIVE_BYTES = 65_536
"""slack_sdk reads a message recursively, one level a piece: pieces of its usual 1,024 bytes exceed
Python's recursion limit with a message of 1 MB, and what follows is then read out of step."""


class GuardedHandler(SocketModeHandler):
    """Passes payloads through the same guard as HTTP requests."""

    def __init__(self, app: App, app_token: str) -> None:
        connection_log = logging.getLogger("bot.connection")
        connection_log.addFilter(_cut_off_payload)
        super().__init__(app, app_token, logger=connection_log, receive_buffer_size=RECEIVE_BYTES)
        self._guard = Guard(app)

    def handle(self, client: BaseSocketModeClient, req: SocketModeRequest) -> None:
        began = time.time()
        answer = self._guard.answer_envelope(req.payload)
        if answer.status != HTTPStatus.OK:
            log.warning("payload not accepted", extra={"status": answer.status})
        send_response(client, req, answer, began)


def _cut_off_payload(record: logging.LogRecord) -> bool:
    """Remove the payload from slack_sdk's log records about frames that it can't read."""
    record.msg, record.args = record.getMessage().partition(", payload:")[0], ()
    return True


def run(
    app: App, app_token: str, clock: Callable[[threading.Event], None], finish: Callable[[], None]
) -> int:
    """Serve and run the clock until a signal (returns 0) or until the connection stays lost (1)."""
    stop = stopped_by_signals()
    handler = GuardedHandler(app, app_token)
    with readable():
        handler.connect()  # type: ignore[no-untyped-call]
    beside = threading.Thread(target=clock, args=(stop,), name="clock")
    beside.start()
    lost = 0.0
    while not stop.wait(CHECK_INTERVAL_SECONDS) and lost < MAX_SILENCE_SECONDS:
        lost = 0.0 if handler.client.is_connected() else lost + CHECK_INTERVAL_SECONDS
    stop.set()
    handler.close()  # type: ignore[no-untyped-call]
    finish()
    beside.join()
    if lost >= MAX_SILENCE_SECONDS:
        log.error("no connection to Slack", extra={"seconds": lost})
        return 1
    return 0
