"""The kinds of messages that the clock sends, each built from the database when it is due."""

from __future__ import annotations

from collections.abc import Mapping

from bot.metrics import Metrics
from bot.posting.carrier import PostponedError, Send
from bot.quiz.asking import Quizmaster
from bot.quiz.review import A_DAY, review
from bot.quiz.schedule import SHORTEST
from bot.quiz.standings import Tally, tally
from bot.slack.courier import Courier, Sent
from bot.slack.errors import NETWORK, reason
from bot.slack.installations import Installation
from bot.store import Store
from bot.store.deliveries import Delivery
from bot.store.people import REMINDER
from bot.store.postings import COUNT, QUESTION, REVEAL, Posting
from bot.store.subscriptions import NOTICE
from bot.views.message import Message
from bot.views.practice import reminder
from bot.views.quiz import question, reveal
from bot.views.quiz_settings import paused

BUSY = 2.0
"""Seconds to wait for another process that is about to change the same message."""
_CANNOT_EDIT = ("edit_window_closed", "cant_update_message")


class Kinds:
    def __init__(
        self,
        store: Store,
        quizmaster: Quizmaster,
        courier: Courier,
        command: str,
        metrics: Metrics,
    ) -> None:
        self._store = store
        self._metrics = metrics
        self._quizmaster = quizmaster
        self._courier = courier
        self._command = command
        self._now = store.now

    def table(self) -> Mapping[str, Send]:
        return {
            QUESTION: self.question,
            COUNT: self.count,
            REVEAL: self.reveal,
            NOTICE: self.notice,
            REMINDER: self.reminder,
        }

    def question(self, delivery: Delivery, by: Installation) -> str:
        """Post the day's question, unless it is too late to answer it."""
        posting = self._posting(delivery)
        if posting is None or posting.posted_at is not None:
            return "known"
        late = self._now() > max(posting.reveal_at, posting.due_at + SHORTEST) - SHORTEST
        if late and delivery.called_at is None:
            self._close(posting)
            return "too late"
        at_once = delivery.due_at >= posting.due_at
        sent = self._post(delivery, by, self.asked(posting), posting.due_at, at_once)
        self._store.postings.mark_posted(posting.id, sent.at, sent.ts)
        self._metrics.posted(sent.at - posting.due_at)
        return "posted" if sent.ts else "scheduled"

    def count(self, delivery: Delivery, by: Installation) -> str:
        """Show how many have answered so far."""
        posting = self._posting(delivery)
        if posting is None or posting.closed_at is not None or posting.ts is None:
            return "closed"
        answered = len(self._store.postings.answers(posting.id))
        message = self.asked(posting, answered)
        by.client.chat_update(channel=posting.channel, ts=posting.ts, **message.payload())
        return f"{answered} answered"

    def reveal(self, delivery: Delivery, by: Installation) -> str:
        """Close the question and show the answer in its place, or below it if it cannot change."""
        posting = self._posting(delivery)
        if posting is None:
            return "gone"
        if self._store.deliveries.is_held(COUNT, delivery.subject):
            raise PostponedError(self._now() + BUSY)
        self._close(posting)
        if posting.posted_at is None:
            return "never asked"
        message = self.revealed(posting)
        if posting.ts is not None:
            try:
                by.client.chat_update(channel=posting.channel, ts=posting.ts, **message.payload())
                return "revealed"
            except NETWORK as error:
                if reason(error) not in _CANNOT_EDIT:
                    raise
        self._post(delivery, by, message, self._now())
        return "posted"

    def notice(self, delivery: Delivery, by: Installation) -> str:
        """Tell the person who set a quiz up, once, that it is paused."""
        _, channel, _ = delivery.subject.split(":")
        subscription = self._store.subscriptions.get(delivery.team, channel)
        if subscription is None or subscription.active or not subscription.paused_for:
            return "resumed"
        self._post(delivery, by, paused(subscription, self._command), self._now())
        return "told"

    def reminder(self, delivery: Delivery, by: Installation) -> str:
        """Tell a person how many facts are due for review, if there still are any."""
        _, user, _ = delivery.subject.split(":")
        person = self._store.people.get(delivery.team, user)
        due = self._store.people.due_cards(delivery.team, user, A_DAY)
        if not person.reminded or not due:
            return "nothing due"
        sent = self._post(delivery, by, reminder(len(due)), self._now())
        self._store.people.change_known(delivery.team, user, direct=sent.channel)
        return "reminded"

    def asked(self, posting: Posting, answered: int = 0) -> Message:
        """The message of an open question."""
        tz = self._store.subscriptions.time_zone(posting.team, posting.channel)
        service = self._quizmaster.service_name(posting.posed.service)
        return question(posting.id, posting.posed, service, posting.reveal_at, tz, answered)

    def revealed(self, posting: Posting) -> Message:
        """The message of a closed question; who wants no rank is not named."""
        posed = posting.posed
        hidden = self._store.people.unranked(posting.team)
        answers = self._store.postings.answers(posting.id)
        counts = tally(answers, posed.right, len(posed.options)).counts
        named = [answer for answer in answers if answer.user not in hidden]
        first = tally(named, posed.right, len(posed.options)).first
        streaks = self._store.postings.streaks(posting.team, posting.channel)
        lengths = {user: n for user, n in streaks.items() if user not in hidden}
        fact = self._quizmaster.knowledge.facts.get(posed.fact)
        service = self._quizmaster.service_name(posed.service)
        return reveal(posed, fact, service, Tally(counts, first), lengths)

    def _posting(self, delivery: Delivery) -> Posting | None:
        return self._store.postings.get(int(delivery.subject))

    def _close(self, posting: Posting) -> None:
        card, due_at = review(None, False, 0.0, self._now())
        self._store.postings.close(posting.id, card, due_at)

    def _post(
        self,
        delivery: Delivery,
        by: Installation,
        message: Message,
        see_at: float,
        at_once: bool = False,
    ) -> Sent:
        sent = self._courier.post(delivery, by, message.payload(), see_at, at_once)
        if sent is None:
            raise PostponedError(see_at)
        return sent
