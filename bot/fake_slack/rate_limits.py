"""How many messages a channel takes."""

from __future__ import annotations

import time
from collections import defaultdict

BURST = 10
"""Messages that a channel takes at once."""


class Pace:
    """One message a second and channel, short bursts tolerated.

    https://docs.slack.dev/apis/web-api/rate-limits
    """

    def __init__(self) -> None:
        self._used: defaultdict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))

    def allows(self, channel: str) -> bool:
        """Whether the channel may get another message now, which is then counted."""
        level, at = self._used[channel]
        now = time.monotonic()
        level = max(0.0, level - (now - at))
        allowed = level + 1 <= BURST
        self._used[channel] = (level + allowed, now)
        return allowed
