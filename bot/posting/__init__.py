"""Messages that no request waits for: what they say, and how each reaches Slack exactly once."""

from __future__ import annotations

from bot.answers.answering import Answering
from bot.curating.digest import Digests
from bot.curating.review_messages import ReviewMessages
from bot.curating.suggesting import SuggestedFacts
from bot.operations.metrics import Metrics
from bot.posting.answered_questions import AnsweredQuestionPoster
from bot.posting.case_poster import CasePoster
from bot.posting.curator_messages import CuratorMessagePoster
from bot.posting.direct_messages import DirectMessagePoster
from bot.posting.exactly_once import ExactlyOncePoster
from bot.posting.quiz_notices import QuizNotices
from bot.posting.quiz_poster import QuizPoster
from bot.posting.sender import Sender, SendKind
from bot.posting.suggestion_notices import SuggestionNotices
from bot.quiz.quizmaster import Quizmaster
from bot.slack.installations import Installations
from bot.slack.rate_limits import RateLimiter
from bot.store import Store
from bot.store.deliveries import DeliveryKind


def build_sender(
    store: Store,
    quizmaster: Quizmaster,
    answering: Answering,
    suggested: SuggestedFacts,
    reviews: ReviewMessages,
    digests: Digests,
    installations: Installations,
    command: str,
    timeout_seconds: float,
    metrics: Metrics,
    rate_limiter: RateLimiter,
) -> Sender:
    """Wire up a Sender; a call to Slack may take `timeout_seconds`."""
    poster = ExactlyOncePoster(store.deliveries, store.now, timeout_seconds)
    quiz = QuizPoster(store, quizmaster, poster, metrics)
    notices = QuizNotices(store, quizmaster, poster, command)
    answers = AnsweredQuestionPoster(store, answering, poster)
    cases = CasePoster(store, quizmaster, poster, command)
    suggestions = SuggestionNotices(store, suggested, poster)
    to_curators = CuratorMessagePoster(reviews, digests, poster)
    direct = DirectMessagePoster(store, quizmaster, poster, command)
    send_by_kind: dict[str, SendKind] = {
        DeliveryKind.QUESTION: quiz.send_question,
        DeliveryKind.COUNT: quiz.send_count,
        DeliveryKind.REVEAL: quiz.send_reveal,
        DeliveryKind.RESULT: quiz.send_result,
        DeliveryKind.CHANGE_NOTICE: notices.send_change,
        DeliveryKind.STANDINGS: notices.send_standings,
        DeliveryKind.PAUSE_NOTICE: direct.send_notice,
        DeliveryKind.OWNER_NOTICE: direct.send_owner_notice,
        DeliveryKind.REMINDER: direct.send_reminder,
        DeliveryKind.SUGGESTION: suggestions.send_suggestion,
        DeliveryKind.SUGGESTION_UPDATE: suggestions.send_update,
        DeliveryKind.SUGGESTION_END: suggestions.send_end,
        DeliveryKind.ANSWERED: answers.send_answer,
        DeliveryKind.REVIEW: to_curators.send_review,
        DeliveryKind.DIGEST: to_curators.send_digest,
        DeliveryKind.CASE: cases.send_case,
        DeliveryKind.CASE_UPDATE: cases.send_update,
        DeliveryKind.CASE_REMINDER: cases.send_reminder,
        DeliveryKind.CASE_RESULT: cases.send_result,
    }
    return Sender(store, installations, send_by_kind, rate_limiter)


__all__ = ["Sender", "build_sender"]
