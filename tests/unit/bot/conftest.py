"""A store on SQLite or PostgreSQL, with a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.store import Store


class Clock:
    """Seconds since 1970, which stand still until a test changes `now`."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(url: str, clock: Clock) -> Iterator[Store]:
    store = Store(url, clock)
    store.prepare()
    yield store
    store.close()
