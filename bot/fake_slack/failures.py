"""How a call can go wrong on Slack's side, and how Slack responds then."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.fake_slack.calls import JsonObject


@dataclass(frozen=True, slots=True)
class Failure:
    """What goes wrong with one call; with a delay alone, a slow success.

    With a status other than 200, an `error` or a `raw_body`, the call is not carried out unless
    `carried_out` says so: a call may have succeeded although Slack answers `internal_error`. With
    `late_seconds` it is carried out that long after it arrived, whatever the response was. Without
    an `error`, 429 says `ratelimited` and any other status `internal_error`. A `raw_body` is sent
    as is, like the HTML pages of proxies. `retry_after` is in seconds, as in the header.
    https://docs.slack.dev/apis/web-api/rate-limits
    """

    status: int = 200
    error: str | None = None
    retry_after: int | None = None
    delay_seconds: float = 0.0
    carried_out: bool = False
    late_seconds: float = 0.0
    raw_body: str | None = None

    @property
    def changes_response(self) -> bool:
        """Whether the response is something other than the call's own result."""
        return self.status != 200 or self.error is not None or self.raw_body is not None


@dataclass(frozen=True, slots=True)
class SlackResponse:
    """What Slack sends back; a string is sent as plain text."""

    body: JsonObject | str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def failure_response(failure: Failure) -> SlackResponse:
    headers = {} if failure.retry_after is None else {"Retry-After": str(failure.retry_after)}
    if failure.raw_body is not None:
        return SlackResponse(failure.raw_body, failure.status, headers)
    error = failure.error or ("ratelimited" if failure.status == 429 else "internal_error")
    return SlackResponse({"ok": False, "error": error}, failure.status, headers)
