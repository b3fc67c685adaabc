"""What curators get without having asked: facts to check, and the weekly digest."""

from __future__ import annotations

from bot.curating.digest import Digests
from bot.curating.review_messages import ReviewMessages
from bot.posting.exactly_once import ExactlyOncePoster
from bot.slack.installations import Installation
from bot.store.deliveries import Delivery, DeliveryOutcome


class CuratorMessagePoster:
    """Posts them; each method returns the delivery's outcome."""

    def __init__(
        self, reviews: ReviewMessages, digests: Digests, poster: ExactlyOncePoster
    ) -> None:
        self._reviews = reviews
        self._digests = digests
        self._poster = poster

    def send_review(self, delivery: Delivery, installation: Installation) -> DeliveryOutcome:
        """Ask a curator about the facts that were chosen for that day."""
        _, curator, day = delivery.subject.split(":")
        message = self._reviews.of_day(delivery.team, curator, day)
        if message is None:
            return DeliveryOutcome.NOTHING_TO_SAY
        self._poster.post_once(delivery, installation, message.payload())
        return DeliveryOutcome.POSTED

    def send_digest(self, delivery: Delivery, installation: Installation) -> DeliveryOutcome:
        """Sum the week up, unless there is nothing to do."""
        message = self._digests.message(delivery.team)
        if message is None:
            return DeliveryOutcome.NOTHING_TO_SAY
        self._poster.post_once(delivery, installation, message.payload())
        return DeliveryOutcome.POSTED
