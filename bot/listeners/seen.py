"""The events a process has seen lately, in case one is repeated while the database is away."""

from __future__ import annotations

import threading
from collections import OrderedDict

MAX_IDS = 5000
"""Enough, because Slack repeats an event within minutes."""


class Seen:
    """Remembers IDs. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ids: OrderedDict[str, None] = OrderedDict()

    def add(self, *ids: str) -> bool:
        """Remember these IDs. Returns whether all of them are new."""
        with self._lock:
            is_new = not any(id in self._ids for id in ids)
            self._ids.update(dict.fromkeys(ids))
            while len(self._ids) > MAX_IDS:
                self._ids.popitem(last=False)
            return is_new
