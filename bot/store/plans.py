"""Planned questions, as the rows that they become."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from bot.quiz.question import QuizQuestion
from bot.quiz.schedule import MIN_OPEN_SECONDS, Occurrence
from bot.quiz.subscription import ChannelKey, Subscription
from bot.store.deliveries import DeliveryKind
from bot.store.delivery_plans import new_row

STANDINGS_DELAY_SECONDS = 60.0
"""From the week's last answer until its standings."""
STANDINGS_TIME = time(17)
"""Where the week's last answer comes only with the next week's first question."""


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

    @property
    def standings_at(self) -> float | None:
        """When the week's standings come: after its last answer, or that day at five.

        None if the week has more questions, or the channel wants no standings.
        """
        schedule = self.subscription.schedule
        if not self.subscription.standings or not schedule.ends_week(self.day):
            return None
        if schedule.day_of(self.reveal_at) == self.day:
            return self.reveal_at + STANDINGS_DELAY_SECONDS
        return max(schedule.moment(self.day, STANDINGS_TIME), self.due_at + MIN_OPEN_SECONDS)


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
    """The question to be posted, its reveal, and after the week's last one the standings."""
    key = plan.subscription.key
    subject = str(posting_ids[key])
    rows = [
        new_row(DeliveryKind.QUESTION, subject, *key, plan.due_at),
        new_row(DeliveryKind.REVEAL, subject, *key, plan.reveal_at),
    ]
    if plan.standings_at is not None:
        rows.append(new_row(DeliveryKind.STANDINGS, subject, *key, plan.standings_at))
    return rows
