"""Clients for the workspaces that have installed us, for work that no request starts."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
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
        """Whether our own messages in a conversation can be found again."""
        if channel.startswith("D"):
            return "im:history" in self.scopes
        return self.scopes >= _CHANNEL_HISTORY and not channel.startswith(("U", "W"))


class Installations(Protocol):
    def find(self, team: str) -> Installation | None:
        """The installation of a team; None if there is none any more. Raises what Slack raises."""

    def renewed(self, team: str) -> bool:
        """Whether a team has another token than the one that Slack has just refused."""


Connect = Callable[[str], WebClient]
"""A client with a token."""


def connecting(api_url: str, patience: int, watch: RetryHandler) -> Connect:
    """Clients that never repeat a call by themselves: Slack may have carried out the first one.

    `patience` is how many seconds a call may take.
    """

    trust = ssl.create_default_context()  # without one, each call makes its own: 36 ms of CPU

    def connect(token: str) -> WebClient:
        return WebClient(
            token, base_url=api_url, ssl=trust, timeout=patience, retry_handlers=[watch]
        )

    return connect


def granted_scopes(answer: SlackResponse) -> frozenset[str]:
    """What the token of a call may do, as a header of any answer says."""
    granted = {name.lower(): value for name, value in answer.headers.items()}
    text = granted.get("x-oauth-scopes") or ""
    text = ",".join(text) if isinstance(text, list) else text
    return frozenset(part.strip() for part in text.split(",") if part.strip())


class OneWorkspace:
    """One token for everything. What it may do, Slack says in a header of any answer."""

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
