"""Plan what is due soon: each channel's question, each person's reminder.

A row that can't be planned, whoever wrote it, is dealt with by itself and stops no other.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bot.quiz.asking import Quizmaster
from bot.quiz.choosing import Asked
from bot.quiz.reminding import next_reminder
from bot.quiz.schedule import Occurrence, ScheduleError
from bot.quiz.subscription import UNREADABLE, Key, Subscription
from bot.store import Store, is_away
from bot.store.plans import Plan

log = logging.getLogger(__name__)

RETRY_SECONDS = 300.0
"""Until a row is looked at again that failed for a reason we don't know."""

PLAN_AHEAD_SECONDS = 10.0
"""Before it is due, so that many questions of one minute are planned when that begins."""
_NEVER = (0.0, 0.0)


class Planner:
    def __init__(self, store: Store, quizmaster: Quizmaster) -> None:
        self._store = store
        self._quizmaster = quizmaster
        self._now = store.now
        self._failed: dict[Key, float] = {}

    def plan_questions(self) -> None:
        """Plan every question that is due soon, and pause the quizzes that never would be."""
        for page in self._pages():
            asked = self._store.postings.asked_in([each.key for each in page if each.active])
            plans = []
            for each in page:
                with self._only(each):
                    plans.append(self._plan(each, asked))
            self._keep(plans)
        for each in self._store.subscriptions.stuck():
            self._pause(each)

    def plan_reminders(self) -> None:
        """Remind everybody whose time has come, if something is due for review."""
        people = self._store.people
        for person in people.due_for_reminder():
            following = next_reminder(self._now(), person.tz)
            due = self._quizmaster.reviewable(people.due_cards(person.team, person.user))
            people.plan_reminder(person, bool(due), following)

    def _pages(self) -> Iterator[Sequence[Subscription]]:
        """What is due soon; each row once, whether it can be planned or not."""
        before, last = self._now() + PLAN_AHEAD_SECONDS, None
        self._failed = {key: until for key, until in self._failed.items() if until > self._now()}
        while page := self._store.subscriptions.due(before, last):
            yield [each for each in page if each.key not in self._failed]
            last = page[-1]

    def _plan(self, subscription: Subscription, asked: dict[Key, list[Asked]]) -> Plan:
        """The next question of a quiz, or a day that is left out because it is too late."""
        occurrence = subscription.next
        if not subscription.active or occurrence is None:
            raise ScheduleError(UNREADABLE)
        schedule, now = subscription.schedule, self._now()
        if schedule.is_late(occurrence, now):
            self._note_skipped(subscription, occurrence)
            occurrence = schedule.next_open(now, occurrence.day)
            if occurrence.due > now + PLAN_AHEAD_SECONDS:
                return Plan(subscription, occurrence.day, None, _NEVER, occurrence)
        posed = self._quizmaster.pose_next(subscription.services, asked[subscription.key])
        if posed is None:
            self._note_skipped(subscription, occurrence)
        reveal_at = schedule.reveal_at(occurrence.day, occurrence.due)
        due = (occurrence.due, reveal_at)
        following = schedule.next_open(now, occurrence.day)
        return Plan(subscription, occurrence.day, posed, due, following)

    @staticmethod
    def _note_skipped(subscription: Subscription, occurrence: Occurrence) -> None:
        told = {"team": subscription.team, "day": str(occurrence.day)}
        log.info("question skipped", extra=told)

    def _keep(self, plans: Sequence[Plan]) -> None:
        """Write them down together, or one by one if that fails because of one of them."""
        if not plans:
            return
        try:
            self._store.postings.plan_all(plans)
        except Exception as error:
            if is_away(error):
                raise
            for plan in plans:
                with self._only(plan.subscription):
                    self._store.postings.plan_all([plan])

    @contextmanager
    def _only(self, subscription: Subscription) -> Iterator[None]:
        """Work for one quiz: if it fails, the others don't notice."""
        try:
            yield
        except (ScheduleError, OverflowError):
            self._pause(subscription)
        except Exception as error:
            if is_away(error):
                raise
            log.exception("a quiz could not be planned", extra={"team": subscription.team})
            self._failed[subscription.key] = self._now() + RETRY_SECONDS

    def _pause(self, subscription: Subscription) -> None:
        if self._store.subscriptions.pause(*subscription.key, UNREADABLE):
            log.error("unreadable quiz paused", extra={"team": subscription.team})
