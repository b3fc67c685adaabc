"""The Socket Mode process: a websocket to Slack instead of a public address."""

from __future__ import annotations

import logging
import signal
import threading

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

log = logging.getLogger(__name__)

WATCH_EVERY = 5.0
LONGEST_SILENCE = 60.0
"""Seconds without a connection after which we end, so that the platform starts us anew."""


def run(app: App, app_token: str) -> int:
    """Serve until SIGTERM or SIGINT (0) or until the connection stays lost (1)."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    handler = SocketModeHandler(app, app_token)
    handler.connect()  # type: ignore[no-untyped-call]
    lost = 0.0
    while not stop.wait(WATCH_EVERY) and lost < LONGEST_SILENCE:
        lost = 0.0 if handler.client.is_connected() else lost + WATCH_EVERY
    handler.close()  # type: ignore[no-untyped-call]
    app.listener_runner.listener_executor.shutdown(wait=True)
    if lost >= LONGEST_SILENCE:
        log.error("no connection to Slack for %.0f seconds", lost)
        return 1
    return 0
