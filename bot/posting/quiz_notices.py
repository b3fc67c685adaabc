"""Messages to a channel about its quiz that are no questions."""

from __future__ import annotations

from bot.posting.exactly_once import ExactlyOncePoster
from bot.quiz.quizmaster import Quizmaster
from bot.slack.installations import Installation
from bot.store import Store
from bot.store.deliveries import Delivery, DeliveryOutcome
from bot.views.quiz_changes import changed


class QuizNotices:
    """Posts notices; each method returns the delivery's outcome."""

    def __init__(
        self, store: Store, quizmaster: Quizmaster, poster: ExactlyOncePoster, command: str
    ) -> None:
        self._store = store
        self._quizmaster = quizmaster
        self._poster = poster
        self._command = command

    def send_change(self, delivery: Delivery, installation: Installation) -> str:
        """Tell a channel who changed or ended its quiz, and what it is like now."""
        _, _, by, _ = delivery.subject.split(":")
        subscription = self._store.subscriptions.get(delivery.team, delivery.channel)
        if subscription is None or subscription.paused_for:
            return DeliveryOutcome.NOTHING_TO_SAY
        if self._poster.find(delivery, installation) is None:
            names = [self._quizmaster.service_name(slug) for slug in subscription.services]
            message = changed(subscription, by, names, self._command)
            self._poster.post(delivery, installation, message.payload())
        return DeliveryOutcome.POSTED
