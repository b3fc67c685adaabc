"""What is open is posted once to each recipient, also when older rows have expired."""

from __future__ import annotations

import pytest

from bot.store import Store
from bot.store.curator_messages import CuratorItem, CuratorMessage
from bot.store.deliveries import DeliveryKind, DeliveryOutcome
from bot.store.pruning import DELIVERY_RETENTION_SECONDS
from tests.unit.bot.conftest import Clock

TEAM, CHANNEL = "T1", "C0CUR"


def suggest(store: Store) -> int:
    found = store.suggestions.add(TEAM, "title: Freeze", "U0ANN", "V1", (CHANNEL,))
    assert found
    return found


def due(store: Store) -> list[str]:
    return [delivery.channel for delivery in store.deliveries.claim(9)]


def end(store: Store, outcome: str) -> None:
    (delivery,) = store.deliveries.claim(9)
    assert delivery.kind == DeliveryKind.SUGGESTION
    store.deliveries.finish(delivery, outcome)


@pytest.mark.parametrize(
    ("outcome", "comes_again"),
    [
        ("not_in_channel", True),
        (DeliveryOutcome.GAVE_UP, True),
        (DeliveryOutcome.UNCONFIRMED, False),
        (DeliveryOutcome.POSTED, False),
        (DeliveryOutcome.NOTHING_TO_SAY, False),
    ],
)
def test_what_slack_refused_comes_again_and_nothing_else(
    store: Store, outcome: str, comes_again: bool
) -> None:
    suggest(store)
    end(store, outcome)
    store.open_items.show(TEAM, (CHANNEL,))
    assert due(store) == [], "an hour hasn't passed"
    for _ in range(2):
        store.open_items.show(TEAM, (CHANNEL,), at_once=True)
    assert due(store) == ([CHANNEL] if comes_again else [])


def test_what_is_known_to_be_posted_is_not_posted_again_a_month_later(
    store: Store, clock: Clock
) -> None:
    number = suggest(store)
    end(store, DeliveryOutcome.POSTED)
    message = CuratorMessage(CHANNEL, "1.1")
    store.curator_messages.record(TEAM, CuratorItem.SUGGESTION, number, CHANNEL, message)
    clock.now += DELIVERY_RETENTION_SECONDS + 1
    store.prune()
    assert store.open_items.teams() == [TEAM]
    store.open_items.show(TEAM, (CHANNEL,), at_once=True)
    assert due(store) == []
    store.open_items.show(TEAM, (CHANNEL, "C0NEW"))
    assert due(store) == ["C0NEW"]
    assert store.suggestions.reject(TEAM, number, "U0BEN", "No.")
    assert store.open_items.teams() == []


def test_a_message_that_waits_is_posted_once_under_its_channels_new_id(store: Store) -> None:
    number = suggest(store)
    store.move_channel(TEAM, CHANNEL, "C0NEW")
    store.open_items.show(TEAM, ("C0NEW",))
    (delivery,) = store.deliveries.claim(9)
    assert (delivery.channel, delivery.subject) == ("C0NEW", f"{TEAM}:{number}:C0NEW")
