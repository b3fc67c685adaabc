"""Tell open pages that something has changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

QUIET = 15.0
"""Seconds after which a line is sent even so, to notice pages that have gone."""


class Changes:
    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0
        self._closed = False

    def note(self) -> None:
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def close(self) -> None:
        """End every stream."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def stream(self) -> Iterator[str]:
        """Server-sent events: a number whenever anything has changed.

        https://html.spec.whatwg.org/multipage/server-sent-events.html
        """
        seen = -1
        while True:
            with self._changed:
                self._changed.wait_for(partial(self._is_news, seen), QUIET)
                if self._closed:
                    return
                seen = self._count
            yield f"data: {seen}\n\n"

    def _is_news(self, seen: int) -> bool:
        return self._closed or self._count != seen
