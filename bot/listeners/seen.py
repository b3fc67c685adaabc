"""What a process has seen lately, should the database be away when it comes again."""

from __future__ import annotations

import threading
from collections import OrderedDict

MAX_IDS = 5000
"""Ids that are kept: Slack repeats an event within minutes."""


class Seen:
    """Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ids: OrderedDict[str, None] = OrderedDict()

    def add(self, *ids: str) -> bool:
        """Whether all of these are new."""
        with self._lock:
            is_new = not any(id in self._ids for id in ids)
            self._ids.update(dict.fromkeys(ids))
            while len(self._ids) > MAX_IDS:
                self._ids.popitem(last=False)
            return is_new
