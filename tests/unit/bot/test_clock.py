"""The clock's loops don't wait for each other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import time as local_time

import pytest

import bot.posting.clock
from bot.posting.clock import Clock
from bot.quiz.quizmaster import Quizmaster
from bot.quiz.schedule import EVERY_DAY, Schedule
from bot.quiz.subscription import Subscription
from bot.slack.rate_limits import RateLimiter
from bot.store import Store
from bot.store.deliveries import Delivery, DeliveryKind
from bot.team.team_knowledge import TeamKnowledge
from knowledge import KnowledgeBase
from tests.unit.bot import conftest
from tests.unit.bot.test_planning import DUE, planned


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    stop = threading.Event()
    yield stop
    stop.set()


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PLAN_EVERY_SECONDS", "BEAT_EVERY_SECONDS", "CHORES_EVERY_SECONDS"):
        monkeypatch.setattr(bot.posting.clock, name, 0.02)


def wait_until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.01)


def test_while_slack_hangs_the_clock_plans_does_chores_and_beats(
    store: Store, clock: conftest.Clock, knowledge: KnowledgeBase, stop: threading.Event
) -> None:
    for number in range(70):
        store.deliveries.add(DeliveryKind.QUESTION, str(number), f"T{number}", "C1", clock.now - 1)
    hanging: list[int] = []
    chores: list[float] = []

    def hang(delivery: Delivery) -> None:
        hanging.append(delivery.id)
        stop.wait(90)

    def fail() -> None:
        raise KeyError("a chore")

    made = Clock(
        store, Quizmaster(TeamKnowledge(knowledge)), hang, RateLimiter(store.now),
        [fail, lambda: chores.append(clock.now)],
    )  # fmt: skip
    runner = threading.Thread(target=made.run, args=(stop,))
    runner.start()
    wait_until(lambda: len(hanging) == 64)
    schedule = Schedule(local_time(14), "UTC", EVERY_DAY)
    store.subscriptions.save(Subscription("T1", "C2", schedule, (), "U1"))
    clock.now = DUE
    wait_until(lambda: planned(store) == ["C2"])
    wait_until(lambda: store.last_beat() == DUE)
    wait_until(lambda: DUE in chores)
    assert len(hanging) == 64
    stop.set()
    runner.join()


@pytest.mark.slow
def test_a_clock_whose_work_is_stuck_does_not_call_itself_alive(
    store: Store,
    clock: conftest.Clock,
    knowledge: KnowledgeBase,
    stop: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bot.posting.clock, "STUCK_SECONDS", 0.5)
    made = Clock(
        store, Quizmaster(TeamKnowledge(knowledge)), lambda delivery: None, RateLimiter(store.now)
    )
    monkeypatch.setattr(made, "_plan", lambda: stop.wait(90))
    runner = threading.Thread(target=made.run, args=(stop,))
    runner.start()
    wait_until(lambda: store.last_beat() is not None)
    time.sleep(1)
    clock.now += 60
    time.sleep(0.2)
    assert store.last_beat() == clock.now - 60
    stop.set()
    runner.join()
