"""Keep to Slack's rate limits: https://docs.slack.dev/apis/web-api/rate-limits

They apply to each workspace and method separately, so we can serve any number of workspaces at
once. Processes don't know of each other's calls: two clocks together may exceed a limit, and then
Slack's 429 response says how long to leave a workspace alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

CHANNEL_INTERVAL_SECONDS = 1.0
"""Seconds between two messages in one channel."""
POST_INTERVAL_SECONDS, MAX_POST_BURST = 0.2, 20
"""Between two posts in a workspace, and how many may come at once. Slack allows several hundred a
minute and short bursts. https://docs.slack.dev/reference/methods/chat.postMessage#rate_limiting"""
EDIT_INTERVAL_SECONDS, MAX_EDIT_BURST = 1.0, 20
"""The same for chat.update: in tier 3, Slack allows more than fifty a minute."""
MAX_REMEMBERED_KEYS = 50_000
"""Channels or workspaces. Beyond this, we forget those that may be called again already."""


class RateLimiter:
    """When we may next write to a workspace or channel. Safe to share between threads."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._resting: dict[str, float] = {}
        self._channels: dict[str, float] = {}
        self._posts = _Rate(POST_INTERVAL_SECONDS, MAX_POST_BURST)
        self._edits = _Rate(EDIT_INTERVAL_SECONDS, MAX_EDIT_BURST)

    def rest(self, team: str, until: float) -> None:
        """Call a team no more until then, because Slack said so."""
        with self._lock:
            self._resting[team] = max(until, self._resting.get(team, 0.0))

    def reserve(self, team: str, edits: bool) -> bool:
        """Whether a team may get another post or edit now; if so, count it."""
        now = self._now()
        with self._lock:
            if self._resting.get(team, 0.0) > now:
                return False
            self._resting.pop(team, None)
            return (self._edits if edits else self._posts).allows(team, now)

    def wait_until(self, team: str, channel: str | None) -> float | None:
        """The moment to wait for; None if we may call now, and then the call is counted.

        `channel` gets a new message; it is None for an edit of an old one.
        """
        now = self._now()
        with self._lock:
            _forget(self._channels, now)
            free = max(self._resting.get(team, 0.0), self._channels.get(channel or "", 0.0))
            if free > now:
                return free
            if channel:
                self._channels[channel] = now + CHANNEL_INTERVAL_SECONDS
            return None


class _Rate:
    """Allows a call per key every few seconds, and a burst after a break."""

    def __init__(self, seconds: float, at_once: int) -> None:
        self._seconds = seconds
        self._ahead = seconds * (at_once - 1)
        self._next: dict[str, float] = {}

    def allows(self, key: str, now: float) -> bool:
        _forget(self._next, now)
        free = max(self._next.get(key, 0.0), now)
        if free - now > self._ahead:
            return False
        self._next[key] = free + self._seconds
        return True


def _forget(moments: dict[str, float], now: float) -> None:
    """Drop moments that have passed, if there are many."""
    if len(moments) > MAX_REMEMBERED_KEYS:
        for key in [key for key, moment in moments.items() if moment <= now]:
            del moments[key]


class ChannelPauses:
    """Channels that Slack asked us to leave alone for a while. Safe to share between threads.

    Each message that has to wait gets its own time slot, so that they don't all come at once.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._free: dict[str, float] = {}

    def rest(self, team: str, channel: str, until: float) -> None:
        """Send nothing to a channel until then."""
        with self._lock:
            key = f"{team}:{channel}"
            self._free[key] = max(until, self._free.get(key, 0.0))

    def slot(self, team: str, channel: str) -> float:
        """When to write to a channel: now, unless it is paused."""
        now = self._now()
        with self._lock:
            _forget(self._free, now)
            key = f"{team}:{channel}"
            free = self._free.get(key, 0.0)
            if free <= now:
                return now
            self._free[key] = free + CHANNEL_INTERVAL_SECONDS
            return free
