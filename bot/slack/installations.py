"""Clients for the workspaces that have installed the app, for work that no request starts."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from slack_sdk import WebClient
from slack_sdk.http_retry import RetryHandler
from slack_sdk.web import SlackResponse

SCOPES_CACHE_SECONDS = 3600.0
_CHANNEL_HISTORY = {"channels:history", "groups:history"}


@dataclass(frozen=True, slots=True)
class Installation:
    """A client with a workspace's token, and what that token may do."""

    client: WebClient
    scopes: frozenset[str]

    def reads_history(self, channel: str) -> bool:
        """Whether we can read a conversation's history, to find our own messages in it."""
        if channel.startswith("D"):
            return "im:history" in self.scopes
        return self.scopes >= _CHANNEL_HISTORY and not channel.startswith(("U", "W"))


class Installations(Protocol):
    """Finds a workspace's installation: one for everything, or one per workspace."""

    def find(self, team: str) -> Installation | None:
        """The installation of a team; None if it was removed. Raises NETWORK errors."""

    def renewed(self, team: str) -> bool:
        """Whether a team's token has changed since Slack refused the last one."""


Connect = Callable[[str], WebClient]
"""Builds a client with a token."""


def connecting(api_url: str, timeout_seconds: int, watch: RetryHandler) -> Connect:
    """Build clients that never repeat a call by themselves: Slack may have carried it out.

    A call may take `timeout_seconds`.
    """

    trust = _trust()

    def connect(token: str) -> WebClient:
        return WebClient(
            token, base_url=api_url, ssl=trust, timeout=timeout_seconds, retry_handlers=[watch]
        )

    return connect


@cache
def _trust() -> ssl.SSLContext:
    """Shared by all clients: to build it takes 36 ms of CPU."""
    return ssl.create_default_context()


def granted_scopes(answer: SlackResponse) -> frozenset[str]:
    """The scopes of a call's token, from a header that every response has."""
    granted = {name.lower(): value for name, value in answer.headers.items()}
    text = granted.get("x-oauth-scopes") or ""
    text = ",".join(text) if isinstance(text, list) else text
    return frozenset(part.strip() for part in text.split(",") if part.strip())


class OneWorkspace:
    """One token for everything. Its scopes are in a header of every response from Slack."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._lock = threading.Lock()
        self._scopes: frozenset[str] = frozenset()
        self._until = 0.0

    def find(self, team: str) -> Installation:
        with self._lock:
            if time.monotonic() >= self._until:
                self._scopes = granted_scopes(self._client.auth_test())
                self._until = time.monotonic() + SCOPES_CACHE_SECONDS
        return Installation(self._client, self._scopes)

    def renewed(self, team: str) -> bool:
        return False
