"""End a process when it is told to, in time."""

from __future__ import annotations

import logging
import os
import signal
import threading
from concurrent.futures import Executor

log = logging.getLogger(__name__)

GRACE = 9
"""Seconds from a signal to the end; platforms kill after ten."""
LISTENERS = 7.0
"""Seconds of them for answers that are on their way."""


def stopped_by_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set. Work that does not end in time is left as it is."""
    stop = threading.Event()

    def handle(number: int, frame: object) -> None:
        stop.set()
        last = threading.Timer(GRACE, _leave)
        last.daemon = True
        last.start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, handle)
    return stop


def finish(executor: Executor) -> None:
    """Let the listeners end what they have begun, as far as time allows."""
    waiting = threading.Thread(target=executor.shutdown, daemon=True)
    waiting.start()
    waiting.join(LISTENERS)


def _leave() -> None:
    log.warning("stopped with work left")
    logging.shutdown()
    os._exit(1)
