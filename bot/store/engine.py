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

from bot.store.sqlite_file import create_for_us_alone

WAIT = 20
"""Seconds that a transaction waits for another one."""


CONNECTING = {"connect_timeout": "3", "tcp_user_timeout": "10000"}
"""Seconds, and milliseconds, after which a PostgreSQL that does not answer counts as away.

https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
"""


def open_engine(url: str) -> Engine:
    """An engine; it connects when it is used."""
    if not url.startswith("sqlite"):
        return _open_postgres(make_url(url))
    engine = create_engine(url, connect_args={"timeout": WAIT}, hide_parameters=True, **_pool(url))
    event.listen(engine, "do_connect", create_for_us_alone)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _pool(url: str) -> dict[str, int]:
    """As many connections as there are threads: who reads must not queue behind who waits to write.

    A database in memory has one connection only.
    """
    is_file = make_url(url).database not in (None, "", ":memory:")
    return {"pool_size": 10, "max_overflow": -1} if is_file else {}


def _open_postgres(url: URL) -> Engine:
    options: dict[str, Any] = {}
    if url.query.get("pgbouncer") == "true":  # others' word for: prepare no statements
        # https://www.psycopg.org/psycopg3/docs/advanced/prepare.html#pgbouncer
        options["prepare_threshold"] = None
        url = url.difference_update_query(["pgbouncer"])
    return create_engine(
        url.update_query_dict(CONNECTING | dict(url.query)), connect_args=options,
        pool_pre_ping=True, pool_size=10, max_overflow=20, hide_parameters=True,
    )  # fmt: skip


def is_away(error: Exception) -> bool:
    """Whether the database could not be reached or written, rather than did not understand us."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or error.statement is None or _is_busy(error.orig)
    return isinstance(error, PoolTimeoutError)


def _is_busy(error: object) -> bool:
    """Whether others wrote to an SQLite file for longer than we waited."""
    return isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode in (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
    )


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads, and on SQLite waits for nobody."""
    with engine.connect().execution_options(reads=True) as db:
        yield db


def put(db: Connection, table: Table, row: dict[str, Any]) -> None:
    """Insert a row or replace the one with its primary key."""
    put_all(db, table, [row])


def put_all(db: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows with the same columns, each replacing the one with its primary key."""
    keys = [column.name for column in table.primary_key]
    statement = insert(db, table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    db.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), rows)


def put_all_once(db: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert those of the rows whose keys are free."""
    db.execute(insert(db, table).on_conflict_do_nothing(), rows)


def put_all_once_returning(
    db: Connection, table: Table, rows: list[dict[str, Any]], *columns: Any
) -> list[Any]:
    """Insert those of the rows whose keys are free, and get these columns of them."""
    statement = insert(db, table).on_conflict_do_nothing().returning(*columns)
    return list(db.execute(statement, rows))


def put_once(db: Connection, table: Table, row: dict[str, Any]) -> int | None:
    """Insert a row unless a unique key of it is taken; the new row's id, or None if it was."""
    statement = insert(db, table).values(row).on_conflict_do_nothing()
    return cast("int | None", db.scalar(statement.returning(next(iter(table.c)))))


def insert(db: Connection, table: Table) -> Any:
    """An INSERT that knows what to do about conflicts, in the database's own dialect."""
    return (sqlite if db.dialect.name == "sqlite" else postgresql).insert(table)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Write-ahead logging lets processes read while one writes; transactions begin by hand.

    https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#pysqlite-serializable
    """
    connection.isolation_level = None
    connection.execute("PRAGMA synchronous=NORMAL").close()
    for _ in range(100):  # changing to WAL does not wait for others as all else does
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(0.05)


def _begin_sqlite(db: Connection) -> None:
    """Take the write lock at once: a transaction that reads first could not get it later."""
    reads = db.get_execution_options().get("reads", False)
    db.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
