"""When a person meets a fact again: FSRS, graded by what they did rather than by what they say."""

from __future__ import annotations

from datetime import UTC, datetime

from fsrs import Card, Rating, Scheduler

RETENTION = 0.88
"""The chance of remembering that a review aims at."""
LONGEST = 180
"""Days until a fact comes again, however well it is known."""
SLOW = 60
"""Seconds from which on a right answer counts as hard."""
A_DAY = 5
"""Reviews that a day asks for at most."""


def review(card: str | None, right: bool, seconds: float, now: float) -> tuple[str, float]:
    """The card after an answer given in so many seconds, and when it is due again.

    A card is the JSON that the package `fsrs` writes; None is a fact not met before.
    """
    rating = Rating.Good if right and seconds < SLOW else Rating.Hard if right else Rating.Again
    scheduler = Scheduler(
        learning_steps=(),
        relearning_steps=(),
        desired_retention=RETENTION,
        maximum_interval=LONGEST,
        enable_fuzzing=False,
    )
    before = Card.from_json(card) if card else Card(card_id=0)
    after, _ = scheduler.review_card(before, rating, datetime.fromtimestamp(now, UTC))
    return after.to_json(), after.due.timestamp()
