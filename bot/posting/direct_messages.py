"""Direct messages that a person gets without having asked something."""

from __future__ import annotations

from bot.posting.exactly_once import ExactlyOncePoster
from bot.quiz.quizmaster import Quizmaster
from bot.quiz.review import MAX_REVIEWS_PER_DAY
from bot.slack.installations import Installation
from bot.store import Store
from bot.store.deliveries import Delivery, DeliveryOutcome
from bot.views.practice import reminder
from bot.views.quiz_changes import changed_yours
from bot.views.quiz_settings import paused


class DirectMessagePoster:
    """Sends notices and reminders; each method returns the delivery's outcome."""

    def __init__(
        self, store: Store, quizmaster: Quizmaster, poster: ExactlyOncePoster, command: str
    ) -> None:
        self._store = store
        self._quizmaster = quizmaster
        self._poster = poster
        self._command = command

    def send_notice(self, delivery: Delivery, installation: Installation) -> DeliveryOutcome:
        """Tell the person who set up a quiz that it is paused."""
        _, channel, _ = delivery.subject.split(":")
        subscription = self._store.subscriptions.get(delivery.team, channel)
        if subscription is None or subscription.active or not subscription.paused_for:
            return DeliveryOutcome.NOTHING_TO_SAY
        message = paused(subscription, self._command).payload()
        self._poster.post_once(delivery, installation, message)
        return DeliveryOutcome.POSTED

    def send_owner_notice(self, delivery: Delivery, installation: Installation) -> DeliveryOutcome:
        """Tell the person who set up a quiz who changed or ended it."""
        _, channel, by, _ = delivery.subject.split(":")
        subscription = self._store.subscriptions.get(delivery.team, channel)
        if subscription is None or subscription.paused_for:
            return DeliveryOutcome.NOTHING_TO_SAY
        message = changed_yours(subscription, by).payload()
        self._poster.post_once(delivery, installation, message)
        return DeliveryOutcome.POSTED

    def send_reminder(self, delivery: Delivery, installation: Installation) -> DeliveryOutcome:
        """Tell a person how many facts are due for review, if there are still any."""
        _, user, _ = delivery.subject.split(":")
        person = self._store.people.get(delivery.team, user)
        cards = self._store.people.due_cards(delivery.team, user)
        quizmaster = self._quizmaster.in_team(delivery.team)
        due = quizmaster.facts_to_review(cards)[:MAX_REVIEWS_PER_DAY]
        if not person.reminded or not due:
            return DeliveryOutcome.NOTHING_TO_SAY
        posted = self._poster.post_once(delivery, installation, reminder(len(due)).payload())
        self._store.people.change_if_known(delivery.team, user, direct=posted.channel)
        return DeliveryOutcome.POSTED
