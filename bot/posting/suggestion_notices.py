"""Suggestions on their way to curators, and their ends on the way to their authors."""

from __future__ import annotations

from bot.curating.suggesting import SuggestedFacts
from bot.posting.exactly_once import ExactlyOncePoster
from bot.slack.installations import Installation
from bot.store.deliveries import Delivery, DeliveryOutcome
from bot.store.suggestions import SuggestionState
from bot.views import suggestion as view


class SuggestionNotices:
    """Posts them; each method returns the delivery's outcome."""

    def __init__(self, suggested: SuggestedFacts, poster: ExactlyOncePoster) -> None:
        self._suggested = suggested
        self._poster = poster

    def send_suggestion(self, delivery: Delivery, installation: Installation) -> DeliveryOutcome:
        """Show the curators what they can decide about; if it is decided, how."""
        _, suggestion, _ = delivery.subject.split(":")
        message = self._suggested.message(delivery.team, int(suggestion))
        if message is None:
            return DeliveryOutcome.NOTHING_TO_SAY
        self._poster.post_once(delivery, installation, message.payload())
        return DeliveryOutcome.POSTED

    def send_end(self, delivery: Delivery, installation: Installation) -> DeliveryOutcome:
        """Tell the author how it ended."""
        _, _, suggestion = delivery.subject.split(":")
        found = self._suggested.get(delivery.team, int(suggestion))
        if found is None or found[0].state is SuggestionState.OPEN:
            return DeliveryOutcome.NOTHING_TO_SAY
        stored, fact = found
        message = (
            view.approved_for_author(fact)
            if stored.state is SuggestionState.APPROVED
            else view.rejected_for_author(fact, stored.reason)
        )
        self._poster.post_once(delivery, installation, message.payload())
        return DeliveryOutcome.POSTED
