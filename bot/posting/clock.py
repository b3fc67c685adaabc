"""The daily job: asks, counts, reveals and reminds. Any number of clocks may run on one database.

Each message is claimed there before Slack is called, and a clock that dies with a claim is
replaced by another one when the claim runs out. Planning, sending, chores and the heartbeat have
a thread each, so that none waits for another.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence

from bot.posting.dispatching import Dispatcher
from bot.posting.planning import Planner
from bot.quiz.quizmaster import Quizmaster
from bot.slack.pace import Pace
from bot.store import Store, is_away
from bot.store.deliveries import Delivery

log = logging.getLogger(__name__)

PLAN_EVERY_SECONDS = 1.0
BEAT_EVERY_SECONDS = 20.0
CHORES_EVERY_SECONDS = 600.0
AFTER_A_FAULT_SECONDS = 5.0
ONCE_SECONDS = 50.0
"""For which a clock that is started every minute waits for what Slack's rate limits hold back."""
STUCK_SECONDS = 300.0
"""Without a round of planning or sending, after which a clock no longer calls itself alive."""
_WATCHED = ("plan", "send")


class Clock:
    """`send` takes a claimed message to its end; `pace` is the one that it keeps to.

    `chores` are done every few minutes; they may be done by many clocks at once. `check_time` says
    whether the time is sure enough to plan and send by; see `bot.posting.steady_time`.
    """

    def __init__(
        self,
        store: Store,
        quizmaster: Quizmaster,
        send: Callable[[Delivery], None],
        pace: Pace,
        chores: Sequence[Callable[[], None]] = (),
        check_time: Callable[[], bool] = lambda: True,
    ) -> None:
        self._store = store
        self._check_time = check_time
        self._time_is_sure = False
        self._chores = chores
        self._planner = Planner(store, quizmaster)
        self._dispatcher = Dispatcher(store.deliveries, send, pace)
        self._next_beat = self._next_chores = 0.0
        self._last_round: dict[str, float] = {}

    def run(self, stop: threading.Event) -> None:
        """Do what is due until told to stop; a fault of the database only makes it wait."""
        for name in _WATCHED:
            self._note_round(name)
        loops = [
            threading.Thread(target=self._repeat, args=(stop, *loop), name=f"clock-{loop[0]}")
            for loop in (
                ("time", self._watch_time, PLAN_EVERY_SECONDS),
                ("plan", self._plan, PLAN_EVERY_SECONDS),
                ("chores", self._do_chores, CHORES_EVERY_SECONDS),
                ("beat", self._beat_if_alive, BEAT_EVERY_SECONDS),
            )
        ]
        for loop in loops:
            loop.start()
        self._repeat(stop, "send", lambda: self._send(stop), PLAN_EVERY_SECONDS)
        for loop in loops:
            loop.join()

    def tick(self, stop: threading.Event | None = None, patience_seconds: float = 0.0) -> None:
        """Do everything that is due now, one after the other.

        `patience_seconds` is how long to wait for what Slack's rate limits hold back.
        """
        now = self._store.now()
        if now >= self._next_beat:
            self._store.beat()
            self._next_beat = now + BEAT_EVERY_SECONDS
        if now >= self._next_chores:
            self._next_chores = now + CHORES_EVERY_SECONDS
            self._do_chores()
        self._watch_time()
        if self._time_is_sure:
            self._plan()
            self._dispatcher.drain(stop or threading.Event(), patience_seconds)

    def _repeat(
        self, stop: threading.Event, name: str, work: Callable[[], None], every: float
    ) -> None:
        """Work every so many seconds, whatever comes of it."""
        while not stop.is_set():
            wait = every if self._store.is_prepared else PLAN_EVERY_SECONDS
            try:
                if self._store.is_prepared:
                    work()
            except Exception as error:
                wait = AFTER_A_FAULT_SECONDS
                if is_away(error):
                    log.error("the database is away", extra={"error": type(error).__name__})
                else:
                    log.exception("the clock missed a beat")
            self._note_round(name)
            stop.wait(wait)

    def _watch_time(self) -> None:
        self._time_is_sure = self._check_time()

    def _plan(self) -> None:
        if not self._time_is_sure:
            return
        self._planner.plan_questions()
        self._planner.plan_reminders()

    def _send(self, stop: threading.Event) -> None:
        if self._time_is_sure:
            self._dispatcher.run(stop, lambda: self._note_round("send"))

    def _note_round(self, name: str) -> None:
        self._last_round[name] = time.monotonic()

    def _beat_if_alive(self) -> None:
        """A heartbeat that goes on while the work is stuck would hide that."""
        for name in _WATCHED:
            silent = time.monotonic() - self._last_round[name]
            if silent > STUCK_SECONDS:
                log.error("the clock is stuck", extra={"kind": name, "seconds": round(silent)})
                return
        self._store.beat()

    def _do_chores(self) -> None:
        """Each by itself: one that fails keeps no other from being done."""
        for chore in self._chores:
            try:
                chore()
            except Exception as error:
                if is_away(error):
                    raise
                log.exception("a chore was not done")
