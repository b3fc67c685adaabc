"""Messages about reported facts: to curators, and to the people who reported them."""

from __future__ import annotations

from dataclasses import replace

from bot.dates import day_of
from bot.posting.curator_edits import CuratorEdits
from bot.posting.exactly_once import ExactlyOncePoster
from bot.quiz.quizmaster import Quizmaster
from bot.slack.installations import Installation
from bot.store import Store
from bot.store.curator_messages import CuratorItem, CuratorMessage, read_subject
from bot.store.deliveries import Delivery, DeliveryOutcome
from bot.team.cases import Case
from bot.views import case as view
from bot.views.message import Message
from knowledge import Fact


class CasePoster:
    """Posts and edits cases; each method returns the delivery's outcome."""

    def __init__(
        self, store: Store, quizmaster: Quizmaster, poster: ExactlyOncePoster, command: str
    ) -> None:
        self._store = store
        self._quizmaster = quizmaster
        self._poster = poster
        self._edits = CuratorEdits(store, poster)
        self._command = command

    def send_case(self, delivery: Delivery, installation: Installation) -> DeliveryOutcome:
        """Post a case and store where it is, unless it was decided before anybody saw it."""
        number, recipient = read_subject(delivery, CuratorItem.CASE)
        case = self._store.cases.get(delivery.team, number)
        if case is None:
            return DeliveryOutcome.CLOSED
        posted = self._poster.find(delivery, installation)
        if posted is None:
            if not case.is_open:
                return DeliveryOutcome.NOTHING_TO_SAY
            posted = self._poster.post(delivery, installation, self._message(case).payload())
        message = CuratorMessage(posted.channel, posted.ts)
        about = CuratorItem.CASE, number, recipient
        self._store.curator_messages.record(delivery.team, *about, message)
        return DeliveryOutcome.POSTED

    def send_update(self, delivery: Delivery, installation: Installation) -> DeliveryOutcome:
        """Show what has changed about a case."""
        return self._edits.edit(
            delivery, installation, CuratorItem.CASE, self._store.cases.get, self._message
        )

    def send_reminder(self, delivery: Delivery, installation: Installation) -> DeliveryOutcome:
        """Remind curators of a case that is still open, in the thread below it and above."""
        number, recipient = read_subject(delivery, CuratorItem.CASE)
        case = self._store.cases.get(delivery.team, number)
        if case is None or not case.is_open:
            return DeliveryOutcome.NOTHING_TO_SAY
        message = self._store.curator_messages.find(CuratorItem.CASE, number, recipient)
        text = view.reminder(case, self._command, in_thread=message is not None).payload()
        if message is None:
            self._poster.post_once(delivery, installation, text)
            return DeliveryOutcome.POSTED
        there = replace(delivery, channel=message.channel)
        if self._poster.find(there, installation, thread=message.ts) is None:
            in_thread = {"thread_ts": message.ts, "reply_broadcast": True}
            self._poster.post(there, installation, text | in_thread)
        return DeliveryOutcome.POSTED

    def send_result(self, delivery: Delivery, installation: Installation) -> DeliveryOutcome:
        """Tell a person who reported a mistake how that ended."""
        number, _ = read_subject(delivery, CuratorItem.CASE)
        case = self._store.cases.get(delivery.team, number)
        if case is None or case.is_open:
            return DeliveryOutcome.NOTHING_TO_SAY
        message = view.result(case, self._fact(case)).payload()
        self._poster.post_once(delivery, installation, message)
        return DeliveryOutcome.POSTED

    def _message(self, case: Case) -> Message:
        fact = self._fact(case)
        service = self._quizmaster.service_name(fact.service) if fact else ""
        return view.case_message(case, fact, service, day_of(self._store.now()))

    def _fact(self, case: Case) -> Fact | None:
        return self._quizmaster.in_team(case.team).knowledge.facts.get(case.fact)
