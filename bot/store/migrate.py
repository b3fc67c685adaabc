"""Bring a database to the newest version of the tables, from any older one."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_282_733


def migrate(engine: Engine, to: str = "head") -> None:
    """Run what is missing. Processes that start together wait for each other."""
    with engine.begin() as db:
        if engine.dialect.name == "postgresql":
            db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        command.upgrade(_config(db), to)


def is_current(engine: Engine) -> bool:
    """Whether the database has the tables that this version uses."""
    with engine.connect() as db:
        found = MigrationContext.configure(db).get_current_revision()
    return found == ScriptDirectory(str(_MIGRATIONS)).get_current_head()


def _config(db: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = db
    return config
