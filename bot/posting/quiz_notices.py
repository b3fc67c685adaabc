"""Messages to a channel about its quiz, other than questions."""

from __future__ import annotations

from datetime import date, timedelta

from bot.posting.exactly_once import ExactlyOncePoster, NotYetError
from bot.quiz.quizmaster import Quizmaster
from bot.quiz.standings import rank
from bot.quiz.themes import THEMES, theme_of
from bot.slack.installations import Installation
from bot.store import Store
from bot.store.deliveries import Delivery, DeliveryOutcome
from bot.store.postings import Posting
from bot.views.message import Message
from bot.views.quiz_changes import changed
from bot.views.standings import week_standings

WAIT_SECONDS = 10.0
"""How long until we check again whether the week's last answer is out."""


class QuizNotices:
    """Posts notices; each method returns the delivery's outcome."""

    def __init__(
        self, store: Store, quizmaster: Quizmaster, poster: ExactlyOncePoster, command: str
    ) -> None:
        self._store = store
        self._quizmaster = quizmaster
        self._poster = poster
        self._command = command

    def send_change(self, delivery: Delivery, installation: Installation) -> DeliveryOutcome:
        """Tell a channel who changed or ended its quiz, and what it is like now."""
        _, _, by, _ = delivery.subject.split(":")
        subscription = self._store.subscriptions.get(delivery.team, delivery.channel)
        if subscription is None or subscription.paused_for:
            return DeliveryOutcome.NOTHING_TO_SAY
        names = [self._quizmaster.service_name(slug) for slug in subscription.services]
        message = changed(subscription, by, names, self._command)
        self._poster.post_once(delivery, installation, message.payload())
        return DeliveryOutcome.POSTED

    def send_standings(self, delivery: Delivery, installation: Installation) -> DeliveryOutcome:
        """Post the week's standings once its last answer is out, but not in the following week.

        A week without answers has none.
        """
        posting = self._store.postings.get(int(delivery.subject))
        subscription = self._store.subscriptions.get(delivery.team, delivery.channel)
        if posting is None or subscription is None:
            return DeliveryOutcome.NOTHING_TO_SAY
        if not subscription.active or not subscription.standings:
            return DeliveryOutcome.NOTHING_TO_SAY
        now = self._store.now()
        if subscription.schedule.day_of(now) > _monday(posting) + timedelta(6):
            return DeliveryOutcome.TOO_LATE
        if posting.closed_at is None and posting.reveal_at <= now:
            raise NotYetError(now + WAIT_SECONDS)
        if self._poster.find(delivery, installation) is None:
            message = self._standings(posting)
            if message is None:
                return DeliveryOutcome.NOTHING_TO_SAY
            self._poster.post(delivery, installation, message.payload())
        return DeliveryOutcome.POSTED

    def _standings(self, last: Posting) -> Message | None:
        """The standings of the week that ends with this question; None if nobody answered."""
        postings, where = self._store.postings, (last.team, last.channel)
        monday = _monday(last)
        hidden = self._store.people.unranked(last.team)
        table = rank(postings.rounds(*where, monday), hidden)
        if not table:
            return None
        streaks = postings.streaks(*where, hidden)
        missed = postings.most_missed(*where, monday)
        theme = THEMES[theme_of(monday + timedelta(7))]
        return week_standings(table, streaks, missed, theme, self._command)


def _monday(posting: Posting) -> date:
    """The first day of a question's week."""
    return posting.day - timedelta(posting.day.weekday())
