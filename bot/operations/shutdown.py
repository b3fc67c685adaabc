"""Stop a process on a signal, within the time that platforms allow."""

from __future__ import annotations

import faulthandler
import logging
import os
import signal
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.operations.logs import flush

if TYPE_CHECKING:
    from bot.listeners.pool import ListenerPool
    from bot.posting.outbox import Outbox

log = logging.getLogger(__name__)

GRACE_SECONDS = 9
"""Seconds from a signal to the end; platforms kill after ten."""
LEAVE_SECONDS = 1
"""Seconds for the last line of the log."""
LISTENER_SECONDS = 7.0
"""The part of these that is for unfinished answers."""
UNHURRIED_SECONDS = 2.0
"""The part of those in which the listeners keep working as before."""


def stopped_by_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set. Work that doesn't finish in time is abandoned.

    The signals reach a thread through a pipe: a Python signal handler that sets the event could
    interrupt the main thread while it holds the event's lock, and would wait for it forever
    (https://docs.python.org/3/library/signal.html#signal.set_wakeup_fd).
    """
    stop = threading.Event()
    read_end, write_end = os.pipe()
    os.set_blocking(write_end, False)
    signal.set_wakeup_fd(write_end)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: None)
    threading.Thread(target=_stop_on_signal, args=(read_end, stop), daemon=True).start()
    return stop


def _stop_on_signal(pipe: int, stop: threading.Event) -> None:
    os.read(pipe, 1)
    stop.set()
    with suppress(AttributeError, RuntimeError, ValueError):  # there is no standard error
        # The interpreter may hang at its own end, when this thread is gone; this timer isn't.
        faulthandler.dump_traceback_later(GRACE_SECONDS + LEAVE_SECONDS, exit=True)
    time.sleep(GRACE_SECONDS)
    _leave()


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
    """End the process, even if nobody reads its log."""
    last_words = threading.Thread(target=_say_that_work_is_left, daemon=True)
    last_words.start()
    last_words.join(LEAVE_SECONDS)
    os._exit(1)


def _say_that_work_is_left() -> None:
    log.warning("stopped with work left")
    flush()  # not logging.shutdown(), which would wait forever for a stuck reader of the log
