"""The listeners' threads: a share for each workspace, whatever the others wait for."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from functools import partial

import pytest

from bot.listeners.pool import MAX_THREADS_PER_KEY, THREADS, ListenerPool


@pytest.fixture
def pool() -> Iterator[ListenerPool]:
    pool = ListenerPool(lambda body: "", logging.getLogger("test"))
    yield pool
    assert pool.wait_until_idle(10) == 0


class Hanging:
    """Work that hangs until it is let go."""

    def __init__(self) -> None:
        self._end = threading.Event()
        self._begun = threading.Semaphore(0)

    def __call__(self) -> None:
        self._begun.release()
        self._end.wait(90)

    def wait_until_begun(self, count: int) -> None:
        for _ in range(count):
            assert self._begun.acquire(timeout=20)

    def let_go(self) -> None:
        self._end.set()


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    work = Hanging()
    yield work
    work.let_go()


def fill(pool: ListenerPool, hanging: Hanging) -> None:
    """Hold all threads: those of four workspaces, each with its share."""
    for number in range(THREADS):
        pool.submit(f"T{number % (THREADS // MAX_THREADS_PER_KEY)}", hanging)
    hanging.wait_until_begun(THREADS)


def test_keys_take_turns(
    pool: ListenerPool, hanging: Hanging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.listeners.pool.THREADS", 1)
    done: list[str] = []
    pool.submit("T0", hanging)
    hanging.wait_until_begun(1)
    for name in ("a1", "a2", "a3", "b1", "c1"):
        pool.submit(name[0], partial(done.append, name))
    hanging.let_go()
    assert pool.wait_until_idle(10) == 0
    assert done == ["a1", "b1", "c1", "a2", "a3"]


def test_one_workspace_holds_no_more_than_its_share(pool: ListenerPool, hanging: Hanging) -> None:
    for _ in range(100):
        pool.submit("T1", hanging)
    for team in ("T2", "T3"):
        answered = threading.Event()
        pool.submit(team, answered.set)
        assert answered.wait(20)
    deadline = time.monotonic() + 20  # who has answered may not have been counted yet
    while pool.wait_until_idle(0) > 100 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert pool.wait_until_idle(0) == 100


def test_nothing_waits_in_a_hurried_pool(pool: ListenerPool, hanging: Hanging) -> None:
    fill(pool, hanging)
    answered = threading.Event()
    pool.submit("T0", answered.set)
    assert not answered.wait(0.2)
    pool.hurry()
    assert answered.wait(20)


def test_work_that_fails_stops_nothing(
    pool: ListenerPool, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RuntimeError("secret")

    answered = threading.Event()
    for _ in range(THREADS * 2):
        pool.submit("", fail)
    pool.submit("", answered.set)
    assert answered.wait(20)
    assert {record.getMessage() for record in caplog.records} == {"work failed"}


def test_idle_threads_end(pool: ListenerPool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.listeners.pool.IDLE_SECONDS", 0.05)
    for _ in range(2):
        answered = threading.Event()
        pool.submit("T1", answered.set)
        assert answered.wait(20)
        for _ in range(1000):
            if pool._threads == 0:
                break
            time.sleep(0.02)
        assert pool._threads == 0
