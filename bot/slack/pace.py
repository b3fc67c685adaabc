"""Keep to Slack's rate limits: https://docs.slack.dev/apis/web-api/rate-limits"""

from __future__ import annotations

import threading
from collections.abc import Callable

A_CHANNEL = 1.0
"""Seconds between two messages in one channel."""
REMEMBERED = 10_000


class Pace:
    """When one may next write to a channel; shared by the threads of a process."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._resting: dict[str, float] = {}
        self._channels: dict[str, float] = {}

    def rest(self, team: str, until: float) -> None:
        """Leave a whole team in peace, because Slack said so."""
        with self._lock:
            self._resting[team] = max(until, self._resting.get(team, 0.0))

    def wait_until(self, team: str, channel: str | None) -> float | None:
        """The moment to wait for; None if one may call now, which is then noted.

        The channel is the one that gets a new message, None for a change of an old one.
        """
        now = self._now()
        with self._lock:
            if len(self._channels) > REMEMBERED:
                self._channels.clear()
            free = max(self._resting.get(team, 0.0), self._channels.get(channel or "", 0.0))
            if free > now:
                return free
            if channel:
                self._channels[channel] = now + A_CHANNEL
            return None
