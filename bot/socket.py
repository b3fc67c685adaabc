"""The Socket Mode process: a websocket to Slack instead of a public address."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.slack.errors import readable
from bot.stopping import stopped_by_signals

log = logging.getLogger(__name__)

WATCH_EVERY = 5.0
LONGEST_SILENCE = 60.0
"""Seconds without a connection after which we end, so that the platform starts us anew."""


def run(
    app: App, app_token: str, clock: Callable[[threading.Event], None], finish: Callable[[], None]
) -> int:
    """Serve, with the clock beside, until a signal (0) or until the connection stays lost (1)."""
    stop = stopped_by_signals()
    handler = SocketModeHandler(app, app_token, logger=logging.getLogger("bot.connection"))
    with readable():
        handler.connect()  # type: ignore[no-untyped-call]
    beside = threading.Thread(target=clock, args=(stop,), name="clock")
    beside.start()
    lost = 0.0
    while not stop.wait(WATCH_EVERY) and lost < LONGEST_SILENCE:
        lost = 0.0 if handler.client.is_connected() else lost + WATCH_EVERY
    stop.set()
    handler.close()  # type: ignore[no-untyped-call]
    finish()
    beside.join()
    if lost >= LONGEST_SILENCE:
        log.error("no connection to Slack", extra={"seconds": lost})
        return 1
    return 0
