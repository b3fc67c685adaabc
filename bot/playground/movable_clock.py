"""A clock that can be moved forward."""

from __future__ import annotations

import time


class MovableClock:
    """Seconds since 1970: the real time plus what the clock was moved by."""

    def __init__(self) -> None:
        self._ahead_seconds = 0.0

    def __call__(self) -> float:
        return time.time() + self._ahead_seconds

    def move_forward(self, seconds: float) -> None:
        self._ahead_seconds += max(0.0, seconds)
