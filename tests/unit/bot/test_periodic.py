"""Work that is done once in a while."""

from __future__ import annotations

import pytest

from bot.posting.periodic import Periodic


def test_work_is_done_at_once_and_then_once_in_a_while() -> None:
    now, done = [100.0], []
    periodic = Periodic(lambda: done.append(now[0]), 60.0, lambda: now[0])
    for now[0] in (100.0, 101.0, 159.9, 160.0, 161.0, 500.0):
        periodic()
    assert done == [100.0, 160.0, 500.0]


def test_failed_work_waits_for_its_turn_like_any_other() -> None:
    now, tries = [100.0], []

    def fail() -> None:
        tries.append(now[0])
        raise ValueError

    periodic = Periodic(fail, 60.0, lambda: now[0])
    with pytest.raises(ValueError):
        periodic()
    now[0] = 101.0
    periodic()
    assert tries == [100.0]
