"""Claims of messages, and answers, by many at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from itertools import permutations

import pytest
from sqlalchemy import Connection, event, select

from bot.quiz.question import QuizQuestion
from bot.quiz.schedule import Schedule
from bot.quiz.subscription import Subscription
from bot.store import Conversation, Store, Votes
from bot.store.curation_tables import curator_messages, curators, gap_watchers
from bot.store.deliveries import DeliveryKind, DeliveryOutcome
from bot.store.metadata import metadata
from bot.store.people import Lookup
from bot.store.quiz_answers import AnswerOutcome
from bot.store.replies import Audience, OutgoingReply
from bot.store.tables import TEAM_TABLES, streaks
from tests.unit.bot.conftest import Clock

OPTIONS = ("1 s", "20 s", "1 min", "1 h")
QUIZ_QUESTION = QuizQuestion("sqs-long-polling", "sqs", "How long?", OPTIONS, right_index=1)
SUBSCRIPTION = Subscription("T1", "C1", Schedule(time(9, 30), "UTC"), (), "U1")
DAY = date(2026, 11, 23)


@pytest.fixture
def other(url: str, clock: Clock, store: Store) -> Iterator[Store]:
    """A second process on the same database."""
    other = Store(url, clock)
    yield other
    other.close()


def plan(store: Store, day: date = DAY) -> int:
    now = store.now()
    posting = store.postings.plan(
        SUBSCRIPTION, day, QUIZ_QUESTION, due_at=now, reveal_at=now + 3600
    )
    assert posting
    return posting


def test_a_message_is_planned_once(store: Store) -> None:
    assert store.deliveries.add("notice", "1", "T1", "U1", 0.0)
    assert not store.deliveries.add("notice", "1", "T1", "U1", 0.0)


def test_a_message_is_claimed_by_one_process(store: Store, other: Store) -> None:
    plan(store)
    assert [item.kind for item in store.deliveries.claim(5)] == [DeliveryKind.QUESTION]
    assert other.deliveries.claim(5) == []


@pytest.fixture
def small_table_plans(store: Store) -> None:
    """PostgreSQL plans as it does once it knows that our tables are almost empty."""
    if store.engine.dialect.name == "postgresql":
        disabled = ("hashagg", "hashjoin", "material", "mergejoin", "sort")

        @event.listens_for(store.engine, "begin")
        def disable(db: Connection) -> None:
            for method in disabled:
                db.exec_driver_sql(f"SET LOCAL enable_{method} = off")


@pytest.mark.usefixtures("small_table_plans")
def test_a_claim_takes_no_more_than_its_limit(store: Store) -> None:
    for number in range(3):
        store.deliveries.add("notice", str(number), "T1", "U1", 0.0)
        reply = OutgoingReply("T1", "U1", "C1", "", {"text": "hi"}, Audience.EVERYONE, 0.0)
        store.replies.add(reply, 0.0)
    assert [len(store.deliveries.claim(2)) for _ in range(3)] == [2, 1, 0]
    assert [len(store.replies.claim(2)) for _ in range(3)] == [2, 1, 0]


def test_what_is_planned_again_while_it_is_sent_is_sent_again(store: Store, clock: Clock) -> None:
    posting = plan(store)
    (question,) = store.deliveries.claim(5)
    store.deliveries.finish(question, DeliveryOutcome.POSTED)
    store.answers.record(posting, "U1", 0)
    store.answers.record(posting, "U2", 0)
    clock.now += 2
    (count,) = store.deliveries.claim(5)
    assert store.deliveries.begin_call(count, 10)
    store.answers.record(posting, "U3", 0)
    store.deliveries.finish(count, DeliveryOutcome.EDITED)
    assert store.deliveries.claim(5) == []
    clock.now += 2
    (again,) = store.deliveries.claim(5)
    assert (again.id, again.attempts, again.called_at) == (count.id, 1, None)
    store.deliveries.finish(again, DeliveryOutcome.EDITED)
    clock.now += 100
    assert store.deliveries.claim(5) == []


def test_many_claim_at_once_and_each_message_goes_to_one(url: str, clock: Clock) -> None:
    stores = [Store(url, clock) for _ in range(4)]
    stores[0].prepare()
    for number in range(40):
        stores[0].deliveries.add("notice", str(number), "T1", "U1", clock.now - number)
    claimed: list[str] = []
    lock = threading.Lock()

    def work(store: Store) -> None:
        while found := store.deliveries.claim(3):
            with lock:
                claimed.extend(item.subject for item in found)

    threads = [threading.Thread(target=work, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        store.close()
    assert sorted(claimed, key=int) == [str(number) for number in range(40)]


def test_the_latest_is_claimed_first(store: Store) -> None:
    for late in (10, 30, 20):
        store.deliveries.add("notice", str(late), "T1", "U1", store.now() - late)
    assert [item.subject for item in store.deliveries.claim(3)] == ["30", "20", "10"]


def test_a_dead_process_is_replaced_when_its_claim_runs_out(
    store: Store, other: Store, clock: Clock
) -> None:
    plan(store)
    (first,) = store.deliveries.claim(1)
    assert store.deliveries.begin_call(first, 10)
    clock.now += 59
    assert other.deliveries.claim(1) == []
    clock.now += 2
    (second,) = other.deliveries.claim(1)
    assert second.called_at == clock.now - 61
    assert not store.deliveries.begin_call(first, 10)
    store.deliveries.finish(first, "posted")
    assert other.deliveries.outcome(DeliveryKind.QUESTION, first.subject) is None
    assert other.deliveries.begin_call(second, 10)


def test_no_call_begins_that_would_outlast_its_claim(store: Store, clock: Clock) -> None:
    plan(store)
    (claimed,) = store.deliveries.claim(1)
    clock.now += 51
    assert not store.deliveries.begin_call(claimed, 10)


def test_a_message_to_be_tried_again_waits_and_forgets_only_what_is_sure(
    store: Store, clock: Clock
) -> None:
    plan(store)
    (claimed,) = store.deliveries.claim(1)
    store.deliveries.begin_call(claimed, 10)
    called_at = clock.now
    store.deliveries.retry(claimed, clock.now + 5, "busy")
    assert store.deliveries.claim(1) == []
    clock.now += 5
    (again,) = store.deliveries.claim(1)
    assert (again.called_at, again.attempts) == (called_at, 2)
    assert store.deliveries.unconfirmed_since(DeliveryKind.QUESTION, again.subject) == called_at
    store.deliveries.end_call(again)
    store.deliveries.retry(again, clock.now, "busy")
    assert store.deliveries.claim(1)[0].called_at is None


def test_what_was_only_too_early_counts_as_no_try(store: Store, clock: Clock) -> None:
    plan(store)
    for _ in range(3):
        (claimed,) = store.deliveries.claim(1)
        assert claimed.attempts == 1
        store.deliveries.postpone(claimed, clock.now + 5)
        assert store.deliveries.claim(1) == []
        clock.now += 5


def test_a_channel_has_one_question_a_day(store: Store, other: Store) -> None:
    first = plan(store)
    now = store.now()
    assert other.postings.plan(SUBSCRIPTION, DAY, QUIZ_QUESTION, due_at=now, reveal_at=now) is None
    assert plan(other, date(2026, 11, 24)) != first


def test_a_person_has_one_answer_whatever_they_press_at_once(store: Store, other: Store) -> None:
    posting = plan(store)
    threads = [
        threading.Thread(target=item.answers.record, args=(posting, "U1", choice))
        for item in (store, other)
        for choice in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.answers.in_time(posting)) == 1


def test_an_answer_may_change_until_the_question_is_closed(store: Store) -> None:
    posting = plan(store)
    outcomes = [store.answers.record(posting, "U1", choice) for choice in (0, 0, 1)]
    assert outcomes == [AnswerOutcome.NEW, AnswerOutcome.SAME, AnswerOutcome.CHANGED]
    assert store.postings.close(posting, "{}", 5.0)
    assert not store.postings.close(posting, "{}", 5.0)
    assert store.answers.record(posting, "U1", 2) is AnswerOutcome.LATE_AGAIN
    assert store.answers.record(posting, "U2", 2) is AnswerOutcome.LATE
    assert store.answers.record(posting, "U2", 3) is AnswerOutcome.LATE_AGAIN
    assert [answer.user for answer in store.answers.in_time(posting)] == ["U1"]


@pytest.mark.parametrize("arrival", list(permutations([(1.0, 0), (2.0, 1), (3.0, 0)])))
def test_of_several_presses_the_latest_counts_whichever_arrives_last(
    store: Store, arrival: tuple[tuple[float, int], ...]
) -> None:
    posting = plan(store)
    outcomes = [store.answers.record(posting, "U1", choice, at) for at, choice in arrival]
    (answer,) = store.answers.in_time(posting)
    assert answer.choice == 0
    assert outcomes[0] is AnswerOutcome.NEW
    if arrival[0][0] == 3.0:
        assert answer.at == 3.0
        assert AnswerOutcome.CHANGED not in outcomes and AnswerOutcome.OUTDATED in outcomes


def test_a_press_that_is_delivered_again_changes_nothing(store: Store) -> None:
    posting = plan(store)
    for at, choice in ((1.0, 2), (2.0, 3)):
        store.answers.record(posting, "U1", choice, at)
    assert store.answers.record(posting, "U1", 2, 1.0) is AnswerOutcome.OUTDATED
    assert store.answers.record(posting, "U1", 3, 2.0) is AnswerOutcome.SAME
    assert [(item.choice, item.at) for item in store.answers.in_time(posting)] == [(3, 2.0)]


def test_a_channel_with_another_id_keeps_everything(store: Store, clock: Clock) -> None:
    for channel in ("C1", "C2"):
        store.subscriptions.save(replace(SUBSCRIPTION, channel=channel))
    store.subscriptions.save(replace(SUBSCRIPTION, team="T2"))
    posting = plan(store)
    store.remember_answer(Conversation("T1", "C1", "1.5"), "a-fact", "U1")
    waiting = OutgoingReply("T1", "U1", "C1", "1.5", {"text": "later"}, Audience.EVERYONE, 0.0)
    store.replies.add(waiting, 1.0)
    with store.engine.begin() as db:
        db.execute(streaks.insert().values(team="T1", channel="C1", user="U1", length=3))
        set_by = {"who": "admins", "set_by": "U1", "set_at": 1.0}
        db.execute(curators.insert().values(team="T1", channel="C1", **set_by))
        watching = {"gap": 1, "user": "U1", "thread": "", "asked_at": 1.0}
        db.execute(gap_watchers.insert().values(team="T1", channel="C1", **watching))
        posted = {"kind": "case", "item": 1, "user": "", "ts": "1.5"}
        for channel in ("C1", "C9"):  # the same case under both IDs
            db.execute(curator_messages.insert().values(team="T1", channel=channel, **posted))
    assert store.subscriptions.pause("T1", "C1", "is_archived")
    for _ in range(2):
        store.move_channel("T1", "C1", "C9")
    moved, other = store.postings.get(posting), store.subscriptions.get("T2", "C1")
    assert moved and moved.channel == "C9"
    assert other and other.active, "another workspace's channel is another channel"
    (notice,) = [item for item in store.deliveries.claim(9) if item.kind == "notice"]
    assert notice.subject.startswith("T1:C9:")
    with store.engine.connect() as db:
        for table in metadata.sorted_tables:
            if {"team", "channel"} <= set(table.c.keys()):
                rows = db.execute(select(table).where(table.c.team == "T1")).all()
                assert rows, table.name
                assert {row.channel for row in rows} <= {"C9", "C2", "U1"}, table.name


def test_what_the_new_id_of_a_channel_has_already_stays(store: Store) -> None:
    store.subscriptions.save(SUBSCRIPTION)
    store.subscriptions.save(replace(SUBSCRIPTION, channel="C9", services=("s3",)))
    first = plan(store)
    now = store.now()
    newer = replace(SUBSCRIPTION, channel="C9")
    second = store.postings.plan(newer, DAY, QUIZ_QUESTION, due_at=now, reveal_at=now + 3600)
    store.move_channel("T1", "C1", "C9")
    assert store.subscriptions.get("T1", "C1") is None
    stored = store.subscriptions.get("T1", "C9")
    assert stored and stored.services == ("s3",)
    there = store.postings.latest("T1", "C9")
    assert there and there.id == second != first


def test_answers_and_the_end_at_once_agree_on_who_was_late(store: Store, other: Store) -> None:
    posting = plan(store)
    noted: dict[str, AnswerOutcome] = {}

    def press(user: str) -> None:
        noted[user] = store.answers.record(posting, user, 0)

    threads = [threading.Thread(target=press, args=(f"U{n}",)) for n in range(12)]
    threads.insert(6, threading.Thread(target=other.postings.close, args=(posting, "{}", 0.0)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    in_time = {user for user, outcome in noted.items() if outcome is AnswerOutcome.NEW}
    assert {answer.user for answer in store.answers.in_time(posting)} == in_time


def test_a_miss_enters_the_review_queue_once(store: Store) -> None:
    posting = plan(store)
    store.answers.record(posting, "U1", 0)
    store.answers.record(posting, "U2", QUIZ_QUESTION.right_index)
    store.people.put_card("T1", "U1", QUIZ_QUESTION.fact, "known", store.now() + 99)
    store.postings.close(posting, "missed", store.now())
    assert store.people.due_cards("T1", "U1") == [QUIZ_QUESTION.fact]
    assert store.people.card("T1", "U1", QUIZ_QUESTION.fact) == "known"
    assert store.people.due_cards("T1", "U2") == []


def test_a_miss_never_puts_off_a_review_that_is_due_sooner(store: Store, clock: Clock) -> None:
    posting = plan(store)
    store.people.put_card("T1", "U1", QUIZ_QUESTION.fact, "{}", clock.now - 1)
    store.answers.record(posting, "U1", 0)
    store.postings.close(posting, "{}", clock.now + 86_400)
    assert store.people.due_cards("T1", "U1") == [QUIZ_QUESTION.fact]


def test_a_card_takes_the_place_of_the_one_before_it(store: Store) -> None:
    now = store.now()
    store.people.put_card("T1", "U1", "f", "first", now)
    store.people.put_card("T1", "U1", "f", "second", now + 99)
    assert store.people.card("T1", "U1", "f") == "second"
    assert store.people.due_cards("T1", "U1") == []


def test_presses_are_counted_in_one_message_for_many(store: Store, clock: Clock) -> None:
    posting = plan(store)
    for user in ("U1", "U2", "U3"):
        store.answers.record(posting, user, 0)
    clock.now += 5
    kinds = [item.kind for item in store.deliveries.claim(10)]
    assert kinds.count("count") == 1


def test_a_question_nobody_has_seen_can_be_withdrawn(store: Store, clock: Clock) -> None:
    posting = plan(store)
    (claimed,) = store.deliveries.claim(1)
    store.postings.withdraw("T1", "C1")
    assert store.postings.get(posting), "a process is busy with it"
    store.deliveries.retry(claimed, clock.now + 5, "busy")
    store.postings.withdraw("T1", "C2")
    assert store.postings.get(posting), "that was another channel"
    store.postings.withdraw("T1", "C1")
    assert store.postings.get(posting) is None
    clock.now += 7200
    assert store.deliveries.claim(5) == []


def test_a_question_that_slack_may_have_is_not_repeated_after_it_is_withdrawn(
    store: Store, clock: Clock
) -> None:
    posting = plan(store)
    (claimed,) = store.deliveries.claim(1)
    store.deliveries.begin_call(claimed, 10)
    store.deliveries.retry(claimed, clock.now, "busy")
    for _ in range(2):
        store.postings.withdraw("T1", "C1")
        assert store.postings.get(posting)
        assert (
            store.deliveries.outcome(DeliveryKind.QUESTION, str(posting))
            == DeliveryOutcome.UNCONFIRMED
        )
    clock.now += 10
    assert store.deliveries.claim(5) == []


def test_a_ts_that_is_known_only_after_the_end_brings_the_answer(
    store: Store, clock: Clock
) -> None:
    posting = plan(store)
    clock.now += 3600
    for delivery in store.deliveries.claim(5):
        store.deliveries.finish(delivery, DeliveryOutcome.UNCONFIRMED)
    store.postings.close(posting, "{}", 5.0)
    assert store.deliveries.claim(5) == []
    store.postings.record_ts(posting, "1.5")
    store.postings.record_ts(posting, "2.5")
    known = store.postings.get(posting)
    assert known and (known.ts, known.posted_at) == ("1.5", clock.now)
    assert [item.kind for item in store.deliveries.claim(5)] == [DeliveryKind.REVEAL]


def test_a_subscription_keeps_what_was_set(store: Store, clock: Clock) -> None:
    wanted = replace(
        SUBSCRIPTION,
        schedule=Schedule(time(23, 5), "Asia/Tokyo", frozenset({2, 6}), None),
        services=("s3", "lambda"),
    )
    saved, fresh = store.subscriptions.save(wanted)
    assert fresh
    assert store.subscriptions.get("T1", "C1") == saved
    assert saved.next and saved.next.due_at > clock.now
    assert not store.subscriptions.save(wanted)[1]
    assert store.subscriptions.switch_off("T1", "C1")
    assert not store.subscriptions.switch_off("T1", "C1")
    assert store.subscriptions.save(wanted)[1]


def test_a_paused_quiz_keeps_the_reason_and_tells_once(store: Store) -> None:
    store.subscriptions.save(SUBSCRIPTION)
    assert store.subscriptions.pause("T1", "C1", "is_archived")
    assert not store.subscriptions.pause("T1", "C1", "is_archived")
    paused = store.subscriptions.get("T1", "C1")
    assert paused and paused.paused_for == "is_archived" and paused.next is None
    (notice,) = store.deliveries.claim(5)
    assert (notice.kind, notice.channel) == ("notice", "U1")


def test_what_is_erased_is_gone_for_one_person_only(store: Store) -> None:
    posting = plan(store)
    for user in ("U1", "U2"):
        store.answers.record(posting, user, 0)
        store.people.change("T1", user, reminded=True)
        store.people.put_card("T1", user, "f", "{}", 0.0)
        store.people.add_exercise("T1", user, QUIZ_QUESTION)
    store.people.erase("T1", "U1")
    assert not store.people.get("T1", "U1").reminded
    assert store.people.due_cards("T1", "U1") == []
    assert store.people.practiced_facts("T1", "U1", 0.0) == {}
    assert [answer.user for answer in store.answers.in_time(posting)] == ["U2"]
    assert store.people.due_cards("T1", "U2") == ["f"]


def test_the_second_lookup_of_a_fact_puts_it_into_the_queue_once(store: Store) -> None:
    many = {Lookup("T1", f"U{number}", "f"): 1 for number in range(450)}
    store.people.note_lookups(many, "first", 0.0)
    assert store.people.due_cards("T1", "U7") == []
    store.people.note_lookups(many | {Lookup("T1", "U7", "g"): 2}, "second", 0.0)
    assert sorted(store.people.due_cards("T1", "U7")) == ["f", "g"]
    store.people.note_lookups(many, "third", 0.0)
    assert store.people.card("T1", "U7", "f") == "second"


def test_a_team_that_leaves_takes_its_rows_along_and_nobody_elses(store: Store) -> None:
    posting = plan(store)
    store.answers.record(posting, "U1", 0)
    for team in ("T1", "T2"):
        store.subscriptions.save(replace(SUBSCRIPTION, team=team))
        store.people.change(team, "U1", reminded=True)
        store.note_feedback(team, "U1", "f", helpful=True)
    store.forget_team("T1")
    assert store.postings.get(posting) is None
    assert store.answers.in_time(posting) == []
    assert store.subscriptions.get("T1", "C1") is None
    assert store.subscriptions.get("T2", "C1") is not None
    assert not store.people.get("T1", "U1").reminded
    assert store.people.get("T2", "U1").reminded
    assert Votes("f", helpful=1, wrong=0) in store.votes()
    with store.engine.connect() as db:
        for table in TEAM_TABLES:
            assert not db.execute(select(table).where(table.c.team == "T1")).all(), table.name
