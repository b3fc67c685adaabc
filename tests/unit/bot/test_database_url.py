"""Every address that people copy or mistype gets one sentence, without a part of the password."""

from __future__ import annotations

import os
import socket
import stat
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url
from sqlalchemy.exc import OperationalError

from bot.addresses import AddressError, database_url
from bot.settings import SettingsError
from bot.store import NewerDatabaseError, Store
from bot.store.engine import open_engine
from tests.unit.bot.test_cli import run, run_here

pytestmark = pytest.mark.slow

HUSH = "hushABC"


def migrate(url: str, **environ: str) -> str:
    """What `factbot migrate` says about an address that it cannot use."""
    done = run_here("migrate", environ={"DATABASE_URL": url} | environ)
    assert isinstance(done.exception, SettingsError), done.output
    said = f"{done.stderr}factbot: {done.exception}\n"
    assert said.startswith("factbot: ") and said.count("\n") == 1, said
    assert "DATABASE_URL" in said and HUSH not in said and "Traceback" not in said
    return said


@pytest.mark.parametrize(
    ("typed", "password", "host"),
    [
        ("postgres://u:p@h/db", "p", "h"),
        ("postgresql+psycopg2://u:p@h/db", "p", "h"),
        ("postgresql+asyncpg://u:p@h/db", "p", "h"),
        ("postgresql://u:p@ss@h/db", "p@ss", "h"),
        ("postgresql://u:p/s?s#s:s@h:5432/db?sslmode=require", "p/s?s#s:s", "h"),
        ("postgresql://u:p%s[]s@h/db", "p%s[]s", "h"),
        ("postgresql://u:p%40ss@h/db", "p@ss", "h"),
        ("postgresql://u:100%25@h/db", "100%", "h"),
        ("postgresql://user@server:p@h/db", "p", "h"),
        ("postgresql://u:@/db?host=/run/postgresql", "", ""),
        ("postgresql://u:pä ö@[::1]:5432/db", "pä ö", "::1"),
    ],
)
def test_a_password_may_hold_any_character(typed: str, password: str, host: str) -> None:
    read = make_url(database_url(typed))
    assert (read.password, read.host or "", read.database) == (password, host, "db")
    assert read.drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (f"mysql://u:{HUSH}@h/d", "must begin with"),
        (f'"postgresql://u:{HUSH}@h/d"', "without quotes"),
        (f"postgresql://u:{HUSH}", "a port that isn't a number"),
        (f"postgresql://u:p@h:{HUSH}/db", "a port that isn't a number"),
        ("postgresql://u:p@h:99999/db", "a port that isn't a number"),
        (f"postgresql://u:{HUSH}@ho st/db", "as codes"),
        ("sqlite://", "in memory"),
        ("sqlite:///", "in memory"),
        ("sqlite:///:memory:", "in memory"),
        ("sqlite://factbot.db", "too few slashes"),
        ("sqlite:/factbot.db", "slashes"),
        ("sqlite:///factbot.db?mode=ro", "options after ?"),
    ],
)
def test_an_address_that_cannot_be_read_is_explained(typed: str, expected: str) -> None:
    with pytest.raises(AddressError) as error:
        database_url(typed)
    assert expected in str(error.value) and HUSH not in str(error.value)
    assert expected in migrate(typed)


def test_a_postgres_that_is_not_there_is_named() -> None:
    with socket.socket() as taken:  # bound, but nothing listens
        taken.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        check_what_is_not_there(place)


def check_what_is_not_there(place: str) -> None:
    for more in ("", "?pgbouncer=true"):
        said = migrate(f"postgresql+psycopg2://u:{HUSH}@{place}/db{more}")
        assert f"no PostgreSQL is listening at {place}" in said
    assert "option schema" in migrate(f"postgresql://u:{HUSH}@{place}/db?schema=public")
    assert "no host nowhere.invalid" in migrate(f"postgresql://u:x@{HUSH}@nowhere.invalid/db")
    assert "what follows ?" in migrate(f"postgresql://u:{HUSH}@{place}/db?sslmode=no-verify")


