"""Messages that no request waits for: what they say, and how they get to Slack exactly once."""

from __future__ import annotations

from bot.metrics import Metrics
from bot.posting.carrier import Carrier
from bot.posting.kinds import Kinds
from bot.quiz.asking import Quizmaster
from bot.slack.courier import Courier
from bot.slack.installations import Installations
from bot.slack.pace import Pace
from bot.store import Store


def build_carrier(
    store: Store,
    quizmaster: Quizmaster,
    installations: Installations,
    command: str,
    patience: int,
    metrics: Metrics,
    pace: Pace,
) -> Carrier:
    """`patience` is how many seconds a call to Slack may take."""
    courier = Courier(store.deliveries, store.now, patience)
    kinds = Kinds(store, quizmaster, courier, command, metrics)
    return Carrier(store, installations, kinds.table(), pace)


__all__ = ["Carrier", "build_carrier"]
