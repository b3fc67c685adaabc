"""When a person sees a fact again: spaced repetition with FSRS.

Answers are graded by what people did, not by how they rate themselves.
https://github.com/open-spaced-repetition/py-fsrs
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from fsrs import Card, Rating, Scheduler

TARGET_RETENTION = 0.88
"""The probability of remembering a fact at the time of its review."""
MAX_INTERVAL_DAYS = 180
"""The longest time until a fact comes up again, however well someone knows it."""
SLOW_ANSWER_SECONDS = 60
"""A right answer that took at least this long counts as hard."""
MAX_REVIEWS_PER_DAY = 5


class ScheduledReview(NamedTuple):
    """A card of the review queue, as JSON of the package `fsrs`, and when it is due (seconds)."""

    card: str
    due_at: float


def schedule_review(card: str | None, right: bool, seconds: float, now: float) -> ScheduledReview:
    """The card after an answer that took `seconds`. Without a card, the fact is new."""
    is_quick = seconds < SLOW_ANSWER_SECONDS
    rating = Rating.Good if right and is_quick else Rating.Hard if right else Rating.Again
    scheduler = Scheduler(
        learning_steps=(),
        relearning_steps=(),
        desired_retention=TARGET_RETENTION,
        maximum_interval=MAX_INTERVAL_DAYS,
        enable_fuzzing=False,
    )
    before = Card.from_json(card) if card else Card(card_id=0)
    after, _ = scheduler.review_card(before, rating, datetime.fromtimestamp(now, UTC))
    return ScheduledReview(after.to_json(), after.due.timestamp())
