"""Erasing beside other transactions, on either engine."""

from __future__ import annotations

import threading

from sqlalchemy import func, select

from bot.store import Store
from bot.store.engine import upsert
from bot.store.erasing import CLOCK_SKEW_SECONDS, erased_lately
from bot.store.people import Lookup
from bot.store.tables import lookups
from tests.unit.bot.conftest import Clock

LOOKUP = {"team": "T1", "user": "U1", "fact": "f", "count": 1, "last_at": 1.0}


def count(store: Store) -> int:
    with store.engine.connect() as db:
        return db.scalar(select(func.count()).select_from(lookups)) or 0


def test_a_write_that_has_begun_is_waited_for_and_erased_too(store: Store) -> None:
    erasing = threading.Thread(target=store.people.erase, args=("T1", "U1"))
    with store.engine.begin() as db:
        assert erased_lately(db, [("T1", "U1")]) == {}
        erasing.start()
        erasing.join(0.5)
        assert erasing.is_alive()
        upsert(db, lookups, LOOKUP)
    erasing.join(20)
    assert not erasing.is_alive()
    assert count(store) == 0


def test_only_what_was_noted_before_is_void(store: Store, clock: Clock) -> None:
    lookup, before = Lookup("T1", "U1", "f"), clock.now
    store.people.erase("T1", "U1")
    after = clock.now + CLOCK_SKEW_SECONDS + 1
    for moments, rows in (([before], 0), ([before, after], 1)):
        noted = {lookup: moments, Lookup("T2", "U1", "f"): [before]}
        store.people.note_lookups({lookup: len(moments)}, "{}", 0.0, noted)
        with store.engine.connect() as db:
            rows_found = db.execute(select(lookups.c.team, lookups.c.count))
            counts = {team: number for team, number in rows_found}
        assert counts.get("T1", 0) == rows
    assert counts["T2"] == 2


def test_who_has_a_longer_id_that_contains_it_keeps_everything(store: Store) -> None:
    for user in ("U1", "U12"):
        assert store.claim("share", f"T1:1.1:{user}:f")
        assert store.deliveries.add("reminder", f"T1:{user}:3", "T1", f"D{user}", 0.0)
    store.people.erase("T1", "U1")
    assert not store.is_claimed("share", "T1:1.1:U1:f")
    assert store.is_claimed("share", "T1:1.1:U12:f")
    assert [item.channel for item in store.deliveries.claim(5)] == ["DU12"]
