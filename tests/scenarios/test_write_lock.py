"""Whoever only reads does not wait for those who write to SQLite; and what /readyz says."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.fake_slack.server import FakeSlack
from bot.store import Conversation
from knowledge import KnowledgeBase
from tests.scenarios.conftest import ANN, CHANNEL, TEAM, WallClock, World, settle
from tests.scenarios.test_workspaces import OLD_KEY, open_office

LOCK_TIMEOUT_SECONDS = 3.0
"""Seconds that a writer waits here; 20 in service."""


@pytest.fixture(autouse=True)
def short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.engine.LOCK_TIMEOUT_SECONDS", LOCK_TIMEOUT_SECONDS)


@contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    """Another process writes, and does not come to its end."""
    other = sqlite3.connect(folder / "factbot.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("INSERT INTO claims VALUES ('test', 'x', 0)")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def at_once() -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < LOCK_TIMEOUT_SECONDS


def test_readyz_and_reads_do_not_wait(world: World, tmp_path: Path) -> None:
    store = world.store
    reads: list[Callable[[], object]] = [
        lambda: store.last_answer(Conversation(TEAM, CHANNEL, "")),
        store.votes,
        lambda: store.is_claimed("event", "Ev1"),
        store.last_beat,
        store.version,
    ]
    with write_lock(tmp_path):
        with at_once():
            assert world.web.test_client().get("/readyz").status_code == 200
        for read in reads:
            with at_once():
                read()


def test_readyz_does_not_queue_behind_those_who_wait_to_write(world: World, tmp_path: Path) -> None:
    def write() -> None:
        with pytest.raises(Exception, match="locked"):
            world.store.claim("test", "y")

    threads = [threading.Thread(target=write) for _ in range(30)]
    with write_lock(tmp_path):
        for thread in threads:
            thread.start()
        time.sleep(LOCK_TIMEOUT_SECONDS / 2)
        with at_once():
            assert world.web.test_client().get("/readyz").status_code == 200
        for thread in threads:
            thread.join()


def test_a_workspace_is_found_without_waiting(
    slack: FakeSlack, wall_clock: WallClock, tmp_path: Path, knowledge: KnowledgeBase
) -> None:
    office = open_office(
        slack, wall_clock, f"sqlite:///{tmp_path}/factbot.db", knowledge, (OLD_KEY,)
    )
    office.install("T1")
    office.workspaces._cache.clear()
    with write_lock(tmp_path):
        with at_once():
            assert office.workspaces.find("T1") is not None
        office.workspaces._cache.clear()
        with at_once():
            assert office.mention("T1").status_code == 200
        with at_once():
            assert office.world.web.test_client().get("/slack/install").status_code == 200
        settle(office.world)
    assert len(slack.messages) == 1
    office.world.close()


def test_a_question_is_answered_at_once_and_counted_later(world: World, tmp_path: Path) -> None:
    with write_lock(tmp_path):
        for _ in range(2):
            with at_once():
                assert "429" in world.command("what is 429 in api gateway")["text"]
        world.lookups.write()
    world.lookups.write()
    world.wall_clock.move_to("2026-12-23T08:00:00+00:00")
    assert len(world.store.people.due_cards(TEAM, ANN)) == 1


@pytest.mark.parametrize("version", ["0001", "9999", None])
def test_readyz_refuses_a_database_of_another_version(world: World, version: str | None) -> None:
    client = world.web.test_client()
    assert client.get("/readyz").text.startswith("ok")
    with world.store.engine.begin() as db:
        db.exec_driver_sql("DELETE FROM alembic_version")
        if version:
            db.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{version}')")
    page = client.get("/readyz")
    assert (page.status_code, "version" in page.text) == (503, True)
