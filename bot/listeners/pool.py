"""The threads in which listeners keep working after the acknowledgement.

A slow peer blocks the threads that wait for it, so each workspace gets at most a share of them.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from functools import partial

from slack_bolt import BoltRequest
from slack_bolt.lazy_listener import LazyListenerRunner

from bot.listeners.payload import Payload

log = logging.getLogger(__name__)

THREADS = 20
MAX_THREADS_PER_KEY = 5
"""How many threads the work under one key may use at a time."""
IDLE_SECONDS = 10.0
"""A thread ends after it has had nothing to do for this long."""
NO_KEY = "nobody"
"""Stands for the key of payloads that have none."""
Work = Callable[[], None]


class ListenerPool(LazyListenerRunner):
    """Runs work in turn by its key, so that none waits long; `key_of` finds a payload's key."""

    def __init__(self, key_of: Callable[[Payload], str], logger: logging.Logger) -> None:
        self.logger = logger
        self._key_of = key_of
        self._lock = threading.Lock()
        self._work_waits = threading.Condition(self._lock)
        self._all_done = threading.Condition(self._lock)
        self._waiting: OrderedDict[str, deque[Work]] = OrderedDict()
        self._running: Counter[str] = Counter()
        self._threads = 0
        self._share = MAX_THREADS_PER_KEY

    def start(self, function: Callable[..., None], request: BoltRequest) -> None:
        self.submit(self._key_of(request.body), partial(self.run, function, request))

    def submit(self, key: str, work: Work) -> None:
        """Run this after other work under the same key, in turn with work under other keys."""
        with self._lock:
            self._waiting.setdefault(key or NO_KEY, deque()).append(work)
            if self._threads < THREADS:
                self._begin_thread()
            self._work_waits.notify()

    def wait_until_idle(self, seconds: float) -> int:
        """Wait for all work to finish, but no longer. Returns how many pieces are left."""
        with self._lock:
            self._all_done.wait_for(lambda: self._left() == 0, seconds)
            return self._left()

    def hurry(self) -> None:
        """Stop limiting each key to its share: one key may now use all threads."""
        with self._lock:
            self._share = THREADS
            for _ in range(THREADS):
                self._begin_thread()
            self._work_waits.notify_all()

    def _left(self) -> int:
        return sum(map(len, self._waiting.values())) + self._running.total()

    def _begin_thread(self) -> None:
        self._threads += 1
        threading.Thread(target=self._work, name="listener", daemon=True).start()

    def _work(self) -> None:
        while taken := self._take():
            key, work = taken
            try:
                work()
            except Exception:  # listeners handle their own errors
                log.exception("work failed", extra={"team": key})
            self._finish(key)

    def _take(self) -> tuple[str, Work] | None:
        """The next work whose key may use another thread; None if there was none for a while."""
        with self._lock:
            if not self._work_waits.wait_for(self._next_key, IDLE_SECONDS):
                self._threads -= 1
                return None
            key = self._next_key()
            queue = self._waiting.pop(key)
            work = queue.popleft()
            if queue:
                self._waiting[key] = queue  # at the end, behind the other keys
            self._running[key] += 1
            return key, work

    def _next_key(self) -> str:
        free = (key for key in self._waiting if self._running[key] < self._share)
        return next(free, "")

    def _finish(self, key: str) -> None:
        with self._lock:
            self._running[key] -= 1
            if not self._running[key]:
                del self._running[key]
            self._work_waits.notify()
            if not self._left():
                self._all_done.notify_all()
