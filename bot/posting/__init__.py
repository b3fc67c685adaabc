"""Messages that no request waits for: what they say, and how they get to Slack exactly once."""

from __future__ import annotations

from bot.operations.metrics import Metrics
from bot.posting.post_once import PostOnce
from bot.posting.private import PrivateMessages
from bot.posting.quiz import QuizMessages
from bot.posting.sender import Sender
from bot.quiz.quizmaster import Quizmaster
from bot.slack.installations import Installations
from bot.slack.pace import Pace
from bot.store import Store
from bot.store.deliveries import COUNT, QUESTION, REVEAL
from bot.store.people import REMINDER
from bot.store.subscriptions import NOTICE


def build_sender(
    store: Store,
    quizmaster: Quizmaster,
    installations: Installations,
    command: str,
    timeout_seconds: float,
    metrics: Metrics,
    pace: Pace,
) -> Sender:
    """`timeout_seconds` is how long a call to Slack may take."""
    post_once = PostOnce(store.deliveries, store.now, timeout_seconds)
    quiz = QuizMessages(store, quizmaster, post_once, metrics)
    private = PrivateMessages(store, quizmaster, post_once, command)
    kinds = {
        QUESTION: quiz.send_question,
        COUNT: quiz.send_count,
        REVEAL: quiz.send_reveal,
        NOTICE: private.send_notice,
        REMINDER: private.send_reminder,
    }
    return Sender(store, installations, kinds, pace)


__all__ = ["Sender", "build_sender"]
