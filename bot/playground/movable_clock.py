"""A clock whose hands can be moved forward."""

from __future__ import annotations

import time


class Hands:
    """Seconds since 1970, as real as one's own clock plus what it was moved by."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self._ahead

    def forward(self, seconds: float) -> None:
        self._ahead += max(0.0, seconds)
