"""Tell people the answer to a question that I couldn't answer when they asked."""

from __future__ import annotations

from bot.answers.answering import Answering
from bot.posting.exactly_once import ExactlyOncePoster, NotYetError
from bot.slack.conversation_ids import is_direct
from bot.slack.errors import NETWORK, Trouble, trouble
from bot.slack.installations import Installation
from bot.store import Store
from bot.store.deliveries import Delivery, DeliveryOutcome
from bot.views.answered import answered
from bot.views.value import Value

MAX_LAG_SECONDS = 60.0
"""How much later this process may learn of a new fact than the process that found it."""
LAG_WAIT_SECONDS = 1.0
_REFUSED = (Trouble.CHANNEL_GONE, Trouble.CONFIGURATION)


class AnsweredQuestionPoster:
    """Posts where the question was asked; the method returns the delivery's outcome."""

    def __init__(self, store: Store, answering: Answering, poster: ExactlyOncePoster) -> None:
        self._store = store
        self._answering = answering
        self._poster = poster

    def send_answer(self, delivery: Delivery, installation: Installation) -> DeliveryOutcome:
        """Post the answer, in the thread if there was one; then nobody waits for it anymore.

        If Slack refuses it there, it goes to the person directly.
        """
        _, user, number, _ = delivery.subject.split(":")
        gap = self._store.gaps.get(delivery.team, int(number))
        watcher = self._store.gaps.watcher(delivery.team, int(number), user)
        if gap is None or watcher is None:
            return DeliveryOutcome.NOTHING_TO_SAY
        if self._poster.find(delivery, installation, thread=watcher.thread) is None:
            value = Value("", user, gap.question)
            is_private = is_direct(delivery.channel)
            shown = self._answering.in_team(delivery.team).answered(value, brief=not is_private)
            if shown is None:
                if self._store.now() < delivery.due_at + MAX_LAG_SECONDS:
                    raise NotYetError(self._store.now() + LAG_WAIT_SECONDS)
                self._store.gaps.reopen(gap)
                return DeliveryOutcome.NOTHING_TO_SAY
            message = answered(shown, value).payload()
            in_thread = {"thread_ts": watcher.thread} if watcher.thread else {}
            try:
                self._poster.post(delivery, installation, message | in_thread)
            except NETWORK as error:
                if trouble(error) in _REFUSED and not is_private:
                    self._store.gaps.answer_in_private(watcher)
                raise
        self._store.gaps.stop_watching(delivery.team, gap.id, user)
        return DeliveryOutcome.POSTED
