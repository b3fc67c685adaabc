"""How hard a channel's next question should be: 60 to 80 percent of answers should be right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.quiz.choosing import PastQuestion

EASIEST, HARDEST = 1, 3
TOO_HARD_BELOW, TOO_EASY_ABOVE = 0.6, 0.8
"""Shares of right answers."""
RECENT_QUESTIONS = 10
MIN_ANSWERS = 8
"""With fewer answers than this to the recent questions, their share of right ones says nothing."""


def wanted_difficulty(
    history: Sequence[PastQuestion], difficulty_of: Callable[[str], int | None]
) -> int | None:
    """A level from 1 to 3; None if the channel has answered too little.

    `history` is oldest first; `difficulty_of` tells the level of a fact's question by its id. It is
    one step from the level that recent questions had on average, or that level if it suits.
    """
    answered = [past for past in history if past.answer_count]
    recent = [
        (past, level)
        for past in answered[-RECENT_QUESTIONS:]
        if (level := difficulty_of(past.fact)) is not None
    ]
    count = sum(past.answer_count for past, _ in recent)
    if count < MIN_ANSWERS:
        return None
    share = sum(past.right_count for past, _ in recent) / count
    level = round(sum(level for _, level in recent) / len(recent))
    step = 1 if share > TOO_EASY_ABOVE else -1 if share < TOO_HARD_BELOW else 0
    return min(max(level + step, EASIEST), HARDEST)
