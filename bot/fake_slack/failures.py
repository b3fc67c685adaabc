"""How a call can go wrong on Slack's side, and what is answered then."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.fake_slack.calls import Body


@dataclass(frozen=True, slots=True)
class Trouble:
    """A bad answer to one call.

    With a status, an error or a text the call is not carried out, unless `accept`: Slack warns
    that a call may have succeeded although it answers `internal_error`. With `late` it is carried
    out so many seconds after it arrived, whatever was answered. With nothing but a delay it is a
    slow good answer. Without an error, 429 says `ratelimited` and others `internal_error`; `text`
    is sent as it is, as proxies and maintenance pages do.
    https://docs.slack.dev/apis/web-api/rate-limits
    """

    status: int = 200
    error: str | None = None
    retry_after: int | None = None
    delay: float = 0.0
    accept: bool = False
    late: float = 0.0
    text: str | None = None

    @property
    def spoils(self) -> bool:
        bad = self.error is not None or self.text is not None
        return bad or self.status != 200 or self.late > 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back; a string is sent as plain text."""

    body: Body | str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def bad_answer(trouble: Trouble) -> Answer:
    headers = {} if trouble.retry_after is None else {"Retry-After": str(trouble.retry_after)}
    if trouble.text is not None:
        return Answer(trouble.text, trouble.status, headers)
    error = trouble.error or ("ratelimited" if trouble.status == 429 else "internal_error")
    return Answer({"ok": False, "error": error}, trouble.status, headers)
