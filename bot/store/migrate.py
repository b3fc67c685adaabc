"""Upgrade a database to the current tables, from any older version."""

from __future__ import annotations

from enum import Enum
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from bot.store.engine import reading

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_282_733


class NewerDatabaseError(SQLAlchemyError):
    """A newer version of factbot has changed the tables; this one does not know them."""


class Version(Enum):
    """How a database's tables compare with those of this version."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


def migrate(engine: Engine, to: str = "head") -> None:
    """Run the missing migrations. Processes that start together wait for each other.

    Raises NewerDatabaseError for a database of a newer version, and doesn't touch it.
    """
    with engine.begin() as db:
        if engine.dialect.name == "postgresql":
            db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        found = _version(db)
        if found is Version.NEWER:
            raise NewerDatabaseError("the database is of a newer version")
        if found is Version.CURRENT:
            return
        _upgrade(db, to)


def version(engine: Engine) -> Version:
    """Which version the tables have."""
    with reading(engine) as db:
        return _version(db)


def is_current(engine: Engine) -> bool:
    """Whether the database has the tables that this version uses."""
    return version(engine) is Version.CURRENT


def _version(db: Connection) -> Version:
    if not inspect(db).has_table("alembic_version"):
        return Version.EMPTY
    found = db.scalar(text("SELECT version_num FROM alembic_version"))
    if found is None:
        return Version.EMPTY
    known = revisions()
    if found == known[-1]:
        return Version.CURRENT
    return Version.OLDER if found in known else Version.NEWER


@cache
def revisions() -> list[str]:
    """The migrations' numbers, which begin their files' names, oldest first."""
    files = (_MIGRATIONS / "versions").glob("[0-9]*_*.py")
    return sorted(file.name.partition("_")[0] for file in files)


def _upgrade(db: Connection, to: str) -> None:
    # A tenth of a second to import, and most processes find their tables up to date.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = db
    command.upgrade(config, to)