def wait_until_refused(address: str) -> None:
    """PostgreSQL reads its rules again some time after it was told to."""
    engine = create_engine(database_url(address))
    for _ in range(300):
        try:
            engine.connect().close()
        except OperationalError:
            break
        engine.dispose()
        time.sleep(0.1)
    engine.dispose()


@pytest.fixture
def locked(postgres: str) -> Any:
    """A server that asks bob for a password: his address with another password or database."""
    folder = Path(postgres.partition("host=")[2])
    admin = create_engine(database_url(postgres), isolation_level="AUTOCOMMIT")
    rules = folder / "pg_hba.conf"
    before = rules.read_text()
    with admin.connect() as db:
        db.exec_driver_sql("CREATE USER bob PASSWORD 'p@ss/w#rd%%'")
        rules.write_text("local all bob scram-sha-256\n" + before)
        db.exec_driver_sql("SELECT pg_reload_conf()")

    def address(password: str, name: str = "postgres", user: str = "bob") -> str:
        return f"postgresql://{user}:{password}@/{name}?host={folder}"

    wait_until_refused(address(HUSH))
    yield address
    rules.write_text(before)
    with admin.connect() as db:
        db.exec_driver_sql("SELECT pg_reload_conf()")
        db.exec_driver_sql("DROP OWNED BY bob")
        db.exec_driver_sql("DROP USER bob")
    admin.dispose()


def test_a_wrong_password_and_a_wrong_database_are_told_apart(locked: Any) -> None:
    for password in (HUSH, f"p@ss{HUSH}", ""):
        assert "rejects the user name or the password" in migrate(locked(password))
    assert "no database with that name" in migrate(locked("p@ss/w#rd%", name="nothing"))
    assert "rejects the user name" in migrate(locked("x", user="nobody"))
    assert "isn't allowed to create tables" in migrate(locked("p@ss/w#rd%"))


def test_serve_does_not_wait_for_a_password_to_become_right(locked: Any) -> None:
    slack = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}
    done = run("serve", environ=slack | {"DATABASE_URL": locked(HUSH)})
    assert done.returncode == 2 and b"rejects the user name or the password" in done.stderr


def test_statements_are_not_prepared_behind_pgbouncer(postgres: str) -> None:
    url = database_url(f"{postgres}&pgbouncer=true")
    engine = open_engine(url)
    with engine.connect() as db:
        driver: Any = db.connection.dbapi_connection
        assert driver.prepare_threshold is None
    engine.dispose()


def test_the_place_of_an_sqlite_file_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no database, but long enough to be looked at" * 100)
    (tmp_path / "data").mkdir()
    assert f"no folder {tmp_path}/none" in migrate(f"sqlite:///{tmp_path}/none/x.db")
    assert "is a folder" in migrate(f"sqlite:///{tmp_path}/data")
    assert "no folder" in migrate(f"sqlite:///{tmp_path}/file/x.db")
    assert "isn't an SQLite database" in migrate(f"sqlite:///{tmp_path}/file")
    os.mkfifo(tmp_path / "pipe")
    assert "is a pipe" in migrate(f"sqlite:///{tmp_path}/pipe")
    assert "can't create or open" in migrate("sqlite:////proc/x.db")


def test_a_database_of_a_newer_version_is_left_alone(empty_url: str) -> None:
    store = Store(empty_url)
    store.prepare()
    with store.engine.begin() as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerDatabaseError):
        store.prepare()
    with pytest.raises(NewerDatabaseError):
        store.prepare_when_there()
    store.close()
    assert "newer version of factbot" in migrate(empty_url)
    slack = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "DATABASE_URL": empty_url}
    done = run("serve", environ=slack)
    assert done.returncode == 2 and b"newer version of factbot" in done.stderr


def test_an_sqlite_database_is_for_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        store = Store(f"sqlite:///{tmp_path}/factbot.db")
        store.prepare()
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
        store.close()
    finally:
        os.umask(before)
    assert modes == {"factbot.db": 0o600, "factbot.db-wal": 0o600, "factbot.db-shm": 0o600}


def test_the_mode_of_an_existing_file_is_its_owners_business(tmp_path: Path) -> None:
    path = tmp_path / "factbot.db"
    path.touch()
    path.chmod(0o660)
    store = Store(f"sqlite:///{path}")
    store.prepare()
    store.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o660
