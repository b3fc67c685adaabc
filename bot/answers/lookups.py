"""Count what people look up, without making anyone wait."""

from __future__ import annotations

import logging
import threading
from collections import defaultdict, deque

from bot.quiz.review import schedule_review
from bot.store import Store, is_away
from bot.store.people import Lookup

log = logging.getLogger(__name__)

WRITE_INTERVAL_SECONDS = 10.0
"""Lookups are collected for this long and written together."""
MAX_WAITING_LOOKUPS = 10_000
"""If more are waiting, the oldest are not counted."""


class Lookups:
    """Counts lookups; a fact that a person looks up twice enters their review queue.

    Lookups stay in memory for a few seconds, so a process that is killed loses some.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: deque[tuple[Lookup, float]] = deque(maxlen=MAX_WAITING_LOOKUPS)
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def note(self, team: str, user: str, fact: str) -> None:
        """Count a lookup, soon."""
        self._waiting.append((Lookup(team, user, fact), self._store.now()))
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
        """Write the waiting lookups, or keep them for later if the database is unavailable."""
        waiting = []
        while self._waiting:
            waiting.append(self._waiting.popleft())
        if not waiting:
            return
        noted_at: defaultdict[Lookup, list[float]] = defaultdict(list)
        for lookup, at in waiting:
            noted_at[lookup].append(at)
        found = {lookup: len(moments) for lookup, moments in noted_at.items()}
        card, due_at = schedule_review(None, False, 0.0, self._store.now())
        try:
            self._store.people.note_lookups(found, card, due_at, noted_at)
        except Exception as error:
            if is_away(error):
                log.error("the database is away", extra={"error": type(error).__name__})
                self._waiting.extend(waiting)
            else:
                log.exception("lookups not counted")

    def _work(self) -> None:
        while not self._stop.wait(WRITE_INTERVAL_SECONDS):
            self.write()
