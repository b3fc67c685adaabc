"""Send what is due, from many threads, as fast as Slack's rate limits and no faster.

A look at the database gives a list of what may be sent, workspaces taking turns, so that one with
a thousand channels keeps none waiting. A thread claims a message only when it is about to send it:
several clocks may have the same list. Bounds: threads in all, because each needs memory and now
and then a database connection; threads of one workspace, because Slack may be slow to answer there;
calls a minute to one workspace, see `bot.slack.pace`.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager

from bot.slack.pace import Pace
from bot.store import is_away
from bot.store.deliveries import COUNT, REVEAL, Deliveries, Delivery, Waiting

log = logging.getLogger(__name__)

THREADS = 64
THREADS_A_TEAM = 8
"""At a quarter of a second a call, these are six times what the pace lets through."""
LISTED = 500
"""Messages of one look at the database; as many of one workspace as it may get in a burst."""
LISTED_A_TEAM = 32
IDLE_SECONDS, BUSY_SECONDS = 1.0, 0.1
"""Seconds between two looks, without and with messages on their way or held back."""
_EDITS = (COUNT, REVEAL)
"""Kinds that change a message that is there."""


class Dispatcher:
    """`send` takes a claimed message to its end and raises nothing but faults of the database."""

    def __init__(
        self, deliveries: Deliveries, send: Callable[[Delivery], None], pace: Pace
    ) -> None:
        self._deliveries = deliveries
        self._send = send
        self._pace = pace
        self._free = threading.Semaphore(THREADS)
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._running: set[int] = set()
        self._by_team: Counter[str] = Counter()

    def run(self, stop: threading.Event, after_each: Callable[[], None]) -> None:
        """Send until told to stop; raises faults of the database, after ending what was begun."""
        with self._threads() as threads:
            while not stop.is_set():
                _, is_held_back = self._start(threads, stop)
                after_each()
                stop.wait(BUSY_SECONDS if is_held_back or self._running else IDLE_SECONDS)

    def drain(self, stop: threading.Event, patience_seconds: float) -> None:
        """Send what is due now, waiting for so long for what the pace holds back."""
        end = time.monotonic() + patience_seconds
        with self._threads() as threads:
            while not stop.is_set():
                started, is_held_back = self._start(threads, stop)
                is_over = not is_held_back or time.monotonic() >= end
                if not started and not self._running and is_over:
                    return
                if not started:
                    self._ended.wait(BUSY_SECONDS)
                    self._ended.clear()

    def _start(self, threads: Executor, stop: threading.Event) -> tuple[int, bool]:
        """Begin to send what may be sent now: how many, and whether others have to wait."""
        started, is_held_back = 0, False
        with self._lock:
            begun = set(self._running)  # what ends meanwhile may still be on the list
        for waiting in self._deliveries.due(LISTED, LISTED_A_TEAM):
            if stop.is_set():
                break
            if waiting.id in begun:
                continue
            if not self._may_start(waiting):
                is_held_back = True
                continue
            self._free.acquire()
            with self._lock:
                self._running.add(waiting.id)
                self._by_team[waiting.team] += 1
            threads.submit(self._work, waiting)
            started += 1
        return started, is_held_back

    def _may_start(self, waiting: Waiting) -> bool:
        if self._by_team[waiting.team] >= THREADS_A_TEAM:
            return False
        return self._pace.reserve(waiting.team, edits=waiting.kind in _EDITS)

    def _work(self, waiting: Waiting) -> None:
        try:
            claimed = self._deliveries.claim_id(waiting.id)
            if claimed:
                self._send(claimed)
        except Exception as error:
            if is_away(error):
                log.error("the database is away", extra={"error": type(error).__name__})
            else:
                log.exception("a message was left", extra={"team": waiting.team})
        finally:
            with self._lock:
                self._running.discard(waiting.id)
                self._by_team[waiting.team] -= 1
                if not self._by_team[waiting.team]:
                    del self._by_team[waiting.team]
            self._free.release()
            self._ended.set()

    @contextmanager
    def _threads(self) -> Iterator[Executor]:
        with ThreadPoolExecutor(THREADS, thread_name_prefix="send") as threads:
            yield threads
