"""When listeners repeat a call to Slack.

A thread repeats only calls that Slack certainly hasn't carried out, only once, and only after a
moment, because it can't serve anyone while it waits. Replies that have to wait longer go to
`bot.posting.outbox`; messages that others can see follow `bot.slack.unknown_outcome`.
"""

from __future__ import annotations

import time
from socket import gaierror
from typing import Any, Self
from urllib.error import URLError

from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryHandler, RetryState

TIMEOUT_SECONDS = 4
"""How long a listener's call may take."""
MAX_PAUSE_SECONDS = 1.0
"""How long a thread pauses at most: Slack's shortest Retry-After."""
FIRST_WAIT_SECONDS, MAX_WAIT_SECONDS = 1.0, 60.0
"""Before a reply's next try if Slack doesn't say how long; doubled after each try."""


class OneMoreTry(RetryHandler):
    """Allows one more try. Must be the last of a client's retry handlers."""

    def __init__(self) -> None:
        super().__init__(max_retry_count=1)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self  # Bolt copies what a request carries

    def _can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if response is not None:
            pause = _asked_pause(response)
            return response.status_code == 429 and pause <= MAX_PAUSE_SECONDS
        return isinstance(error, URLError) and isinstance(error.reason, ConnectionError | gaierror)

    def prepare_for_next_attempt(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        state.next_attempt_requested = True
        time.sleep(_asked_pause(response) if response is not None else MAX_PAUSE_SECONDS)
        state.increment_current_attempt()


def wait_seconds(attempts: int) -> float:
    """How long to wait before the next try, after this many."""
    return float(min(FIRST_WAIT_SECONDS * 2.0 ** min(attempts, 10), MAX_WAIT_SECONDS))


def _asked_pause(response: HttpResponse) -> float:
    headers = {name.lower(): value for name, value in response.headers.items()}
    value = headers.get("retry-after", [])
    asked = "".join(value)  # a list of one
    return float(asked) if asked.isdigit() else MAX_PAUSE_SECONDS
