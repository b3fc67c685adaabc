"""Keep to Slack's rate limits: https://docs.slack.dev/apis/web-api/rate-limits

They hold for each workspace and method by itself, so any number of workspaces can be served at
once. Processes don't know of each other's calls: two clocks may go beyond a limit together, and
then Slack says with 429 how long a workspace is to be left alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

A_CHANNEL = 1.0
"""Seconds between two messages in one channel."""
POST_SECONDS, POSTS_AT_ONCE = 0.2, 20
"""Between two posts in a workspace, and how many may come at once: Slack allows several hundred a
minute, and short bursts. https://docs.slack.dev/reference/methods/chat.postMessage#rate_limiting"""
EDIT_SECONDS, EDITS_AT_ONCE = 1.0, 20
"""The same for chat.update, of which Slack allows over fifty a minute: tier 3."""
REMEMBERED = 50_000
"""Channels, or workspaces: those that have had no call lately are forgotten beyond that."""


class Pace:
    """When one may next write to a workspace or channel; shared by the threads of a process."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._resting: dict[str, float] = {}
        self._channels: dict[str, float] = {}
        self._posts = _Rate(POST_SECONDS, POSTS_AT_ONCE)
        self._edits = _Rate(EDIT_SECONDS, EDITS_AT_ONCE)

    def rest(self, team: str, until: float) -> None:
        """Leave a whole team in peace, because Slack said so."""
        with self._lock:
            self._resting[team] = max(until, self._resting.get(team, 0.0))

    def reserve(self, team: str, edits: bool) -> bool:
        """Whether a team may get another post or edit now, which is then counted."""
        now = self._now()
        with self._lock:
            if self._resting.get(team, 0.0) > now:
                return False
            self._resting.pop(team, None)
            return (self._edits if edits else self._posts).allows(team, now)

    def wait_until(self, team: str, channel: str | None) -> float | None:
        """The moment to wait for; None if one may call now, which is then noted.

        The channel is the one that gets a new message, None for a change of an old one.
        """
        now = self._now()
        with self._lock:
            _forget(self._channels, now)
            free = max(self._resting.get(team, 0.0), self._channels.get(channel or "", 0.0))
            if free > now:
                return free
            if channel:
                self._channels[channel] = now + A_CHANNEL
            return None


class _Rate:
    """One call every so many seconds for each key, and so many at once after a silence."""

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
    """Drop what is over, once there is much of it."""
    if len(moments) > REMEMBERED:
        for key in [key for key, moment in moments.items() if moment <= now]:
            del moments[key]


class Rests:
    """Channels that Slack asked us to leave alone for a while; shared by the threads of a process.

    Whoever has to wait gets a moment of their own, so that not all come at once when it is over.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._free: dict[str, float] = {}

    def rest(self, team: str, channel: str, until: float) -> None:
        """Leave a channel alone until then."""
        with self._lock:
            key = f"{team}:{channel}"
            self._free[key] = max(until, self._free.get(key, 0.0))

    def slot(self, team: str, channel: str) -> float:
        """When to write to a channel: now, unless it rests."""
        now = self._now()
        with self._lock:
            _forget(self._free, now)
            key = f"{team}:{channel}"
            free = self._free.get(key, 0.0)
            if free <= now:
                return now
            self._free[key] = free + A_CHANNEL
            return free
