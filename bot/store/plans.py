"""Questions that are planned for channels, as the rows they become."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.quiz.posed import Posed
from bot.quiz.schedule import Occurrence
from bot.quiz.subscription import Key, Subscription
from bot.store.deliveries import QUESTION, REVEAL, new

Due = tuple[float, float]
"""When to post a question, and when to reveal its answer."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A day's question for a channel, or without one, a day that is left out.

    `following` is the next day after it, if the channel's quiz is to move on.
    """

    subscription: Subscription
    day: date
    posed: Posed | None
    due: Due
    following: Occurrence | None


def posting_of(plan: Plan) -> dict[str, Any]:
    posed, (due_at, reveal_at) = plan.posed, plan.due
    assert posed is not None
    return {
        "team": plan.subscription.team, "channel": plan.subscription.channel,
        "day": plan.day.isoformat(), "fact": posed.fact, "service": posed.service,
        "question": posed.question, "options": json.dumps(posed.options), "right": posed.right,
        "due_at": due_at, "reveal_at": reveal_at,
    }  # fmt: skip


def deliveries_of(plan: Plan, ids: Mapping[Key, int]) -> list[dict[str, Any]]:
    """The question to be posted, and its reveal."""
    key, (due_at, reveal_at) = plan.subscription.key, plan.due
    subject = str(ids[key])
    return [new(QUESTION, subject, *key, due_at), new(REVEAL, subject, *key, reveal_at)]
