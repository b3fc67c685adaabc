"""The requests and responses behind each message, for people who develop with the bot."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

MAX_EXCHANGES = 400
REACTION_SECONDS = 5.0
"""How long the bot's calls count as its reaction to the latest request from Slack."""


class RequestSender(StrEnum):
    """Who sent a request, as the page shows it."""

    SLACK = "Slack"
    FACTBOT = "factbot"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response; `messages` are the ts of the messages that it changed.

    `at` is in seconds since 1970.
    """

    at: float
    sender: RequestSender
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


class TrafficLog:
    """The latest exchanges."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._exchanges: deque[Exchange] = deque(maxlen=MAX_EXCHANGES)

    def record(self, exchange: Exchange) -> None:
        with self._lock:
            self._exchanges.append(exchange)

    def add_to_latest(self, messages: frozenset[str]) -> None:
        """Note that the latest exchange changed these messages, too."""
        with self._lock:
            latest = self._exchanges.pop()
            self._exchanges.append(replace(latest, messages=latest.messages | messages))

    def behind_message(self, ts: str) -> list[dict[str, Any]]:
        """What created or changed a message, and what the bot reacted to, oldest first."""
        with self._lock:
            exchanges = list(self._exchanges)
        behind: list[Exchange] = []
        cause: Exchange | None = None
        for exchange in exchanges:
            if exchange.sender is RequestSender.SLACK:
                cause = exchange
            if ts in exchange.messages:
                if cause and cause not in behind and exchange.at - cause.at < REACTION_SECONDS:
                    behind.append(cause)
                if exchange not in behind:
                    behind.append(exchange)
        return [exchange.as_json() for exchange in behind]
