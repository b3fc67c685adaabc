"""The requests and responses behind each message, for people who develop with the bot."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field, replace
from typing import Any

KEPT = 400
CAUSE = 5.0
"""Seconds within which what the bot calls is taken for its reaction to Slack's last request."""
SLACK, FACTBOT = "Slack", "factbot"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response; `at` in seconds since 1970, `messages` the ts it made."""

    at: float
    sender: str
    what: str
    request: Any
    status: int
    response: Any
    milliseconds: float
    messages: frozenset[str] = field(default_factory=frozenset)

    def as_json(self) -> dict[str, Any]:
        return {
            "at": self.at,
            "from": self.sender,
            "what": self.what,
            "request": self.request,
            "status": self.status,
            "response": self.response,
            "milliseconds": round(self.milliseconds, 1),
        }


class Traffic:
    """The newest exchanges."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: deque[Exchange] = deque(maxlen=KEPT)

    def note(self, exchange: Exchange) -> None:
        with self._lock:
            self._kept.append(exchange)

    def relate(self, messages: frozenset[str]) -> None:
        """The newest exchange made these messages, too."""
        with self._lock:
            newest = self._kept.pop()
            self._kept.append(replace(newest, messages=newest.messages | messages))

    def of(self, ts: str) -> list[dict[str, Any]]:
        """What made a message or changed it, and what made the bot do so, oldest first."""
        with self._lock:
            kept = list(self._kept)
        found: list[Exchange] = []
        cause: Exchange | None = None
        for each in kept:
            if each.sender == SLACK:
                cause = each
            if ts in each.messages:
                if cause and cause not in found and each.at - cause.at < CAUSE:
                    found.append(cause)
                if each not in found:
                    found.append(each)
        return [each.as_json() for each in found]
