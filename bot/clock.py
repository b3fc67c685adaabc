"""The daily job: asks, counts, reveals and reminds. Any number of clocks may run on one database.

Each message is claimed there before Slack is called, and a clock that dies with a claim is
replaced by another one when the claim runs out.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait

from bot.posting import Carrier
from bot.quiz.asking import Quizmaster
from bot.quiz.reminding import next_reminder
from bot.quiz.review import A_DAY
from bot.quiz.subscription import Subscription
from bot.slack.courier import AHEAD
from bot.store import Store, is_away
from bot.store.people import REMINDER

log = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds between two looks at the database."""
BEAT = 20.0
"""Seconds between two signs of life."""
CHORES = 600.0
"""Seconds between two rounds of chores."""
AFTER_A_FAULT = 5.0
THREADS = 8
BATCH = 2
"""Messages that a thread claims at once: few, so that none waits long for its turn."""


class Clock:
    """`chores` are done every few minutes; they may be done by many clocks at once."""

    def __init__(
        self,
        store: Store,
        quizmaster: Quizmaster,
        carrier: Carrier,
        chores: Sequence[Callable[[], None]] = (),
    ) -> None:
        self._store = store
        self._quizmaster = quizmaster
        self._carrier = carrier
        self._now = store.now
        self._chores = chores
        self._next_beat = self._next_chores = 0.0
        self._ahead = AHEAD * store.deliveries.lease

    def run(self, stop: threading.Event) -> None:
        """Do what is due until told to stop; a fault of the database only makes it wait."""
        while not stop.is_set():
            try:
                if self._store.is_prepared:
                    self.tick(stop)
                stop.wait(EVERY)
            except Exception as error:
                if is_away(error):
                    log.error("the database is away", extra={"error": type(error).__name__})
                else:
                    log.exception("the clock missed a beat")
                stop.wait(AFTER_A_FAULT)

    def tick(self, stop: threading.Event | None = None) -> None:
        """Do everything that is due now."""
        if self._now() >= self._next_beat:
            self._store.beat()
            self._next_beat = self._now() + BEAT
        if self._now() >= self._next_chores:
            self._next_chores = self._now() + CHORES
            for chore in self._chores:
                chore()
        self._plan()
        self._remind()
        self._deliver(stop or threading.Event())

    def _plan(self) -> None:
        while due := self._store.subscriptions.due(self._now() + self._ahead):
            for subscription in due:
                self._plan_question(subscription)

    def _plan_question(self, subscription: Subscription) -> None:
        schedule, occurrence = subscription.schedule, subscription.next
        if occurrence is None:
            return
        asked = self._store.postings.asked(subscription.team, subscription.channel)
        posed = self._quizmaster.pose_next(subscription.services, asked)
        if posed is None or schedule.is_late(occurrence, self._now()):
            told = {"team": subscription.team, "day": str(occurrence.day)}
            log.info("question skipped", extra=told)
            self._store.postings.skip(subscription)
            return
        reveal_at = schedule.reveal_at(occurrence.day, occurrence.due)
        due = (occurrence.due - self._ahead, occurrence.due, reveal_at)
        self._store.postings.plan(subscription, occurrence.day, posed, due)

    def _remind(self) -> None:
        people = self._store.people
        for person in people.due_for_reminder():
            now = self._now()
            following = next_reminder(now, person.tz)
            if people.due_cards(person.team, person.user, A_DAY):
                subject = f"{person.team}:{person.user}:{int(following)}"
                to = person.direct or person.user
                self._store.deliveries.add(REMINDER, subject, person.team, to, now)
            people.change(person.team, person.user, next_at=following)

    def _deliver(self, stop: threading.Event) -> None:
        """Send what is due, the latest first, by several threads as long as there is anything."""

        def work() -> None:
            while not stop.is_set() and (claimed := self._store.deliveries.claim(BATCH)):
                for delivery in claimed:
                    self._carrier.carry(delivery)

        with ThreadPoolExecutor(THREADS, thread_name_prefix="clock") as threads:
            first = self._store.deliveries.claim(BATCH)
            jobs = [threads.submit(self._carrier.carry, delivery) for delivery in first]
            if len(first) == BATCH:
                jobs += [threads.submit(work) for _ in range(THREADS)]
            wait(jobs)
        for job in jobs:
            job.result()
