"""The same promises on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, func, inspect, select

from bot.quiz.question import QuizQuestion
from bot.store import Conversation, Store, Votes, migrations
from bot.store.metadata import metadata
from bot.store.migrate import migrate, revisions
from bot.store.people import Lookup
from bot.store.process_tables import oauth_states
from bot.store.pruning import (
    CLAIM_RETENTION_SECONDS,
    CONVERSATION_RETENTION_SECONDS,
    LOOKUP_RETENTION_SECONDS,
)
from bot.store.tables import claims, conversations, deliveries, exercises, lookups
from tests.unit.bot.conftest import Clock


def test_migrations_make_the_tables_that_the_code_uses(url: str, store: Store) -> None:
    engine = create_engine(url)
    found = inspect(engine)
    for table in metadata.sorted_tables:
        columns = {column["name"]: column for column in found.get_columns(table.name)}
        assert set(columns) == {column.name for column in table.columns}
        assert all(columns[c.name]["nullable"] == c.nullable for c in table.columns)
        keys = found.get_pk_constraint(table.name)["constrained_columns"]
        assert keys == [column.name for column in table.primary_key]
    engine.dispose()


@pytest.mark.parametrize("release", [f"{number:04}" for number in range(1, 9)])
def test_a_database_of_any_release_is_brought_up_to_date_and_keeps_what_it_holds(
    empty_url: str, release: str
) -> None:
    store = Store(empty_url)
    migrate(store.engine, release)
    assert not store.is_current()
    store.note_feedback("T1", "U1", "sqs-retention", helpful=True)
    store.prepare()
    assert store.is_current()
    assert Votes("sqs-retention", helpful=1, wrong=0) in store.votes()
    store.prepare()
    store.close()


def test_the_names_of_migration_files_are_their_numbers_in_order() -> None:
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    numbers = [script.revision for script in scripts.walk_revisions()]
    assert [*reversed(numbers)] == revisions()


@pytest.mark.slow
def test_alembic_is_imported_only_where_tables_change(prepared_database: Path) -> None:
    code = (
        "import sys, bot.app; from bot.store import Store; "
        f"Store('sqlite:///{prepared_database}').prepare(); print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    stores = [Store(empty_url) for _ in range(4)]
    failed = []

    def prepare(store: Store) -> None:
        try:
            store.prepare()
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=prepare, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    for store in stores:
        store.close()


def test_of_many_at_once_one_gets_the_claim(store: Store) -> None:
    won: list[bool] = []
    threads = [
        threading.Thread(target=lambda: won.append(store.claim("event", "Ev1"))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 7 + [True]


def test_a_claim_of_another_kind_or_key_is_free(store: Store) -> None:
    assert store.claim("event", "1") and store.claim("share", "1") and store.claim("event", "2")
    assert store.claim("event", "") and store.claim("event", "")


def test_a_released_claim_can_be_had_again(store: Store) -> None:
    store.claim("share", "1")
    store.release("share", "1")
    assert store.claim("share", "1")


def test_old_claims_are_forgotten(store: Store, clock: Clock) -> None:
    store.claim("event", "1")
    clock.now += CLAIM_RETENTION_SECONDS - 1
    assert not store.claim("event", "1")
    clock.now += 2
    assert store.claim("event", "1")


def test_a_question_is_remembered_for_a_follow_up_only(store: Store, clock: Clock) -> None:
    here, there = Conversation("T1", "C1", "1.1"), Conversation("T1", "C1", "")
    store.remember_answer(here, "first")
    store.remember_answer(here, "second")
    assert store.last_answer(here) == "second"
    assert store.last_answer(there) is None
    clock.now += CONVERSATION_RETENTION_SECONDS + 1
    assert store.last_answer(here) is None
    store.remember_answer(there, "third")
    clock.now -= CONVERSATION_RETENTION_SECONDS + 1
    assert store.last_answer(here) is None


def test_one_opinion_a_person_and_fact(store: Store) -> None:
    for helpful in (True, False, True):
        store.note_feedback("T1", "U1", "f", helpful)
    store.note_feedback("T1", "U2", "f", False)
    store.note_feedback("T2", "U1", "f", False)
    assert Votes("f", helpful=1, wrong=2) in store.votes()


def test_odd_text_survives(store: Store) -> None:
    here = Conversation("T1", "C1", "")
    text = "\U0001f600 '; DROP TABLE claims; -- \\"
    store.remember_answer(here, text)
    assert store.last_answer(here) == text


def test_what_is_kept_for_a_while_goes_when_its_time_is_over(store: Store, clock: Clock) -> None:
    store.claim("event", "1")
    store.remember_answer(Conversation("T1", "C1", ""), "q")
    store.people.note_lookups({Lookup("T1", "U1", "f"): 1}, "{}", 0.0)
    store.people.add_exercise("T1", "U1", QuizQuestion("f", "s3", "?", ("a", "b", "c", "d"), 1))
    store.deliveries.add("notice", "done", "T1", "U1", clock.now)
    store.deliveries.add("notice", "open", "T1", "U1", clock.now)
    done = store.deliveries.claim_one("notice", "done")
    assert done
    store.deliveries.finish(done, "told")
    with store.engine.begin() as db:
        expired = datetime.fromtimestamp(clock.now + 60, UTC).replace(tzinfo=None)
        db.execute(oauth_states.insert().values(state="s", expire_at=expired))
    tables = (claims, conversations, lookups, exercises, deliveries, oauth_states)

    def counts() -> list[int]:
        with store.engine.connect() as db:
            return [db.scalar(select(func.count()).select_from(t)) or 0 for t in tables]

    store.prune()
    assert counts() == [1, 1, 1, 1, 2, 1]
    clock.now += LOOKUP_RETENTION_SECONDS + 1
    store.prune()
    assert counts() == [0, 0, 0, 0, 1, 0]
