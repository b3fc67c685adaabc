"""Unanswered questions are counted without names, told apart by workspace, and kept for a while."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import MetaData, select

from bot.answers.batching import MAX_WAITING_ITEMS, BatchWriter
from bot.curating.gap_groups import group_gaps
from bot.store import Store
from bot.store.curation_tables import gap_people, gap_watchers, gaps
from bot.store.deliveries import DeliveryKind
from bot.store.erasing import gap_person, old_gap_person
from bot.store.gaps import AskedQuestion, WatchedGap
from tests.unit.bot.conftest import Clock

DAY = 86_400.0
TEXT = "can a queue sing"


def ask(store: Store, *users: str, text: str = TEXT, team: str = "T1") -> None:
    now = store.now()
    store.gaps.note([AskedQuestion(team, user, text, now) for user in users])


def watch(store: Store, user: str, channel: str = "C1", thread: str = "", team: str = "T1") -> None:
    store.gaps.watch(AskedQuestion(team, user, TEXT, store.now()), channel, thread)


def everything(store: Store) -> str:
    tables = MetaData()
    tables.reflect(store.engine)
    with store.engine.connect() as db:
        return str([db.execute(select(table)).all() for table in tables.sorted_tables])


def test_askings_and_people_are_counted_and_nobody_is_named(store: Store, clock: Clock) -> None:
    ask(store, "U0ANN", "U0ANN", "U0BEN")
    clock.now += 60
    ask(store, "U0ANN")
    ask(store, "U0CYD", text="other")
    first, second = store.gaps.wordings("T1")
    assert (first.question, first.people, first.times) == (TEXT, 2, 4)
    assert (first.latest_at, second.question) == (clock.now, "other")
    assert not any(user in everything(store) for user in ("U0ANN", "U0BEN", "U0CYD"))


def test_whoever_asks_the_same_in_two_wordings_counts_once(store: Store) -> None:
    ask(store, "U0ANN", text="can a queue sing")
    ask(store, "U0ANN", "U0BEN", text="can a queue sing?")
    store.fact_requests.add("T1", "U0BEN", "can a queue sing")
    ask(store, "U0ANN", team="T2")
    (group,) = group_gaps(store.gaps.wordings("T1"))
    assert (len(group.wordings), group.people, group.times) == (2, 2, 4)
    (everywhere,) = group_gaps(store.gaps.wordings())
    assert everywhere.people == 3, "in another workspace, an ID is another person's"


def test_what_an_older_version_stored_of_a_person_counts_once_and_is_erased(store: Store) -> None:
    ask(store, "U0BEN", "U0ANN")
    with store.engine.begin() as db:
        (gap,) = db.scalars(select(gaps.c.id))
        db.execute(gap_people.delete().where(gap_people.c.person == gap_person("T1", "U0ANN")))
        row = {"team": "T1", "gap": gap, "person": old_gap_person("T1", gap, "U0ANN")}
        db.execute(gap_people.insert().values(row))
    (wording,) = store.gaps.wordings("T1")
    assert wording.people == 2
    store.people.erase("T1", "U0ANN")
    (wording,) = store.gaps.wordings("T1")
    assert wording.people == 1
    with store.engine.begin() as db:
        db.execute(gap_people.insert().values(row | {"person": old_gap_person("T1", gap, "U0BEN")}))
    ask(store, "U0BEN")
    (wording,) = store.gaps.wordings("T1")
    assert wording.people == 1


def test_a_request_counts_as_asking_once_a_person(store: Store) -> None:
    ask(store, "U0ANN", "U0BEN")
    store.fact_requests.add("T1", "U0ANN", TEXT)
    store.fact_requests.add("T1", "U0CYD", TEXT)
    (found,) = store.gaps.wordings("T1")
    assert (found.people, found.times) == (3, 3)


def test_requests_from_before_there_were_gaps_count_too(store: Store) -> None:
    store.fact_requests.add("T1", "U0ANN", TEXT)
    with store.engine.begin() as db:
        db.execute(gaps.delete())
        db.execute(gap_people.delete())
    (found,) = store.gaps.wordings()
    assert (found.question, found.people, found.times) == (TEXT, 1, 1)


def test_a_workspace_sees_its_own_questions_alone(store: Store) -> None:
    ask(store, "U0ANN")
    ask(store, "U0ANN", text="secret plans", team="T2")
    store.fact_requests.add("T2", "U0ANN", "more plans")
    assert [found.question for found in store.gaps.wordings("T1")] == [TEXT]
    assert {found.question for found in store.gaps.wordings("T2")} == {"secret plans", "more plans"}
    gap = store.gaps.watched() or [WatchedGap(1, "T1", TEXT)]
    assert store.gaps.get("T2", gap[0].id) is None
    store.forget_team("T2")
    assert store.gaps.wordings("T2") == []
    assert len(store.gaps.wordings()) == 1


def test_questions_are_kept_for_180_days_after_they_were_last_asked(
    store: Store, clock: Clock
) -> None:
    ask(store, "U0ANN")
    watch(store, "U0ANN")
    clock.now += 100 * DAY
    ask(store, "U0BEN", text="other")
    clock.now += 81 * DAY
    store.prune()
    assert [found.question for found in store.gaps.wordings()] == ["other"]
    with store.engine.connect() as db:
        assert len(db.execute(select(gap_people)).all()) == 1
        assert db.execute(select(gap_watchers)).all() == []


def test_what_a_process_still_held_of_an_erased_person_is_not_written(
    store: Store, clock: Clock
) -> None:
    held = AskedQuestion("T1", "U0ANN", TEXT, clock.now)
    clock.now += 1
    store.people.erase("T1", "U0ANN")
    store.gaps.note([held, AskedQuestion("T1", "U0BEN", "other", clock.now)])
    assert [found.question for found in store.gaps.wordings("T1")] == ["other"]


def test_erasing_takes_a_person_out_of_the_count_and_of_those_who_wait(store: Store) -> None:
    ask(store, "U0ANN", "U0BEN")
    watch(store, "U0ANN")
    watch(store, "U0BEN")
    (gap,) = store.gaps.watched()
    store.gaps.answer(gap, "some-fact")
    store.people.erase("T1", "U0ANN")
    with store.engine.connect() as db:
        assert len(db.execute(select(gap_people)).all()) == 1
        assert db.scalars(select(gap_watchers.c.user)).all() == ["U0BEN"]
    assert [d.subject.split(":")[1] for d in store.deliveries.claim(9)] == ["U0BEN"]


def test_of_several_processes_one_plans_to_tell_everybody_once(store: Store) -> None:
    watch(store, "U0ANN", "C1", "1.5")
    watch(store, "U0BEN", "U0BEN")
    (gap,) = store.gaps.watched()
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda _: store.gaps.answer(gap, "some-fact"), range(8)))
    assert sum(won) == 1
    planned = store.deliveries.claim(9)
    assert {(d.kind, d.channel) for d in planned} == {
        (DeliveryKind.ANSWERED, "C1"), (DeliveryKind.ANSWERED, "U0BEN"),
    }  # fmt: skip
    assert len(planned) == 2 and store.gaps.watched() == [] == store.gaps.wordings("T1")


def test_whoever_waits_again_is_told_again_and_others_are_not(store: Store, clock: Clock) -> None:
    watch(store, "U0ANN")
    watch(store, "U0BEN")
    (gap,) = store.gaps.watched()
    store.gaps.answer(gap, "some-fact")
    for delivery in store.deliveries.claim(9):
        store.gaps.stop_watching("T1", gap.id, delivery.subject.split(":")[1])
        store.deliveries.finish(delivery, "posted")
    clock.now += DAY
    watch(store, "U0ANN")
    assert store.gaps.watched() == [gap]
    store.gaps.answer(gap, "some-fact")
    assert [d.subject.split(":")[1] for d in store.deliveries.claim(9)] == ["U0ANN"]


def test_a_full_memory_drops_the_oldest_and_a_bad_batch_stops_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    written: list[Any] = []

    def write(items: list[int]) -> None:
        if items == [7]:
            raise ValueError("secret text")
        written.extend(items)

    writer: BatchWriter[int] = BatchWriter(write, "numbers")
    for number in range(MAX_WAITING_ITEMS + 5):
        writer.add(number)
    writer.write()
    assert (len(written), written[0]) == (MAX_WAITING_ITEMS, 5)
    writer.add(7)
    writer.write()
    assert "could not write numbers" in caplog.text
    writer.add(8)
    writer.close()
    assert written[-1] == 8
