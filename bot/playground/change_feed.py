"""Tells open pages that something has changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator

KEEPALIVE_SECONDS = 15.0
"""After this long, a stream sends a line anyway, to notice pages that are gone."""


class ChangeFeed:
    """A counter of changes that any number of pages follow."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0
        self._closed = False

    def notify(self) -> None:
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def close(self) -> None:
        """End every stream."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def stream(self) -> Iterator[str]:
        """Server-sent events: the count whenever anything has changed.

        https://html.spec.whatwg.org/multipage/server-sent-events.html
        """
        sent_count = -1
        while True:
            with self._changed:
                self._wait_for_change(sent_count)
                if self._closed:
                    return
                sent_count = self._count
            yield f"data: {sent_count}\n\n"

    def _wait_for_change(self, sent_count: int) -> None:
        self._changed.wait_for(lambda: self._closed or self._count != sent_count, KEEPALIVE_SECONDS)
