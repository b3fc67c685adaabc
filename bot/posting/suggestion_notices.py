"""Suggestions on their way to curators, and decisions on their way to authors."""

from __future__ import annotations

from bot.curating.suggesting import SuggestedFacts
from bot.posting.curator_edits import CuratorEdits
from bot.posting.exactly_once import ExactlyOncePoster
from bot.slack.installations import Installation
from bot.store import Store
from bot.store.curator_messages import CuratorItem, CuratorMessage, read_subject
from bot.store.deliveries import Delivery, DeliveryOutcome
from bot.store.suggestions import SuggestionState
from bot.views import suggestion as view


class SuggestionNotices:
    """Posts them; each method returns the delivery's outcome."""

    def __init__(self, store: Store, suggested: SuggestedFacts, poster: ExactlyOncePoster) -> None:
        self._messages = store.curator_messages
        self._edits = CuratorEdits(store, poster)
        self._suggested = suggested
        self._poster = poster

    def send_suggestion(self, delivery: Delivery, installation: Installation) -> DeliveryOutcome:
        """Show the curators what they can decide about; if it is decided, how."""
        number, recipient = read_subject(delivery, CuratorItem.SUGGESTION)
        message = self._suggested.message(delivery.team, number)
        if message is None:
            return DeliveryOutcome.NOTHING_TO_SAY
        posted = self._poster.post_once(delivery, installation, message.payload())
        about = CuratorItem.SUGGESTION, number, recipient
        self._messages.record(delivery.team, *about, CuratorMessage(posted.channel, posted.ts))
        return DeliveryOutcome.POSTED

    def send_update(self, delivery: Delivery, installation: Installation) -> DeliveryOutcome:
        """Show how a suggestion was decided."""
        read, item = self._suggested.message, CuratorItem.SUGGESTION
        return self._edits.edit(delivery, installation, item, read, lambda message: message)

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
