"""What each of Slack's errors does to a message and its channel."""

from __future__ import annotations

import socket
from itertools import pairwise
from json import JSONDecodeError
from typing import Any
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.fake_slack.server import Failure, FakeSlack
from bot.posting.backoff import retry_wait_seconds
from bot.slack.errors import NETWORK, UNREADABLE, Trouble, readable, reason, retry_after, trouble
from bot.slack.rate_limits import RateLimiter
from bot.slack.unknown_outcome import (
    FIRST_LOOK_SECONDS,
    REPEAT_AFTER_SECONDS,
    may_repeat,
    next_look,
)

HTML = "Received a response in a non-JSON format: <html>a secret</html>"


def refused(error: Any, status: int = 200, **headers: Any) -> SlackApiError:
    response = SlackResponse(
        client=None, http_verb="POST", api_url="x", req_args={}, headers=headers,
        data={"ok": False, "error": error}, status_code=status,
    )  # fmt: skip
    return SlackApiError(str(error), response)  # type: ignore[no-untyped-call]


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
        (refused("is_inactive"), Trouble.CHANNEL_GONE),
        (refused("a_new_error"), Trouble.UNKNOWN),
        (refused("a_new_error", 403), Trouble.UNKNOWN),
        (refused(HTML), Trouble.UNSURE),
        (refused(HTML, 403), Trouble.UNSURE),
        (refused(HTML, 429), Trouble.LATER),
        (refused(None), Trouble.UNSURE),
        (refused({"not": "a word"}), Trouble.UNSURE),
        (URLError(ConnectionRefusedError()), Trouble.LATER),
        (URLError(TimeoutError()), Trouble.LATER),
        (JSONDecodeError("", "", 0), Trouble.UNSURE),
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


@pytest.mark.parametrize(
    "text", ["<html>a secret</html>", '{"a secret', '["a secret"]', '"a secret"', "a secret", ""]
)
@pytest.mark.parametrize("status", [200, 403, 502])
def test_an_answer_that_is_not_slacks_leaves_the_outcome_open_and_is_not_quoted(
    text: str, status: int
) -> None:
    with FakeSlack() as slack:
        slack.fail_next("auth.test", Failure(status, raw_body=text))
        client = WebClient("xoxb-test", base_url=slack.url)
        with pytest.raises(NETWORK) as raised, readable():
            client.auth_test()
    assert isinstance(raised.value, Exception)
    assert (trouble(raised.value), reason(raised.value)) == (Trouble.UNSURE, UNREADABLE)


def test_a_call_that_slack_never_got_may_be_repeated() -> None:
    with socket.socket() as nobody:  # bound, but it does not listen
        nobody.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}/api/"
        client = WebClient("xoxb-test", base_url=address)
        with pytest.raises(URLError) as raised:
            client.auth_test()
    assert trouble(raised.value) is Trouble.LATER


def test_a_call_of_unknown_outcome_is_looked_for_over_a_minute_before_it_is_repeated() -> None:
    called_at, ended = 1000.0, 1010.0
    looks = [ended]
    while not may_repeat(called_at, looks[-1]):
        looks.append(next_look(called_at, looks[-1]))
    assert looks[-1] == called_at + REPEAT_AFTER_SECONDS >= ended + 60
    assert 3 <= len(looks) <= 10
    assert all(later > earlier for earlier, later in pairwise(looks))
    assert next_look(called_at, called_at) == called_at + FIRST_LOOK_SECONDS


def test_a_channel_gets_one_message_a_second_and_a_resting_team_none() -> None:
    now = [100.0]
    rate_limiter = RateLimiter(lambda: now[0])
    assert rate_limiter.wait_until("T1", "C1") is None
    assert rate_limiter.wait_until("T1", "C1") == 101.0
    assert rate_limiter.wait_until("T1", "C2") is None
    assert rate_limiter.wait_until("T1", None) is None
    rate_limiter.rest("T1", 130.0)
    assert rate_limiter.wait_until("T1", None) == 130.0
    assert rate_limiter.wait_until("T2", "C3") is None
    now[0] = 130.0
    assert rate_limiter.wait_until("T1", "C1") is None


def test_each_wait_is_twice_as_long_as_the_one_before_in_seconds_up_to_a_limit() -> None:
    assert [retry_wait_seconds(tries, 60.0) for tries in range(1, 7)] == [5, 10, 20, 40, 40, 40]
    assert retry_wait_seconds(1, 6.0) == 0.5
    assert retry_wait_seconds(10_000, 60.0) == 40
