"""Plan what is due soon: a question per channel, a reminder per person.

A row that can't be planned, whoever wrote it, affects no other row.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bot.quiz.choosing import PastQuestion
from bot.quiz.quizmaster import Quizmaster
from bot.quiz.reminding import next_reminder
from bot.quiz.schedule import Occurrence, ScheduleError
from bot.quiz.subscription import UNREADABLE, ChannelKey, Subscription
from bot.store import Store, is_away
from bot.store.plans import QuestionPlan, SkippedDay

log = logging.getLogger(__name__)

RETRY_SECONDS = 300.0
"""How long until we retry a row that failed for an unknown reason."""
PLAN_AHEAD_SECONDS = 10.0
"""How long before it's due a question is planned, so that a busy minute begins on time."""


class Planner:
    """Turns due quizzes and reminders into deliveries."""

    def __init__(self, store: Store, quizmaster: Quizmaster) -> None:
        self._store = store
        self._quizmaster = quizmaster
        self._now = store.now
        self._failed: dict[ChannelKey, float] = {}

    def plan_questions(self) -> None:
        """Plan every question that is due soon, and pause quizzes that would never be due."""
        for page in self._pages():
            active = [subscription.key for subscription in page if subscription.active]
            histories = self._store.postings.histories(active)
            plans = []
            for subscription in page:
                with self._isolated(subscription):
                    plans.append(self._plan(subscription, histories))
            self._save(plans)
        for subscription in self._store.subscriptions.stuck():
            self._pause(subscription)

    def plan_reminders(self) -> None:
        """Plan the reminders that are due, for people who have something to review."""
        people = self._store.people
        for person in people.due_for_reminder():
            following = next_reminder(self._now(), person.tz)
            quizmaster = self._quizmaster.in_team(person.team)
            due = quizmaster.facts_to_review(people.due_cards(person.team, person.user))
            people.plan_reminder(person, bool(due), following)

    def _pages(self) -> Iterator[Sequence[Subscription]]:
        """Quizzes that are due soon, each once, whether it can be planned or not."""
        before, last = self._now() + PLAN_AHEAD_SECONDS, None
        self._failed = {key: until for key, until in self._failed.items() if until > self._now()}
        while page := self._store.subscriptions.due(before, last):
            yield [subscription for subscription in page if subscription.key not in self._failed]
            last = page[-1]

    def _plan(
        self, subscription: Subscription, histories: dict[ChannelKey, list[PastQuestion]]
    ) -> QuestionPlan | SkippedDay:
        """A quiz's next question; a skipped day if it is too late or there is no question."""
        occurrence = subscription.next
        if not subscription.active or occurrence is None:
            raise ScheduleError(UNREADABLE)
        schedule, now = subscription.schedule, self._now()
        if schedule.is_free(occurrence.day) or schedule.is_late(occurrence, now):
            self._note_skipped(subscription, occurrence)
            occurrence = schedule.next_open(now, occurrence.day)
            if occurrence.due_at > now + PLAN_AHEAD_SECONDS:
                return SkippedDay(subscription, occurrence)
        history = histories[subscription.key]
        quizmaster = self._quizmaster.in_team(subscription.team)
        question = quizmaster.next_question(subscription.services, history, occurrence.day)
        following = schedule.next_open(now, occurrence.day)
        if question is None:
            self._note_skipped(subscription, occurrence)
            return SkippedDay(subscription, following)
        due_at = occurrence.due_at
        reveal_at = schedule.reveal_at(occurrence.day, due_at)
        return QuestionPlan(subscription, occurrence.day, question, due_at, reveal_at, following)

    @staticmethod
    def _note_skipped(subscription: Subscription, occurrence: Occurrence) -> None:
        about = {"team": subscription.team, "day": str(occurrence.day)}
        log.info("question skipped", extra=about)

    def _save(self, plans: Sequence[QuestionPlan | SkippedDay]) -> None:
        """Store the plans together, or one by one if that fails because of one of them."""
        if not plans:
            return
        try:
            self._store.postings.plan_all(plans)
        except Exception as error:
            if is_away(error):
                raise
            for plan in plans:
                with self._isolated(plan.subscription):
                    self._store.postings.plan_all([plan])

    @contextmanager
    def _isolated(self, subscription: Subscription) -> Iterator[None]:
        """Around work for one quiz: if it fails, the others go on."""
        try:
            yield
        except (ScheduleError, OverflowError):
            self._pause(subscription)
        except Exception as error:
            if is_away(error):
                raise
            log.exception("could not plan a quiz", extra={"team": subscription.team})
            self._failed[subscription.key] = self._now() + RETRY_SECONDS

    def _pause(self, subscription: Subscription) -> None:
        if self._store.subscriptions.pause(*subscription.key, UNREADABLE):
            log.error("unreadable quiz paused", extra={"team": subscription.team})
