"""Write what people do without making anyone wait: collected in memory, written together."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

from bot.store import is_away

log = logging.getLogger(__name__)

WRITE_INTERVAL_SECONDS = 10.0
"""Items are collected for this long and written together."""
MAX_WAITING_ITEMS = 10_000
"""If more are waiting, the oldest are not written."""

Item = TypeVar("Item")


class BatchWriter(Generic[Item]):
    """Hands what was added to `write` every few seconds, in a thread.

    Items stay in memory until then, so a process that is killed loses some. `what` names them in
    the log.
    """

    def __init__(self, write: Callable[[list[Item]], None], what: str) -> None:
        self._write = write
        self._what = what
        self._waiting: deque[Item] = deque(maxlen=MAX_WAITING_ITEMS)
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, item: Item) -> None:
        """Write an item, soon."""
        self._waiting.append(item)
        if self._thread is None:  # started here, because threads don't survive a fork
            with self._lock:
                if self._thread is None:
                    thread = threading.Thread(target=self._work, daemon=True)
                    thread.start()
                    self._thread = thread

    def close(self) -> None:
        """Write what is waiting."""
        self._stop.set()
        if self._thread:
            self._thread.join(5)
        self.write()

    def write(self) -> None:
        """Write what is waiting, or keep it for later if the database is unavailable."""
        waiting = []
        while self._waiting:
            waiting.append(self._waiting.popleft())
        if not waiting:
            return
        try:
            self._write(waiting)
        except Exception as error:
            if is_away(error):
                log.error("the database is unavailable", extra={"error": type(error).__name__})
                self._waiting.extend(waiting)
            else:
                log.exception("could not write %s", self._what)

    def _work(self) -> None:
        while not self._stop.wait(WRITE_INTERVAL_SECONDS):
            self.write()
