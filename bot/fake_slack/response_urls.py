"""Response URLs: five posts within thirty minutes, tied to where they came from.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from bot.fake_slack.calls import JsonObject
from bot.fake_slack.failures import SlackResponse

MAX_USES = 5
LIFETIME_SECONDS = 30 * 60.0


@dataclass(frozen=True, slots=True)
class ResponseTarget:
    """Where a response goes: the user who acted, and the message (`ts`), if they used one."""

    channel: str
    user: str
    ts: str = ""
    thread_ts: str | None = None


@dataclass(slots=True)
class _ResponseUrl:
    """One URL; `expires_at` is in seconds since 1970."""

    target: ResponseTarget
    expires_at: float
    uses: int = 0


class ResponseUrls:
    """The URLs by the last part of their path.

    `respond` does in the workspace what a response asks for, and returns its validation errors.
    """

    def __init__(
        self,
        now: Callable[[], float],
        respond: Callable[[ResponseTarget, JsonObject], list[str]],
    ) -> None:
        self._now = now
        self._respond = respond
        self._urls: dict[str, _ResponseUrl] = {}
        self._numbers = itertools.count(1)

    def new(self, target: ResponseTarget) -> str:
        """The name of a new URL."""
        name = f"R{next(self._numbers)}"
        self._urls[name] = _ResponseUrl(target, self._now() + LIFETIME_SECONDS)
        return name

    def channel(self, name: str) -> str:
        """Where a URL shows what it gets; "" if there is no such URL."""
        url = self._urls.get(name)
        return url.target.channel if url else ""

    def use(self, name: str, body: JsonObject) -> SlackResponse:
        url = self._urls.get(name)
        if url is None or self._now() > url.expires_at:
            return SlackResponse("expired_url", 404)
        if url.uses >= MAX_USES:
            return SlackResponse("used_url", 404)
        url.uses += 1
        if errors := self._respond(url.target, body):
            return SlackResponse("\n".join(["invalid_blocks", *errors]), 400)
        return SlackResponse("ok")
