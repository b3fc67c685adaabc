"""The background job: asks, counts, reveals and reminds. Many clocks can share a database.

A clock claims each message in the database before it calls Slack; if it dies, another clock takes
over when the claim expires. Planning, sending, chores and the heartbeat have a thread each, so that
none waits for another.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence

from bot.posting.dispatching import Dispatcher
from bot.posting.periodic import Periodic
from bot.posting.planning import Planner
from bot.quiz.quizmaster import Quizmaster
from bot.slack.rate_limits import RateLimiter
from bot.store import Store, is_away
from bot.store.deliveries import Delivery

log = logging.getLogger(__name__)

PLAN_EVERY_SECONDS = 1.0
BEAT_EVERY_SECONDS = 20.0
CHORES_EVERY_SECONDS = 600.0
RETRY_SECONDS = 5.0
MAX_WAIT_SECONDS = 50.0
"""How long a clock that runs once a minute waits for what rate limits hold back."""
STUCK_SECONDS = 300.0
"""Without a round of planning or sending for this long, a clock stops its heartbeat."""
_WATCHED = ("plan", "send")


class Clock:
    """Runs planning, sending and chores in threads.

    `send` handles a claimed message within the limits of `rate_limiter`. `chores` run every few
    minutes, possibly in many clocks at once. `check_time` returns whether the time is certain
    enough to plan and send by; see `bot.posting.steady_time`. `planners` plan all messages that
    aren't about quizzes.
    """

    def __init__(
        self,
        store: Store,
        quizmaster: Quizmaster,
        send: Callable[[Delivery], None],
        rate_limiter: RateLimiter,
        chores: Sequence[Callable[[], None]] = (),
        check_time: Callable[[], bool] = lambda: True,
        planners: Sequence[Callable[[], None]] = (),
    ) -> None:
        self._store = store
        self._check_time = check_time
        self._time_is_certain = False
        self._chores = chores
        self._planners = planners
        self._planner = Planner(store, quizmaster)
        self._dispatcher = Dispatcher(store.deliveries, send, rate_limiter)
        self._periodic_beat = Periodic(store.beat, BEAT_EVERY_SECONDS, store.now)
        self._periodic_chores = Periodic(self._do_chores, CHORES_EVERY_SECONDS, store.now)
        self._last_round: dict[str, float] = {}

    def run(self, stop: threading.Event) -> None:
        """Do what is due until `stop` is set; after a database error, wait and try again."""
        for name in _WATCHED:
            self._note_round(name)
        loops = [
            threading.Thread(target=self._repeat, args=(stop, *loop), name=f"clock-{loop[0]}")
            for loop in (
                ("time", self._watch_time, PLAN_EVERY_SECONDS),
                ("plan", self._plan, PLAN_EVERY_SECONDS),
                ("planners", self._plan_others, PLAN_EVERY_SECONDS),
                ("chores", self._do_chores, CHORES_EVERY_SECONDS),
                ("beat", self._beat_if_alive, BEAT_EVERY_SECONDS),
            )
        ]
        for loop in loops:
            loop.start()
        self._repeat(stop, "send", lambda: self._send(stop), PLAN_EVERY_SECONDS)
        for loop in loops:
            loop.join()

    def tick(self, stop: threading.Event | None = None, max_wait_seconds: float = 0.0) -> None:
        """Do everything that is due now, one after the other.

        `max_wait_seconds` is how long to wait for what rate limits hold back.
        """
        self._periodic_beat()
        self._periodic_chores()
        self._watch_time()
        if self._time_is_certain:
            self._plan()
            self._plan_others()
            self._dispatcher.drain(stop or threading.Event(), max_wait_seconds)

    def _repeat(
        self, stop: threading.Event, name: str, work: Callable[[], None], every: float
    ) -> None:
        """Call `work` every few seconds, whatever it raises."""
        while not stop.is_set():
            wait = every if self._store.is_prepared else PLAN_EVERY_SECONDS
            try:
                if self._store.is_prepared:
                    work()
            except Exception as error:
                wait = RETRY_SECONDS
                if is_away(error):
                    log.error("the database is unavailable", extra={"error": type(error).__name__})
                else:
                    log.exception("the clock missed a beat")
            self._note_round(name)
            stop.wait(wait)

    def _watch_time(self) -> None:
        self._time_is_certain = self._check_time()

    def _plan(self) -> None:
        if not self._time_is_certain:
            return
        self._planner.plan_questions()
        self._planner.plan_reminders()

    def _plan_others(self) -> None:
        if self._time_is_certain:
            _run_all(self._planners, "could not plan a message")

    def _send(self, stop: threading.Event) -> None:
        if self._time_is_certain:
            self._dispatcher.run(stop, lambda: self._note_round("send"))

    def _note_round(self, name: str) -> None:
        self._last_round[name] = time.monotonic()

    def _beat_if_alive(self) -> None:
        """No heartbeat while planning or sending is stuck: it would hide that."""
        for name in _WATCHED:
            silent = time.monotonic() - self._last_round[name]
            if silent > STUCK_SECONDS:
                log.error("the clock is stuck", extra={"kind": name, "seconds": round(silent)})
                return
        self._store.beat()

    def _do_chores(self) -> None:
        _run_all(self._chores, "a chore failed")


def _run_all(works: Sequence[Callable[[], None]], failed: str) -> None:
    """One after the other; if one fails, the others still run."""
    for work in works:
        try:
            work()
        except Exception as error:
            if is_away(error):
                raise
            log.exception(failed)
