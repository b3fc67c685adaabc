"""Response urls: five posts within thirty minutes, tied to where they came from.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from bot.fake_slack.calls import Body

USES = 5
LASTS = 30 * 60.0


@dataclass(frozen=True, slots=True)
class Source:
    """Who did something where; `ts` is the message pressed, if it was one."""

    channel: str
    user: str
    ts: str = ""
    thread_ts: str | None = None


@dataclass(slots=True)
class _Url:
    source: Source
    until: float
    uses: int = 0


class Responses:
    """`carry_out` does in the workspace what a response asks for."""

    def __init__(
        self, now: Callable[[], float], carry_out: Callable[[Source, Body], list[str]]
    ) -> None:
        self._now = now
        self._carry_out = carry_out
        self._urls: dict[str, _Url] = {}
        self._numbers = itertools.count(1)

    def new(self, source: Source) -> str:
        """The last part of a new url."""
        name = f"R{next(self._numbers)}"
        self._urls[name] = _Url(source, self._now() + LASTS)
        return name

    def channel(self, name: str) -> str:
        """Where a url shows what it is sent; "" if there is no such url."""
        url = self._urls.get(name)
        return url.source.channel if url else ""

    def use(self, name: str, body: Body) -> tuple[int, str]:
        """The status and the text that Slack answers."""
        url = self._urls.get(name)
        if url is None or self._now() > url.until:
            return 404, "expired_url"
        if url.uses >= USES:
            return 404, "used_url"
        url.uses += 1
        if found := self._carry_out(url.source, body):
            return 400, "\n".join(["invalid_blocks", *found])
        return 200, "ok"
