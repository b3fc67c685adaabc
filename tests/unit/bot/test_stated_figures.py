"""Sentences and documents state the figures that the code uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import messages
from bot.listeners.quiz_setup import MIN_BUSY_CHANNEL_MEMBERS
from bot.quiz.reminding import REMINDER_TIME
from bot.quiz.schedule import MIN_OPEN_SECONDS
from bot.quiz.unreadable import TOO_EARLY
from bot.store.cases import REMIND_AFTER_SECONDS
from bot.store.pruning import (
    CONVERSATION_RETENTION_SECONDS,
    DAY_SECONDS,
    EXERCISE_RETENTION_SECONDS,
    GAP_RETENTION_SECONDS,
    LOOKUP_RETENTION_SECONDS,
    REQUEST_RETENTION_SECONDS,
    TASK_RETENTION_SECONDS,
)
from bot.views import case, gaps

DOCS = Path(__file__).parents[3] / "docs"
WORDS = {7: "seven", 10: "ten"}


def days(seconds: float) -> str:
    return f"{seconds / DAY_SECONDS:g} days"


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        (messages.REMINDING, f"{REMINDER_TIME:%H:%M}"),
        (gaps.HINT, days(GAP_RETENTION_SECONDS)),
        (case.WAITED, f"{WORDS[int(REMIND_AFTER_SECONDS / DAY_SECONDS)]} days"),
        (TOO_EARLY, f"{WORDS[MIN_OPEN_SECONDS // 60]} minutes"),
    ],
)
def test_sentences_state_the_figures_in_use(sentence: str, figure: str) -> None:
    assert figure in sentence


@pytest.mark.parametrize(
    ("document", "about", "figure"),
    [
        ("security", "no certain answer", days(GAP_RETENTION_SECONDS)),
        ("security", "who wants to be told", days(REQUEST_RETENTION_SECONDS)),
        ("security", "overdue facts", days(TASK_RETENTION_SECONDS)),
        (
            "security",
            "private practice questions",
            f"{EXERCISE_RETENTION_SECONDS / DAY_SECONDS:g} and {days(LOOKUP_RETENTION_SECONDS)}",
        ),
        (
            "security",
            "follow-ups",
            f"{WORDS[int(CONVERSATION_RETENTION_SECONDS / 60)]} minutes",
        ),
        ("quiz", "members or more", f"{MIN_BUSY_CHANNEL_MEMBERS} members"),
        ("quiz", "stays open", f"{WORDS[MIN_OPEN_SECONDS // 60]} minutes"),
    ],
)
def test_documents_state_the_figures_in_use(document: str, about: str, figure: str) -> None:
    lines = (DOCS / f"{document}.md").read_text(encoding="utf-8").splitlines()
    assert any(figure in line for line in lines if about in line)
