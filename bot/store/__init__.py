"""Everything that outlives a request. The only package that knows SQL."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError as StoreError

from bot.store.engine import is_away
from bot.store.migrate import NewerDatabaseError, Version
from bot.store.problems import NEWER
from bot.store.sqlite_file import file_problem, sqlite_path
from bot.store.store import Conversation, Store, Votes

__all__ = [
    "NEWER", "Conversation", "NewerDatabaseError", "Store", "StoreError", "Version",
    "Votes", "file_problem", "is_away", "sqlite_path",
]  # fmt: skip
