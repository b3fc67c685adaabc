"""Open a database so that SQLite and PostgreSQL behave alike."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.store.sqlite_file import create_private_file

LOCK_TIMEOUT_SECONDS = 20
"""How long an SQLite transaction waits for another one."""
POSTGRES_TIMEOUTS = {"connect_timeout": "3", "tcp_user_timeout": "10000"}
"""After which a silent PostgreSQL counts as away: connect_timeout in seconds, the other in ms.

https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
"""


def open_engine(url: str) -> Engine:
    """An engine, which connects on first use."""
    if not url.startswith("sqlite"):
        return _open_postgres(make_url(url))
    engine = create_engine(
        url, connect_args={"timeout": LOCK_TIMEOUT_SECONDS}, hide_parameters=True, **_pool(url)
    )
    event.listen(engine, "do_connect", create_private_file)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _pool(url: str) -> dict[str, int]:
    """One connection per thread: readers must not queue behind threads that wait to write.

    A database in memory has a single connection.
    """
    is_file = make_url(url).database not in (None, "", ":memory:")
    return {"pool_size": 10, "max_overflow": -1} if is_file else {}


def _open_postgres(url: URL) -> Engine:
    options: dict[str, Any] = {}
    if url.query.get("pgbouncer") == "true":  # a common spelling of "don't prepare statements"
        # https://www.psycopg.org/psycopg3/docs/advanced/prepare.html#pgbouncer
        options["prepare_threshold"] = None
        url = url.difference_update_query(["pgbouncer"])
    return create_engine(
        url.update_query_dict(POSTGRES_TIMEOUTS | dict(url.query)), connect_args=options,
        pool_pre_ping=True, pool_size=10, max_overflow=20, hide_parameters=True,
    )  # fmt: skip


def is_away(error: Exception) -> bool:
    """Whether the database is unreachable or locked, as opposed to rejecting a statement."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or error.statement is None or _is_busy(error.orig)
    return isinstance(error, PoolTimeoutError)


def _is_busy(error: object) -> bool:
    """Whether others kept an SQLite file locked for longer than we waited."""
    return isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode in (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
    )


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A read-only transaction, which on SQLite doesn't wait for writers."""
    with engine.connect().execution_options(reads=True) as db:
        yield db


def upsert(db: Connection, table: Table, row: dict[str, Any]) -> None:
    """Insert a row, or update the one with the same primary key."""
    upsert_all(db, table, [row])


def upsert_all(db: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows with the same columns, or update those with the same primary keys."""
    keys = [column.name for column in table.primary_key]
    statement = insert(db, table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    db.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), rows)


def insert_all_new(db: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows, except those whose keys exist."""
    db.execute(insert(db, table).on_conflict_do_nothing(), rows)


def insert_new_returning(
    db: Connection, table: Table, rows: list[dict[str, Any]], *columns: Any
) -> list[Any]:
    """Insert rows, except those whose keys exist; the given columns of the new rows."""
    statement = insert(db, table).on_conflict_do_nothing().returning(*columns)
    return list(db.execute(statement, rows))


def insert_if_new(db: Connection, table: Table, row: dict[str, Any]) -> int | None:
    """Insert a row unless one of its unique keys exists; the new id, or None if it did."""
    statement = insert(db, table).values(row).on_conflict_do_nothing()
    return cast("int | None", db.scalar(statement.returning(next(iter(table.c)))))


def insert(db: Connection, table: Table) -> Any:
    """An INSERT in the database's dialect, which supports ON CONFLICT."""
    return (sqlite if db.dialect.name == "sqlite" else postgresql).insert(table)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Turn on write-ahead logging, so that processes can read while one writes.

    We begin transactions ourselves, see `_begin_sqlite`.

    https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#pysqlite-serializable
    """
    connection.isolation_level = None
    connection.execute("PRAGMA synchronous=NORMAL").close()
    for _ in range(100):  # switching to WAL ignores the lock timeout
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(0.05)


def _begin_sqlite(db: Connection) -> None:
    """Take the write lock right away: a transaction that reads first may fail to get it later."""
    reads = db.get_execution_options().get("reads", False)
    db.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
