"""The message that a call of unknown outcome may have posted is found again, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.fake_slack.server import Failure, FakeSlack
from bot.posting.exactly_once import PAGE_MESSAGES, ExactlyOncePoster, LostClaimError, NotYetError
from bot.slack.installations import Installation
from bot.slack.unknown_outcome import REPEAT_AFTER_SECONDS
from bot.store import Store
from bot.store.deliveries import Delivery
from tests.unit.bot.conftest import Clock

HISTORY = frozenset({"channels:history", "groups:history"})
MESSAGE = {"text": "What is a queue?"}
SLACKS_CLOCK_IS_BEHIND_SECONDS = 30.0


@pytest.fixture
def slack(clock: Clock) -> Iterator[FakeSlack]:
    with FakeSlack(now=lambda: clock.now - SLACKS_CLOCK_IS_BEHIND_SECONDS) as slack:
        slack.scopes |= HISTORY
        yield slack


@pytest.fixture
def by(slack: FakeSlack) -> Installation:
    return Installation(WebClient("xoxb-test", base_url=slack.url), HISTORY)


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path}/factbot.db", clock)
    store.prepare()
    yield store
    store.close()


@pytest.fixture
def poster(store: Store, clock: Clock) -> ExactlyOncePoster:
    return ExactlyOncePoster(store.deliveries, clock, timeout_seconds=5.0)


@pytest.fixture
def claimed(store: Store, clock: Clock) -> tuple[Delivery, Delivery]:
    """Two messages for one channel."""
    for subject in ("1", "2"):
        store.deliveries.add("notice", subject, "T1", "C1", clock.now)
    first, second = store.deliveries.claim(2)
    return first, second


def post_with_unknown_outcome(
    slack: FakeSlack, poster: ExactlyOncePoster, by: Installation, delivery: Delivery, taken: bool
) -> Delivery:
    """The delivery as whoever claims it next gets it."""
    slack.fail_next("chat.postMessage", Failure(status=500, carried_out=taken))
    with pytest.raises(SlackApiError):
        poster.post(delivery, by, MESSAGE)
    return replace(delivery, called_at=slack.now() + SLACKS_CLOCK_IS_BEHIND_SECONDS)


def test_it_is_found_though_slacks_clock_is_behind_and_others_wrote_a_lot_since(
    slack: FakeSlack,
    poster: ExactlyOncePoster,
    by: Installation,
    claimed: tuple[Delivery, Delivery],
) -> None:
    delivery = post_with_unknown_outcome(slack, poster, by, claimed[0], taken=True)
    (message,) = slack.messages
    for _ in range(PAGE_MESSAGES + 10):
        slack.receive_message("U0BEN", "C1", "hello", None)
    posted = poster.find(delivery, by)
    assert posted and (posted.channel, posted.ts) == ("C1", message["ts"])


def test_another_message_of_ours_is_not_taken_for_it(
    slack: FakeSlack, poster: ExactlyOncePoster, by: Installation,
    claimed: tuple[Delivery, Delivery], clock: Clock,
) -> None:  # fmt: skip
    first, second = claimed
    poster.post(first, by, MESSAGE)
    second = post_with_unknown_outcome(slack, poster, by, second, taken=False)
    with pytest.raises(NotYetError):
        poster.find(second, by)
    clock.now += REPEAT_AFTER_SECONDS
    assert poster.find(second, by) is None


def test_nothing_is_posted_once_the_claim_is_over(
    slack: FakeSlack, poster: ExactlyOncePoster, by: Installation,
    claimed: tuple[Delivery, Delivery], clock: Clock,
) -> None:  # fmt: skip
    clock.now = claimed[0].held_until - 1
    with pytest.raises(LostClaimError):
        poster.post(claimed[0], by, MESSAGE)
    assert slack.calls == []
