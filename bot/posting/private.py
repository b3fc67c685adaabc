"""The messages that one person gets unasked."""

from __future__ import annotations

from bot.posting.post_once import PostOnce
from bot.quiz.quizmaster import Quizmaster
from bot.quiz.review import MAX_REVIEWS_PER_DAY
from bot.slack.installations import Installation
from bot.store import Store
from bot.store.deliveries import Delivery, DeliveryOutcome
from bot.views.practice import reminder
from bot.views.quiz_settings import paused


class PrivateMessages:
    def __init__(
        self, store: Store, quizmaster: Quizmaster, post_once: PostOnce, command: str
    ) -> None:
        self._store = store
        self._quizmaster = quizmaster
        self._post_once = post_once
        self._command = command

    def send_notice(self, delivery: Delivery, by: Installation) -> str:
        """Tell the person who set a quiz up, once, that it is paused."""
        _, channel, _ = delivery.subject.split(":")
        subscription = self._store.subscriptions.get(delivery.team, channel)
        if subscription is None or subscription.active or not subscription.paused_for:
            return DeliveryOutcome.NOTHING_TO_SAY
        if self._post_once.look(delivery, by) is None:
            self._post_once.post(delivery, by, paused(subscription, self._command).payload())
        return DeliveryOutcome.POSTED

    def send_reminder(self, delivery: Delivery, by: Installation) -> str:
        """Tell a person how many facts are due for review, if there still are any."""
        _, user, _ = delivery.subject.split(":")
        person = self._store.people.get(delivery.team, user)
        cards = self._store.people.due_cards(delivery.team, user)
        due = self._quizmaster.facts_to_review(cards)[:MAX_REVIEWS_PER_DAY]
        if not person.reminded or not due:
            return DeliveryOutcome.NOTHING_TO_SAY
        posted = self._post_once.look(delivery, by)
        if posted is None:
            posted = self._post_once.post(delivery, by, reminder(len(due)).payload())
        self._store.people.change_known(delivery.team, user, direct=posted.channel)
        return DeliveryOutcome.POSTED
