"""Watch Slack's responses, to count the errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryHandler, RetryState

from bot.slack.errors import Trouble, classify, trouble


class Watching(RetryHandler):
    """Reports failed calls, and repeats none. Must be the first of a client's retry handlers."""

    def __init__(self, note: Callable[[Trouble], None]) -> None:
        super().__init__()
        self._note = note

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self  # Bolt copies what a request carries

    def can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if response is None:
            self._note(trouble(error) if error else Trouble.UNSURE)
        elif response.status_code != 200 or (response.body or {}).get("ok") is not True:
            self._note(classify(response.status_code, (response.body or {}).get("error")))
        return False
