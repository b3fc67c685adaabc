"""Work that is done once in a while, however often it is called."""

from __future__ import annotations

from collections.abc import Callable


class Periodic:
    """Calls `work` at most once every `every_seconds`, even if it fails."""

    def __init__(
        self, work: Callable[[], None], every_seconds: float, now: Callable[[], float]
    ) -> None:
        self._work = work
        self._every_seconds = every_seconds
        self._now = now
        self._next_at = 0.0

    def __call__(self) -> None:
        now = self._now()
        if now >= self._next_at:
            self._next_at = now + self._every_seconds
            self._work()
