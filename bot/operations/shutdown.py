"""Stop a process on a signal, within the time that platforms allow."""

from __future__ import annotations

import logging
import os
import signal
import threading

from bot.listeners.pool import ListenerPool
from bot.operations.logs import flush
from bot.posting.outbox import Outbox

log = logging.getLogger(__name__)

GRACE_SECONDS = 9
"""Seconds from a signal to the end; platforms kill after ten."""
LISTENER_SECONDS = 7.0
"""The part of these that is for unfinished answers."""
UNHURRIED_SECONDS = 2.0
"""The part of those in which the listeners keep working as before."""


def stopped_by_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set. Work that doesn't finish in time is abandoned."""
    stop = threading.Event()

    def handle(number: int, frame: object) -> None:
        stop.set()
        last = threading.Timer(GRACE_SECONDS, _leave)
        last.daemon = True
        last.start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, handle)
    return stop


def finish(pool: ListenerPool, outbox: Outbox) -> None:
    """Let the listeners finish the requests we have accepted, as far as time allows.

    Replies that Slack is too slow to take are stored for the next process.
    """
    if pool.wait_until_idle(UNHURRIED_SECONDS):
        outbox.hold()
        pool.hurry()
    if left := pool.wait_until_idle(LISTENER_SECONDS - UNHURRIED_SECONDS):
        log.error("accepted requests were not answered", extra={"count": left})


def _leave() -> None:
    log.warning("stopped with work left")
    flush()  # not logging.shutdown(), which would wait forever for a stuck reader of the log
    os._exit(1)
