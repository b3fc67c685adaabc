"""The database that the settings name, or a sentence that says why it can't be used."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from bot.store import Store


def open_store(settings: Settings, now: Callable[[], float] = time.time) -> Store:
    """A store that is up to date, or will be as soon as its PostgreSQL server can be reached.

    `now` returns seconds since 1970. Raises SettingsError if waiting won't help.
    """
    from bot.store import Store

    store = Store(settings.database_url, now, settings.lease)
    with explained(store):
        store.prepare_when_there()
    return store


@contextmanager
def explained(store: Store) -> Iterator[None]:
    """Turn a StoreError into a SettingsError that says what to do."""
    from bot.store import StoreError

    try:
        yield
    except StoreError as error:
        problem = store.explain(error)
        raise SettingsError(f"Can't use the database at DATABASE_URL: {problem}") from error
