"""The tables of the file, and how rows get into them."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

APPLICATION_ID = 0x66616374
"""Marks the file as one of ours: https://www.sqlite.org/pragma.html#pragma_application_id"""

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE services (id INTEGER PRIMARY KEY, api TEXT, name TEXT, operations INTEGER, cli TEXT,
    regions TEXT, is_global INTEGER);
CREATE TABLE aliases (alias TEXT, service INTEGER, is_own INTEGER,
    PRIMARY KEY (alias, service)) WITHOUT ROWID;
CREATE TABLE operations (name TEXT COLLATE NOCASE, service INTEGER, number INTEGER, python TEXT,
    required TEXT, errors TEXT, is_deprecated INTEGER, streams INTEGER,
    PRIMARY KEY (name, service)) WITHOUT ROWID;
CREATE INDEX operations_by_service ON operations (service, number);
CREATE TABLE errors (name TEXT COLLATE NOCASE, service INTEGER, number INTEGER, status INTEGER,
    is_code INTEGER, PRIMARY KEY (name, service)) WITHOUT ROWID;
CREATE INDEX errors_by_service ON errors (service, number);
CREATE TABLE enums (id INTEGER PRIMARY KEY, service INTEGER, shape TEXT, members TEXT,
    operations TEXT, allowed TEXT);
CREATE TABLE parameters (name TEXT COLLATE NOCASE, enum INTEGER,
    PRIMARY KEY (name, enum)) WITHOUT ROWID;
CREATE TABLE enum_values (value TEXT COLLATE NOCASE, enum INTEGER,
    PRIMARY KEY (value, enum)) WITHOUT ROWID;
CREATE TABLE resource_types (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE UNIQUE, body BLOB);
CREATE TABLE properties (name TEXT COLLATE NOCASE, type INTEGER, change INTEGER,
    PRIMARY KEY (name, type)) WITHOUT ROWID;
CREATE TABLE regions (code TEXT PRIMARY KEY, name TEXT, place TEXT, apis TEXT) WITHOUT ROWID;
CREATE TABLE runtimes (name TEXT PRIMARY KEY, deprecated TEXT, create_block TEXT,
    update_block TEXT, successor TEXT) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A row for one of the tables."""

    table: str
    values: tuple[Any, ...]


def write(path: str, rows: Iterable[Row]) -> None:
    """Write a new file. It must not be used before this returns."""
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_TABLES)
        for row in rows:
            places = ",".join("?" * len(row.values))
            connection.execute(f"INSERT OR IGNORE INTO {row.table} VALUES ({places})", row.values)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.commit()
    finally:
        connection.close()


def packed(value: object) -> bytes:
    """A value as compressed JSON."""
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode(), 9)
