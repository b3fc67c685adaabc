"""The threads in which listeners work on after the acknowledgement.

A slow peer holds the threads that wait for it, so that one workspace gets a share of them at most.
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
"""Threads that the work of one key can hold at a time."""
IDLE_SECONDS = 10.0
"""A thread that has had nothing to do for so long ends."""
NOBODY = "nobody"
"""The key of payloads that have none."""
Work = Callable[[], None]


class ListenerPool(LazyListenerRunner):
    """Takes work by a key and does it in turn; `key_of` finds the key of a payload."""

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
        """Do this after what waits under the same key, and in turn with what has other keys."""
        with self._lock:
            self._waiting.setdefault(key or NOBODY, deque()).append(work)
            if self._threads < THREADS:
                self._begin_thread()
            self._work_waits.notify()

    def wait_until_idle(self, seconds: float) -> int:
        """Wait until all work is done, but not longer; how many pieces are left."""
        with self._lock:
            self._all_done.wait_for(lambda: self._left() == 0, seconds)
            return self._left()

    def hurry(self) -> None:
        """Let nothing wait for a slow peer any more: everything gets a thread."""
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
            except Exception:  # listeners see to their own errors
                log.exception("work failed", extra={"team": key})
            self._finish(key)

    def _take(self) -> tuple[str, Work] | None:
        """The next piece of work whose key has a thread to spare; None after a while without."""
        with self._lock:
            if not self._work_waits.wait_for(self._next_key, IDLE_SECONDS):
                self._threads -= 1
                return None
            key = self._next_key()
            queue = self._waiting.pop(key)
            work = queue.popleft()
            if queue:
                self._waiting[key] = queue  # at the end: the others have their turns first
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
