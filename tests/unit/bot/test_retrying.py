"""What a listener's client tries again by itself: once, soon, and only what Slack never did."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.fake_slack.server import Failure, FakeSlack
from bot.slack.retrying import OneMoreTry, wait_seconds

METHOD = "auth.test"


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as slack:
        yield slack


@pytest.fixture
def client(slack: FakeSlack) -> WebClient:
    return WebClient("xoxb-test", base_url=slack.url, timeout=1, retry_handlers=[OneMoreTry()])


@pytest.mark.parametrize(
    ("failure", "calls"),
    [
        pytest.param(Failure(status=429, retry_after=1), 2, marks=pytest.mark.slow),
        (Failure(status=429, retry_after=2), 1),
        (Failure(status=500), 1),
        (Failure(status=503), 1),
    ],
)
def test_only_a_short_rate_limit_is_waited_for_once(
    slack: FakeSlack, client: WebClient, failure: Failure, calls: int
) -> None:
    for _ in range(3):
        slack.fail_next(METHOD, failure)
    with pytest.raises(SlackApiError):
        client.auth_test()
    assert len(slack.calls) == calls


@pytest.mark.slow
def test_a_call_that_slack_may_have_carried_out_is_not_repeated(
    slack: FakeSlack, client: WebClient
) -> None:
    slack.fail_next(METHOD, Failure(delay_seconds=1.5))
    with pytest.raises(TimeoutError):
        client.auth_test()


def test_each_wait_is_twice_as_long_as_the_one_before_up_to_a_minute() -> None:
    waits = [wait_seconds(attempts) for attempts in range(8)]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert wait_seconds(10_000) == 60
