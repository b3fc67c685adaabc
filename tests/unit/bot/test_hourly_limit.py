"""How much a person may write in an hour."""

from __future__ import annotations

import threading

from bot.curating.hourly_limit import MAX_PER_HOUR, HourlyLimit, Limited, over_limit
from bot.store import Store
from tests.unit.bot.conftest import Clock

ANN = ("T1", "U0ANN")


def test_ten_an_hour_for_each_person_and_kind(store: Store, clock: Clock) -> None:
    limit = HourlyLimit(store)
    for _ in range(MAX_PER_HOUR):
        assert limit.allows(*ANN, Limited.REPORTS)
        clock.now += 60
    assert not limit.allows(*ANN, Limited.REPORTS)
    assert limit.allows(*ANN, Limited.NOTES)
    assert limit.allows("T1", "U0BEN", Limited.REPORTS)
    assert limit.allows("T2", "U0ANN", Limited.REPORTS)
    clock.now += 3600 - 60 * MAX_PER_HOUR
    assert limit.allows(*ANN, Limited.REPORTS), "an hour after the first one"
    assert not limit.allows(*ANN, Limited.REPORTS)
    assert over_limit(Limited.REPORTS).startswith("That's 10 reports in an hour")


def test_whoever_writes_at_the_same_time_shares_the_limit(store: Store) -> None:
    allowed: list[bool] = []

    def use() -> None:
        for _ in range(5):
            allowed.append(HourlyLimit(store).allows(*ANN, Limited.SUGGESTIONS))

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(allowed) == [False] * 10 + [True] * MAX_PER_HOUR


def test_erasing_a_person_erases_what_is_counted(store: Store) -> None:
    limit = HourlyLimit(store)
    while limit.allows(*ANN, Limited.NOTES):
        pass
    store.people.erase(*ANN)
    assert limit.allows(*ANN, Limited.NOTES)
