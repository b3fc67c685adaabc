"""Send what is due from many threads, as fast as Slack's rate limits allow.

A query lists what is due; workspaces take turns, so that one with a thousand channels doesn't block
others. A thread claims a message right before sending it, because several clocks may have the same
list. Limits: threads in total, because each needs memory and sometimes a database connection;
threads per workspace, because Slack may be slow there; calls per workspace, see
`bot.slack.rate_limits`.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple

from bot.slack.rate_limits import RateLimiter
from bot.store import is_away
from bot.store.deliveries import EDITS, Delivery, DeliveryQueue, DueDelivery

log = logging.getLogger(__name__)

MAX_THREADS = 64
MAX_THREADS_PER_TEAM = 8
"""At a quarter of a second per call, they could send six times what the rate limit allows."""
LIST_LIMIT = 500
"""Messages per query, in total and per workspace, which may get that many in a burst."""
LIST_LIMIT_PER_TEAM = 32
IDLE_SECONDS, BUSY_SECONDS = 1.0, 0.1
"""Between two queries, without and with messages that are being sent or held back."""


class _Started(NamedTuple):
    """How many messages are on their way now, and whether others have to wait."""

    number: int
    is_held_back: bool


class Dispatcher:
    """Sends due messages; `send` handles a claimed one and raises only database errors."""

    def __init__(
        self, deliveries: DeliveryQueue, send: Callable[[Delivery], None], rate_limiter: RateLimiter
    ) -> None:
        self._deliveries = deliveries
        self._send = send
        self._rate_limiter = rate_limiter
        self._free = threading.Semaphore(MAX_THREADS)
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._running: set[int] = set()
        self._by_team: Counter[str] = Counter()

    def run(self, stop: threading.Event, after_each: Callable[[], None]) -> None:
        """Send until `stop` is set. Raises database errors, after finishing what was begun."""
        with self._threads() as threads:
            while not stop.is_set():
                _, is_held_back = self._start(threads, stop)
                after_each()
                stop.wait(BUSY_SECONDS if is_held_back or self._running else IDLE_SECONDS)

    def drain(self, stop: threading.Event, max_wait_seconds: float) -> None:
        """Send what is due now and what that makes due.

        Waits up to a limit for what rate limits hold back.
        """
        end = time.monotonic() + max_wait_seconds
        with self._threads() as threads:
            while not stop.is_set():
                was_idle = not self._running  # what is sent meanwhile may plan more
                started, is_held_back = self._start(threads, stop)
                is_over = not is_held_back or time.monotonic() >= end
                if was_idle and not started and is_over:
                    return
                if not started:
                    self._ended.wait(BUSY_SECONDS)
                    self._ended.clear()

    def _start(self, threads: Executor, stop: threading.Event) -> _Started:
        """Begin to send what may be sent now."""
        started, is_held_back = 0, False
        with self._lock:
            begun = set(self._running)  # what ends meanwhile may still be on the list
        for due in self._deliveries.due(LIST_LIMIT, LIST_LIMIT_PER_TEAM):
            if stop.is_set():
                break
            if due.id in begun:
                continue
            if not self._may_start(due):
                is_held_back = True
                continue
            self._free.acquire()
            with self._lock:
                self._running.add(due.id)
                self._by_team[due.team] += 1
            threads.submit(self._work, due)
            started += 1
        return _Started(started, is_held_back)

    def _may_start(self, due: DueDelivery) -> bool:
        if self._by_team[due.team] >= MAX_THREADS_PER_TEAM:
            return False
        return self._rate_limiter.reserve(due.team, edits=due.kind in EDITS)

    def _work(self, due: DueDelivery) -> None:
        try:
            claimed = self._deliveries.claim_id(due.id)
            if claimed:
                self._send(claimed)
        except Exception as error:
            if is_away(error):
                log.error("the database is unavailable", extra={"error": type(error).__name__})
            else:
                log.exception("could not dispatch a message", extra={"team": due.team})
        finally:
            with self._lock:
                self._running.discard(due.id)
                self._by_team[due.team] -= 1
                if not self._by_team[due.team]:
                    del self._by_team[due.team]
            self._free.release()
            self._ended.set()

    @contextmanager
    def _threads(self) -> Iterator[Executor]:
        with ThreadPoolExecutor(MAX_THREADS, thread_name_prefix="send") as threads:
            yield threads
