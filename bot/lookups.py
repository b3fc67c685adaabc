"""Count what people look up, without keeping anybody waiting."""

from __future__ import annotations

import logging
import queue
import threading

from bot.quiz.review import review
from bot.store import Store

log = logging.getLogger(__name__)

GATHER = 1.0
"""Seconds for which lookups are gathered into one write."""
MOST = 10_000
"""Lookups that wait at most; beyond that they are not counted."""

Lookup = tuple[str, str, str]
"""A team, a user and a fact."""


class Lookups:
    """A fact looked up twice enters the person's review queue.

    Kept in memory for a second, so a process that is killed forgets some.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: queue.Queue[Lookup] = queue.Queue(MOST)
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def note(self, team: str, user: str, fact: str) -> None:
        """Count a lookup, soon."""
        try:
            self._waiting.put_nowait((team, user, fact))
        except queue.Full:
            return
        if self._thread is None:  # begun here, so that it survives a server's fork
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
        """Write what is waiting now; a database that is away costs the count, nothing else."""
        found: list[Lookup] = []
        while not self._waiting.empty():
            found.append(self._waiting.get_nowait())
        if not found:
            return
        card, due_at = review(None, False, 0.0, self._store.now())
        try:
            for team, user, fact in self._store.people.note_lookups(found):
                self._store.people.put_card(team, user, fact, card, due_at)
        except Exception:
            log.exception("lookups not counted")

    def _work(self) -> None:
        while not self._stop.wait(GATHER):
            self.write()
