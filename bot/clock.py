"""The daily job: asks, counts, reveals and reminds. Any number of clocks may run on one database.

Each message is claimed there before Slack is called, and a clock that dies with a claim is
replaced by another one when the claim runs out.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait

from bot.planning import Planner
from bot.posting import Carrier
from bot.quiz.asking import Quizmaster
from bot.slack.courier import AHEAD
from bot.store import Store, is_away

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
        self._carrier = carrier
        self._now = store.now
        self._chores = chores
        self._next_beat = self._next_chores = 0.0
        self._planner = Planner(store, quizmaster, AHEAD * store.deliveries.lease)

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
            self._do_chores()
        self._planner.plan_questions()
        self._planner.plan_reminders()
        self._deliver(stop or threading.Event())

    def _do_chores(self) -> None:
        """Each by itself: one that fails keeps no other from being done."""
        for chore in self._chores:
            try:
                chore()
            except Exception as error:
                if is_away(error):
                    raise
                log.exception("a chore was not done")

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
