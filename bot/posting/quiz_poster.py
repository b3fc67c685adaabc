"""The messages of a channel's quiz, built from the database when they are due."""

from __future__ import annotations

import logging

from bot.dates import day_of
from bot.operations.metrics import Metrics
from bot.posting.exactly_once import ExactlyOncePoster, NotYetError
from bot.quiz import texts
from bot.quiz.quizmaster import Quizmaster
from bot.quiz.review import schedule_review
from bot.quiz.schedule import MIN_OPEN_SECONDS
from bot.quiz.standings import Tally, tally
from bot.slack.errors import NETWORK, readable, reason
from bot.slack.installations import Installation
from bot.slack.unknown_outcome import REPEAT_AFTER_SECONDS, may_repeat
from bot.store import Store
from bot.store.deliveries import Delivery, DeliveryKind, DeliveryOutcome
from bot.store.postings import Posting
from bot.views.card import sentence
from bot.views.message import Message
from bot.views.quiz import Deadline, question, voided
from bot.views.reveal import reveal, thread_reply

log = logging.getLogger(__name__)

BUSY_WAIT_SECONDS = 2.0
"""How long to wait while another process is editing the same message."""
_CANNOT_EDIT = ("edit_window_closed", "cant_update_message")


class QuizPoster:
    """Posts questions, counts and reveals; each method returns the delivery's outcome."""

    def __init__(
        self, store: Store, quizmaster: Quizmaster, poster: ExactlyOncePoster, metrics: Metrics
    ) -> None:
        self._store = store
        self._quizmaster = quizmaster
        self._poster = poster
        self._metrics = metrics
        self._now = store.now

    def send_question(self, delivery: Delivery, installation: Installation) -> DeliveryOutcome:
        """Post the day's question and store its `ts`, unless it is too late to answer it."""
        posting = self._posting(delivery)
        if posting is None:
            return DeliveryOutcome.CLOSED
        if posting.ts is not None:  # we know from a press
            return DeliveryOutcome.POSTED
        posted = self._poster.find(delivery, installation)
        if posted is None:
            if self._now() > max(posting.reveal_at - MIN_OPEN_SECONDS, posting.due_at):
                self._close(posting)
                return DeliveryOutcome.TOO_LATE
            if posting.voided:
                posting = self._with_other_question(posting)
            message = self._open_message(posting)
            posted = self._poster.post(delivery, installation, message.payload())
        self._store.postings.record_ts(posting.id, posted.ts)
        self._metrics.posted(self._now() - posting.due_at)
        return DeliveryOutcome.POSTED

    def send_count(self, delivery: Delivery, installation: Installation) -> DeliveryOutcome:
        """Show how many people have answered so far.

        While Slack may still carry out an earlier edit, we don't send another one, and `called_at`
        stays set, so that `send_reveal` knows.
        """
        called_at = delivery.called_at
        if called_at is not None and not may_repeat(called_at, self._now()):
            raise NotYetError(called_at + REPEAT_AFTER_SECONDS)
        posting = self._posting(delivery)
        if posting is None or posting.closed_at is not None or posting.ts is None:
            return DeliveryOutcome.CLOSED
        answered = len(self._store.answers.in_time(posting.id))
        message = self._open_message(posting, answered)
        self._poster.edit(delivery, installation, posting.ts, message.payload())
        latest = self._posting(delivery)
        if latest and latest.voided != posting.voided:  # somebody reported the fact meanwhile
            message = self._open_message(latest)
            self._poster.edit(delivery, installation, posting.ts, message.payload())
        return DeliveryOutcome.EDITED

    def send_reveal(self, delivery: Delivery, installation: Installation) -> DeliveryOutcome:
        """Close the question and edit in the answer, or post it if the message can't be edited.

        If Slack may still carry out an edit that shows the question as open, the answer is shown
        again once that can't happen anymore.
        """
        posting = self._posting(delivery)
        if posting is None:
            return DeliveryOutcome.CLOSED
        self._close(posting)
        if posting.ts is None:
            about = {"team": posting.team, "day": str(posting.day)}
            log.error("a question was lost: nobody is known to have seen it", extra=about)
            return DeliveryOutcome.NEVER_ASKED
        if self._store.deliveries.is_held(DeliveryKind.COUNT, delivery.subject):
            raise NotYetError(self._now() + BUSY_WAIT_SECONDS)
        counted_at = self._store.deliveries.unconfirmed_since(DeliveryKind.COUNT, delivery.subject)
        message = self._closed_message(posting)
        try:
            with readable():
                installation.client.chat_update(
                    channel=posting.channel, ts=posting.ts, **message.payload()
                )
        except NETWORK as error:
            if reason(error) not in _CANNOT_EDIT:
                raise
            self._poster.post_once(delivery, installation, message.payload())
            return DeliveryOutcome.POSTED
        self._plan_result(posting)
        if counted_at is not None and not may_repeat(counted_at, self._now()):
            raise NotYetError(counted_at + REPEAT_AFTER_SECONDS)
        return DeliveryOutcome.REVEALED

    def send_result(self, delivery: Delivery, installation: Installation) -> DeliveryOutcome:
        """Say in the question's thread that its answer is out, if anybody answered it."""
        posting = self._posting(delivery)
        if posting is None or posting.ts is None:
            return DeliveryOutcome.CLOSED
        if self._poster.find(delivery, installation, thread=posting.ts) is None:
            tally = self._tally(posting)
            if not tally.answer_count:
                return DeliveryOutcome.NOTHING_TO_SAY
            message = (
                sentence(texts.VOIDED)
                if posting.voided
                else thread_reply(posting.id, posting.question, tally)
            ).payload()
            in_thread = message | {"thread_ts": posting.ts} | self._broadcast(posting)
            self._poster.post(delivery, installation, in_thread)
        return DeliveryOutcome.POSTED

    def _broadcast(self, posting: Posting) -> dict[str, bool]:
        """Whether a reply also shows in the channel, as its quiz's settings say.

        https://docs.slack.dev/reference/methods/chat.postMessage#arg_reply_broadcast
        """
        quiz = self._store.subscriptions.get(posting.team, posting.channel)
        return {"reply_broadcast": True} if quiz and quiz.broadcast else {}

    def _plan_result(self, posting: Posting) -> None:
        """Plan the reply in the thread, once however often the answer is shown."""
        self._store.deliveries.add(
            DeliveryKind.RESULT, str(posting.id), posting.team, posting.channel, self._now()
        )

    def _open_message(self, posting: Posting, answered: int = 0) -> Message:
        """The message of an open question."""
        if posting.voided:
            return self._voided_message(posting)
        tz = self._store.subscriptions.time_zone(posting.team, posting.channel)
        asked = posting.question
        service = self._quizmaster.service_name(asked.service)
        difficulty = self._quizmaster.in_team(posting.team).difficulty(asked)
        deadline = Deadline(posting.reveal_at, tz, posting.day)
        return question(posting.id, asked, service, deadline, answered, difficulty)

    def _closed_message(self, posting: Posting) -> Message:
        """The message of a closed question; people who left the leaderboard aren't named."""
        if posting.voided:
            return self._voided_message(posting)
        asked = posting.question
        hidden = self._store.people.unranked(posting.team)
        everyone = self._tally(posting)
        named = tuple(user for user in everyone.right_users if user not in hidden)
        streaks = self._store.postings.streaks(posting.team, posting.channel, hidden)
        known = self._quizmaster.in_team(posting.team).known
        fact = known.find(asked.fact)
        service = self._quizmaster.service_name(asked.service)
        today = day_of(self._now())
        shown = Tally(everyone.counts, named)
        marks = known.marks(fact)
        return reveal(posting.id, asked, fact, service, shown, streaks, today, marks)

    def _voided_message(self, posting: Posting) -> Message:
        asked = posting.question
        return voided(asked, self._quizmaster.service_name(asked.service))

    def _with_other_question(self, posting: Posting) -> Posting:
        """The posting with a question about another fact, if there is one to ask.

        Its own came under review before anybody saw it.
        """
        postings, where = self._store.postings, (posting.team, posting.channel)
        quiz = self._store.subscriptions.get(*where)
        quizmaster = self._quizmaster.in_team(posting.team)
        services = quiz.services if quiz else ()
        other = quizmaster.next_question(services, postings.history(*where), posting.day)
        if other is None or other.fact == posting.question.fact:
            return posting
        postings.replace_question(posting.id, other)
        return postings.get(posting.id) or posting

    def _tally(self, posting: Posting) -> Tally:
        asked = posting.question
        answers = self._store.answers.in_time(posting.id)
        return tally(answers, asked.right_index, len(asked.options))

    def _posting(self, delivery: Delivery) -> Posting | None:
        return self._store.postings.get(int(delivery.subject))

    def _close(self, posting: Posting) -> None:
        card, due_at = schedule_review(None, False, 0.0, self._now())
        self._store.postings.close(posting.id, card, due_at)
