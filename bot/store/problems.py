"""Explain what is wrong with a database and what to do next, without revealing secrets."""

from __future__ import annotations

import re
from typing import NamedTuple

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from bot.store.migrate import NewerDatabaseError
from bot.store.sqlite_file import file_problem, sqlite_path

NEWER = (
    "it was last used by a newer version of factbot. Install that version again, "
    "or restore a backup from before the upgrade."
)


class Problem(NamedTuple):
    """`pattern` matches the driver's message; `lasting` means that waiting won't help."""

    pattern: str
    sentence: str
    lasting: bool = False


_PROBLEMS = (
    Problem(
        r"password|authentication|role \".*\" does not exist",
        "PostgreSQL rejects the user name or the password. Check both, and write special "
        "characters in them as codes: @ as %40, % as %25.",
        lasting=True,
    ),
    Problem(
        r"database \".*\" does not exist",
        "the server has no database with that name. Create it, or check the name.",
        lasting=True,
    ),
    Problem(
        r"invalid connection option",
        "PostgreSQL doesn't know the option {option}. Remove it from the address.",
        lasting=True,
    ),
    Problem(
        r"invalid \w+ value|invalid port|invalid integer",
        "PostgreSQL doesn't accept the value of one of the options. Check what follows ?.",
        lasting=True,
    ),
    Problem(
        r"resolve host|translate host name",
        "there is no host {host}. Check its spelling.",
    ),
    Problem(
        r"SSL|certificate|pg_hba",
        "PostgreSQL rejects this kind of connection. Check sslmode in the address, and what the "
        "server allows.",
    ),
    Problem(
        r"Connection refused|No such file",
        "no PostgreSQL is listening at {place}. Start it, or check the host and port.",
    ),
    Problem(
        r"timeout|timed out|unreachable|No route",
        "{place} doesn't answer. Check the host, port, and firewall.",
    ),
    Problem(
        r"too many|connection slots",
        "PostgreSQL has no free connections. Close some, or raise max_connections.",
    ),
    Problem(
        r"starting up|shutting down|recovery",
        "PostgreSQL is just starting or stopping. Try again in a minute.",
    ),
    Problem(
        r"permission denied for schema|no schema has been selected",
        "its user isn't allowed to create tables. Ask the owner to grant USAGE and CREATE on the "
        "schema.",
        lasting=True,
    ),
    Problem(
        r"read-only transaction",
        "the server is read-only. Use the address of the primary server.",
    ),
    Problem(
        r"unable to open",
        "SQLite can't create or open the file there. Name a file in another folder.",
    ),
    Problem(
        r"not a database|encrypted",
        "the file isn't an SQLite database. Name another file.",
    ),
    Problem(
        r"malformed|corrupt",
        "the file is damaged. Restore a backup.",
    ),
    Problem(
        r"is locked",
        "another process has it locked. Stop that process, or try again later.",
    ),
    Problem(r"is full|No space", "the disk is full. Free up some space."),
    Problem(r"readonly database", "the file is read-only. Make it writable, or name another file."),
)


def explain(error: Exception, url: URL) -> str:
    """One or two sentences; the first one begins in lower case."""
    if isinstance(error, NewerDatabaseError):
        return NEWER
    path = sqlite_path(url.render_as_string(hide_password=False))
    if path and (problem_text := file_problem(path)):
        return problem_text
    problem = _find(error)
    if problem is None:
        kind = type(error).__name__
        return f"it answers with an error that factbot doesn't know ({kind}). Check its log."
    option = re.search(r'option "(\w+)"', _words(error))
    host = url.host or str(url.query.get("host", "localhost"))
    return problem.sentence.format(
        option=option[1] if option else "after ?", host=host, place=f"{host}:{url.port or 5432}"
    )


def is_lasting(error: Exception) -> bool:
    """Whether someone has to fix something before the database can be used."""
    problem = _find(error)
    return isinstance(error, NewerDatabaseError) or (problem is not None and problem.lasting)


def _find(error: Exception) -> Problem | None:
    words = _words(error)
    return next((problem for problem in _PROBLEMS if re.search(problem.pattern, words)), None)


def _words(error: Exception) -> str:
    return str(error.orig) if isinstance(error, DBAPIError) else str(error)
