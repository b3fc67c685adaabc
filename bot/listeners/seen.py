"""What a process has seen lately, should the database be away when it comes again."""

from __future__ import annotations

import threading
from collections import OrderedDict

MOST = 5000
"""Ids that are kept: Slack repeats an event within minutes."""


class Seen:
    """Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ids: OrderedDict[str, None] = OrderedDict()

    def add(self, id: str) -> bool:
        """Whether this is new; an empty id always is."""
        if not id:
            return True
        with self._lock:
            if id in self._ids:
                return False
            self._ids[id] = None
            if len(self._ids) > MOST:
                self._ids.popitem(last=False)
            return True
