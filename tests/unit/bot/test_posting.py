"""What each of Slack's errors does to a message and its channel."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.slack.errors import Trouble, reason, retry_after, trouble
from bot.slack.pace import Pace


def refused(error: str, status: int = 200, **headers: Any) -> SlackApiError:
    response = SlackResponse(
        client=None, http_verb="POST", api_url="x", req_args={}, headers=headers,
        data={"ok": False, "error": error}, status_code=status,
    )  # fmt: skip
    return SlackApiError(error, response)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (refused("is_archived"), Trouble.CHANNEL_GONE),
        (refused("user_disabled"), Trouble.PERSON_GONE),
        (refused("token_revoked"), Trouble.INSTALLATION_GONE),
        (refused("missing_scope"), Trouble.CONFIGURATION),
        (refused("message_not_found"), Trouble.MESSAGE_GONE),
        (refused("ratelimited", 429), Trouble.LATER),
        (refused("anything", 429), Trouble.LATER),
        (refused("service_unavailable", 503), Trouble.LATER),
        (refused("internal_error", 500), Trouble.UNSURE),
        (refused("fatal_error"), Trouble.UNSURE),
        (refused("a_new_error", 502), Trouble.UNSURE),
        (refused("invalid_blocks"), Trouble.BUG),
        (TimeoutError(), Trouble.UNSURE),
        (ConnectionResetError(), Trouble.UNSURE),
    ],
)
def test_every_error_has_a_class(error: Exception, expected: Trouble) -> None:
    assert trouble(error) is expected


def test_the_reason_and_the_seconds_to_wait_are_read() -> None:
    error = refused("ratelimited", 429, **{"Retry-After": "7"})
    assert (reason(error), retry_after(error)) == ("ratelimited", 7.0)
    assert (reason(TimeoutError()), retry_after(TimeoutError())) == ("TimeoutError", None)


def test_a_channel_gets_one_message_a_second_and_a_resting_team_none() -> None:
    now = [100.0]
    pace = Pace(lambda: now[0])
    assert pace.wait_until("T1", "C1") is None
    assert pace.wait_until("T1", "C1") == 101.0
    assert pace.wait_until("T1", "C2") is None
    assert pace.wait_until("T1", None) is None
    pace.rest("T1", 130.0)
    assert pace.wait_until("T1", None) == 130.0
    assert pace.wait_until("T2", "C3") is None
    now[0] = 130.0
    assert pace.wait_until("T1", "C1") is None
