"""Planned questions, as the rows that they become."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.quiz.question import QuizQuestion
from bot.quiz.schedule import Occurrence
from bot.quiz.subscription import ChannelKey, Subscription
from bot.store.deliveries import DeliveryKind, new_row


@dataclass(frozen=True, slots=True)
class QuestionPlan:
    """A question for a channel: when to post it, and when to reveal its answer.

    Times are seconds since 1970. `following` is the question after this one, if the channel's quiz
    is to move on to it.
    """

    subscription: Subscription
    day: date
    question: QuizQuestion
    due_at: float
    reveal_at: float
    following: Occurrence | None


@dataclass(frozen=True, slots=True)
class SkippedDay:
    """A channel gets no question before `following`."""

    subscription: Subscription
    following: Occurrence


def posting_row(plan: QuestionPlan) -> dict[str, Any]:
    question = plan.question
    return {
        "team": plan.subscription.team, "channel": plan.subscription.channel,
        "day": plan.day.isoformat(), "fact": question.fact, "service": question.service,
        "question": question.text, "options": json.dumps(question.options),
        "right": question.right_index, "due_at": plan.due_at, "reveal_at": plan.reveal_at,
    }  # fmt: skip


def delivery_rows(
    plan: QuestionPlan, posting_ids: Mapping[ChannelKey, int]
) -> list[dict[str, Any]]:
    """The question to be posted, and its reveal."""
    key = plan.subscription.key
    subject = str(posting_ids[key])
    return [
        new_row(DeliveryKind.QUESTION, subject, *key, plan.due_at),
        new_row(DeliveryKind.REVEAL, subject, *key, plan.reveal_at),
    ]
