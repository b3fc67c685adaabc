"""The database that the settings name, or a sentence that says why it can't be used."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from bot.store import Store

T = TypeVar("T")


def open_store(settings: Settings, now: Callable[[], float] = time.time) -> Store:
    """A store that is up to date, or will be as soon as its PostgreSQL server can be reached.

    `now` returns seconds since 1970. Raises SettingsError if waiting won't help.
    """
    from bot.store import Store

    store = Store(settings.database_url, now, settings.lease)
    with explained(store):
        store.prepare_when_there()
    return store


def read_rows(url: str, read: Callable[[Store], list[T]]) -> list[T]:
    """What `read` finds in the database; nothing, and no new file, if its file doesn't exist.

    Raises SettingsError if the database can't be read.
    """
    from bot.store import Store, sqlite_path

    path = sqlite_path(url)
    if path is not None and not path.exists():
        return []
    store = Store(url)
    try:
        with explained(store):
            return read(store)
    finally:
        store.close()


@contextmanager
def explained(store: Store) -> Iterator[None]:
    """Turn a StoreError into a SettingsError that says what to do."""
    from bot.store import StoreError

    try:
        yield
    except StoreError as error:
        problem = store.explain(error)
        raise SettingsError(f"Can't use the database at DATABASE_URL: {problem}") from error
