"""When a call to Slack is made again: the one policy for all that listeners call.

A thread repeats only what Slack surely has not carried out, once, and only after a moment: while it
waits it can serve nobody. What has to wait longer is kept as a reply of `bot.slack.outbox`, and
what others can see waits by the rule of `bot.slack.unknown_outcome`.
"""

from __future__ import annotations

import time
from socket import gaierror
from typing import Any, Self
from urllib.error import URLError

from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryHandler, RetryState

TIMEOUT_SECONDS = 4
"""That a listener's call may take."""
LONGEST_PAUSE_SECONDS = 1.0
"""That a thread pauses: Slack's shortest Retry-After."""
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 1.0, 60.0
"""Before the next try of a reply, if Slack does not say how long; doubled after each."""


class OneMoreTry(RetryHandler):
    """Stands last among a client's retry handlers."""

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
            return response.status_code == 429 and pause <= LONGEST_PAUSE_SECONDS
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
        time.sleep(_asked_pause(response) if response is not None else LONGEST_PAUSE_SECONDS)
        state.increment_current_attempt()


def wait_seconds(attempts: int) -> float:
    """Before the next try, after so many."""
    return float(min(FIRST_WAIT_SECONDS * 2.0 ** min(attempts, 10), LONGEST_WAIT_SECONDS))


def _asked_pause(response: HttpResponse) -> float:
    headers = {name.lower(): value for name, value in response.headers.items()}
    value = headers.get("retry-after", [])
    asked = "".join(value)  # a list of one
    return float(asked) if asked.isdigit() else LONGEST_PAUSE_SECONDS
