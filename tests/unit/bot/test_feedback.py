"""`factbot feedback` over a real database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.store import Store, Votes
from tests.unit.bot.test_cli import run

pytestmark = pytest.mark.slow


def test_votes_are_counted_over_all_teams_the_most_often_wrong_first(store: Store) -> None:
    for team, user, fact, helpful in (
        ("T1", "U1", "sqs-retention", True), ("T1", "U2", "sqs-retention", True),
        ("T1", "U1", "apigw-429", False), ("T2", "U1", "apigw-429", False),
        ("T2", "U2", "apigw-429", True), ("T1", "U3", "gone", True), ("T1", "U3", "gone", False),
    ):  # fmt: skip
        store.note_feedback(team, user, fact, helpful)
    assert store.votes() == [
        Votes("apigw-429", 1, 2), Votes("gone", 0, 1), Votes("sqs-retention", 2, 0),
    ]  # fmt: skip


def test_the_command_lists_facts_and_names_nobody(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/factbot.db"
    store = Store(url)
    store.prepare()
    store.note_feedback("T1", "U0ANN", "apigw-429", False)
    store.note_feedback("T1", "U0ANN", "gone", True)
    store.close()
    done = run("feedback", environ={"DATABASE_URL": url})
    first, second = done.stdout.decode().splitlines()
    assert first.split()[:5] == ["1", "wrong", "0", "helpful", "apigw-429"] and "429" in first
    assert second.endswith("gone  (fact removed)")
    assert b"U0ANN" not in done.stdout and b"T1" not in done.stdout
    listed = json.loads(run("feedback", "--json", environ={"DATABASE_URL": url}).stdout)
    assert [(item["id"], item["helpful"], item["wrong"]) for item in listed] == [
        ("apigw-429", 0, 1), ("gone", 1, 0),
    ]  # fmt: skip
    assert set(listed[0]) == {"id", "title", "helpful", "wrong"}


def test_without_a_database_there_is_none_afterwards_either(tmp_path: Path) -> None:
    done = run("feedback", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"No feedback yet.\n")
    assert list(tmp_path.glob("*.db*")) == []


def test_a_database_that_cannot_be_used_is_explained(tmp_path: Path) -> None:
    done = run("feedback", environ={"DATABASE_URL": "postgres://127.0.0.1:1/x"})
    assert done.returncode == 2
    assert b"DATABASE_URL" in done.stderr and b"Traceback" not in done.stderr
