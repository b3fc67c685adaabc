"""What is due is planned, and a row that makes no sense stops no other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.posting.planning import PLAN_AHEAD_SECONDS, RETRY_SECONDS, Planner
from bot.quiz.choosing import PastQuestion
from bot.quiz.question import QuizQuestion
from bot.quiz.quizmaster import Quizmaster
from bot.quiz.schedule import EVERY_DAY, Schedule
from bot.quiz.subscription import UNREADABLE, Subscription
from bot.store import Store
from bot.store.deliveries import DeliveryKind
from bot.store.tables import deliveries, people, postings, subscriptions
from bot.team.team_knowledge import TeamKnowledge
from knowledge import KnowledgeBase
from tests.unit.bot.conftest import Clock

DUE = 1_000_800.0
"""Two o'clock of the day on which the clock stands."""
CHANNELS = ("C1", "C2", "C3")
UNSOUND: list[dict[str, Any]] = [
    {"tz": "Mars/Olympus"}, {"tz": "Europe"}, {"tz": ""}, {"tz": "/etc/passwd"},
    {"at": "25:00"}, {"at": "noon"}, {"weekdays": ""}, {"weekdays": "789"}, {"weekdays": "mo"},
    {"reveal": "later"}, {"next_day": "Monday"}, {"next_day": None}, {"next_at": None},
    {"next_day": "9999-12-31"},
]  # fmt: skip


@pytest.fixture
def planner(store: Store, knowledge: KnowledgeBase) -> Planner:
    """Three channels with a daily quiz, whose time has nearly come."""
    for channel in CHANNELS:
        schedule = Schedule(time(14), "UTC", EVERY_DAY, time(17))
        store.subscriptions.save(Subscription("T1", channel, schedule, (), "U1"))
    return Planner(store, Quizmaster(TeamKnowledge(knowledge)))


def planned(store: Store) -> list[str]:
    with store.engine.connect() as db:
        return sorted(db.scalars(select(postings.c.channel)))


def messages(store: Store, kind: str) -> list[Any]:
    with store.engine.connect() as db:
        return list(db.execute(select(deliveries).where(deliveries.c.kind == kind)))


def damage(store: Store, channel: str, **values: Any) -> None:
    where = subscriptions.c.channel == channel
    with store.engine.begin() as db:
        db.execute(update(subscriptions).where(where).values(**values))


def test_questions_are_planned_shortly_before_their_time_and_once(
    store: Store, clock: Clock, planner: Planner
) -> None:
    due = store.subscriptions.get("T1", "C1")
    assert due and due.next
    for before in (60.0, PLAN_AHEAD_SECONDS + 1):
        clock.now = due.next.due_at - before
        planner.plan_questions()
        assert planned(store) == []
    clock.now += 2
    for _ in range(2):
        planner.plan_questions()
    assert planned(store) == list(CHANNELS)
    assert len(messages(store, DeliveryKind.QUESTION)) == 3


@pytest.mark.parametrize("values", UNSOUND, ids=str)
def test_an_unsound_row_is_paused_and_told_once_and_stops_no_other(
    store: Store, clock: Clock, planner: Planner, values: dict[str, Any]
) -> None:
    clock.now = DUE
    damage(store, "C2", **values)
    for _ in range(3):
        planner.plan_questions()
        clock.now += 1
    assert planned(store) == ["C1", "C3"]
    assert [row.channel for row in messages(store, DeliveryKind.PAUSE_NOTICE)] == ["U1"]
    found = store.subscriptions.get("T1", "C2")
    assert found and (found.active, found.paused_for) == (False, UNREADABLE)
    assert len(store.subscriptions.of_person("T1", "U1")) == 3
    store.subscriptions.time_zone("T1", "C2")
    assert store.subscriptions.save(replace(found, active=True))[0].next


class Broken(Quizmaster):
    """Has one bug for a service of its own, and another one for the database to find."""

    def next_question(
        self, services: Collection[str], history: Sequence[PastQuestion], day: date | None = None
    ) -> QuizQuestion | None:
        if "bug" in services:
            raise KeyError("bug")
        question = super().next_question((), history, day)
        return replace(question, options=(b"",)) if question and "odd" in services else question  # type: ignore[arg-type]


@pytest.mark.parametrize("service", ["bug", "odd"])
def test_a_bug_that_one_row_brings_out_stops_no_other_and_pauses_nothing(
    store: Store, clock: Clock, planner: Planner, knowledge: KnowledgeBase, service: str
) -> None:
    clock.now = DUE
    damage(store, "C2", services=service)
    broken = Planner(store, Broken(TeamKnowledge(knowledge)))
    broken.plan_questions()
    assert planned(store) == ["C1", "C3"]
    damage(store, "C2", services="")
    broken.plan_questions()
    assert planned(store) == ["C1", "C3"], "not looked at again for a while"
    clock.now += RETRY_SECONDS + 1
    broken.plan_questions()
    assert planned(store) == list(CHANNELS)
    assert messages(store, DeliveryKind.PAUSE_NOTICE) == []


@pytest.mark.slow
def test_more_than_a_page_is_planned_at_once(store: Store, clock: Clock, planner: Planner) -> None:
    schedule = Schedule(time(14), "UTC", EVERY_DAY, time(17))
    many = [f"D{number:04}" for number in range(501)]
    for channel in many:
        store.subscriptions.save(Subscription("T1", channel, schedule, (), "U1"))
    clock.now = DUE
    planner.plan_questions()
    assert planned(store) == sorted([*CHANNELS, *many])


def test_people_whose_time_zone_is_none_are_reminded_by_utc_and_stop_nobody(
    store: Store, clock: Clock, planner: Planner
) -> None:
    for user in ("U1", "U2", "U3"):
        store.people.put_card("T1", user, "sqs-message-size", "{}", 0.0)
        store.people.change("T1", user, reminded=True, next_at=clock.now - 1)
    with store.engine.begin() as db:
        db.execute(update(people).where(people.c.user == "U2").values(tz="Mars/Olympus"))
    for _ in range(2):
        planner.plan_reminders()
    assert sorted(row.channel for row in messages(store, DeliveryKind.REMINDER)) == [
        "U1",
        "U2",
        "U3",
    ]
    following = store.people.get("T1", "U2").next_at
    assert following and following % 86_400 == 9 * 3600
