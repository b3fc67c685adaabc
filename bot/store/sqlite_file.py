"""The file of an SQLite database: private to our user, and readable without leaving traces."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event, make_url

OWNER_ONLY_MODE = 0o600
"""Mode of a new file; SQLite gives its -wal, -shm and -journal the same.

https://www.sqlite.org/wal.html
"""


def sqlite_path(url: str) -> Path | None:
    """The file of an SQLite database; None for PostgreSQL and for a database in memory."""
    parsed = make_url(url)
    name = parsed.database
    if parsed.get_backend_name() != "sqlite" or not name or name == ":memory:":
        return None
    return Path(name).absolute()


def file_problem(path: Path) -> str | None:
    """Say why a database can't be there; None if it exists or can be created."""
    folder = path.parent
    if path.is_dir():
        return f"{path} is a folder. Name a file in it."
    if path.exists() and not path.is_file():
        return f"{path} is a pipe, socket, or device. Name a regular file."
    if not folder.is_dir():
        return f"there is no folder {folder}. Create it, or name a file in another one."
    if not os.access(folder, os.W_OK):
        return f"factbot isn't allowed to write in the folder {folder}. Allow it, or name another."
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        return f"factbot isn't allowed to read and write {path}. Allow it, or name another file."
    return None


def create_private_file(_dialect: Any, _record: Any, arguments: list[Any], _options: Any) -> None:
    """Create the file before SQLite opens it (`do_connect`), whatever the umask is.

    If that fails, SQLite itself will say what is wrong.
    """
    name = str(arguments[0])
    if name and name != ":memory:" and not name.startswith("file:"):
        with suppress(OSError):
            os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY_MODE))


def open_read_only(path: Path) -> Engine:
    """An engine that only reads, and creates no files."""

    def connect() -> sqlite3.Connection:
        # Reading a database in WAL mode creates a -wal and a -shm file, unless it is immutable.
        # Without a -wal, nobody has it open. https://www.sqlite.org/wal.html#read_only_databases
        frozen = "" if Path(f"{path}-wal").exists() else "&immutable=1"
        address = f"file:{quote(str(path))}?mode=ro{frozen}"
        return sqlite3.connect(
            address, uri=True, isolation_level=None, check_same_thread=False, timeout=5
        )

    engine = create_engine("sqlite://", creator=connect, hide_parameters=True)
    event.listen(engine, "begin", lambda db: db.exec_driver_sql("BEGIN"))
    return engine
