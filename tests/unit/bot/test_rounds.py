"""Totals that are kept as questions close are what counting the whole past would give."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bot.quiz.choosing import PastQuestion
from bot.store import Store
from bot.store.migrate import migrate
from bot.store.tables import answers, cards, postings, streaks
from tests.unit.bot.conftest import Clock
from tests.unit.bot.test_deliveries import DAY, QUIZ_QUESTION, plan

HERE = ("T1", "C1")
RIGHT, WRONG = QUIZ_QUESTION.right_index, 0
PEOPLE = [f"U{number}" for number in range(6)]
Given = Mapping[str, int]
"""Who chose what."""


@pytest.fixture
def other(url: str, clock: Clock, store: Store) -> Iterator[Store]:
    """A second process on the same database."""
    other = Store(url, clock)
    yield other
    other.close()


def ask(store: Store, day: int, given: Given, seen: bool = True) -> int:
    """A question of a day, with its answers, still open."""
    posting = plan(store, DAY + timedelta(day))
    if seen:
        store.postings.record_ts(posting, f"{day}.1")
    for user, choice in given.items():
        store.answers.record(posting, user, choice)
    return posting


def close(store: Store, posting: int) -> bool:
    return store.postings.close(posting, "{}", store.now())


def counted(rounds: Sequence[tuple[int, Given]]) -> dict[str, int]:
    """Right answers in a row, from all rounds with their days, the oldest first."""
    lengths = {}
    for user in PEOPLE:
        length, missed_in = 0, None
        for day, given in rounds:
            month = f"{DAY + timedelta(day):%Y-%m}"
            if user not in given and length and missed_in != month:
                missed_in = month
                continue
            length = length + 1 if given.get(user) == RIGHT else 0
            missed_in = missed_in if length else None
        if length >= 2:
            lengths[user] = length
    return lengths


def test_a_streak_ends_with_a_wrong_answer(store: Store) -> None:
    everybody = {"U0": RIGHT, "U1": RIGHT, "U2": RIGHT}
    for day, given in enumerate([everybody, everybody | {"U2": WRONG}, everybody]):
        close(store, ask(store, day, given))
    assert store.postings.streaks(*HERE) == {"U0": 3, "U1": 3}
    assert store.postings.streaks("T1", "C2") == store.postings.streaks("T2", "C1") == {}


@pytest.mark.parametrize("recounted", [False, True])
def test_one_question_left_out_in_a_month_ends_no_streak_but_a_second_does(
    store: Store, recounted: bool
) -> None:
    days = {0: ("U0", "U1"), 1: ("U0",), 2: ("U0", "U1"), 8: (), 9: ("U0", "U1")}
    asked = {day: ask(store, day, dict.fromkeys(users, RIGHT)) for day, users in days.items()}
    for day, posting in asked.items():
        assert f"{DAY + timedelta(day):%m}" == ("11" if day < 8 else "12")
        if not (recounted and day == 1):
            close(store, posting)
    if recounted:
        close(store, asked[1])  # an older one than the newest: all are counted again
    assert store.postings.streaks(*HERE) == {"U0": 4, "U1": 3}
    close(store, ask(store, 10, {"U1": RIGHT}))
    assert store.postings.streaks(*HERE) == {"U1": 4}, "U0 has left out two in December"


@pytest.mark.parametrize(
    "seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 12))]
)
def test_whatever_happens_the_totals_are_what_counting_gives(store: Store, seed: int) -> None:
    """Late answers, people who erase their data, questions that Slack never got or that close in
    another order than they were asked in."""
    dice = random.Random(seed)
    rounds: list[tuple[int, dict[str, int], bool]] = []
    waiting: list[int] = []
    for day in range(14):
        given = {user: dice.choice([RIGHT, RIGHT, RIGHT, WRONG]) for user in PEOPLE}
        given = {user: choice for user, choice in given.items() if dice.random() < 0.9}
        seen = dice.random() < 0.8
        waiting.append(ask(store, day, given if seen else {}, seen))
        rounds.append((waiting[-1], given, seen))
        while len(waiting) > 2 or (waiting and dice.random() < 0.7):
            posting = waiting.pop(dice.randrange(len(waiting)))
            assert close(store, posting)
            assert not close(store, posting)
            store.answers.record(posting, "U9", RIGHT)
        if dice.random() < 0.15:
            gone = dice.choice(PEOPLE)
            store.people.erase("T1", gone)
            for _, answered, _ in rounds:
                answered.pop(gone, None)
        closed = [
            (day, given)
            for day, (posting, given, seen) in enumerate(rounds)
            if posting not in waiting and seen
        ]
        assert store.postings.streaks(*HERE) == counted(closed)


def test_two_clocks_that_close_one_question_count_it_once(store: Store, other: Store) -> None:
    for day in range(3):
        posting = ask(store, day, {"U0": RIGHT, "U1": WRONG})
        with ThreadPoolExecutor() as threads:
            done = threads.map(close, (store, other, store, other), [posting] * 4)
        assert sorted(done) == [False, False, False, True]
    assert store.postings.streaks(*HERE) == {"U0": 3}


def test_two_questions_that_close_at_once_are_both_counted(store: Store, other: Store) -> None:
    for day in range(0, 20, 2):
        first = ask(store, day, {"U0": RIGHT, "U1": RIGHT})
        second = ask(store, day + 1, {"U0": RIGHT, "U1": WRONG})
        with ThreadPoolExecutor() as threads:
            assert all(threads.map(close, (other, store), (second, first)))
    assert store.postings.streaks(*HERE) == {"U0": 20}


def test_somebody_who_is_erased_while_a_question_closes_is_gone(store: Store, other: Store) -> None:
    for day in range(8):
        posting = ask(store, day, {"U0": RIGHT, "U1": WRONG, "U2": RIGHT})
        with ThreadPoolExecutor() as threads:
            closing = threads.submit(close, store, posting)
            erasing = [threads.submit(other.people.erase, "T1", user) for user in ("U0", "U1")]
        assert closing.result() and [job.result() for job in erasing] == [None, None]
        with store.engine.connect() as db:
            for table in (answers, cards, streaks):
                found = db.scalars(select(table.c.user)).all()
                assert {"U0", "U1"}.isdisjoint(found), table.name
    assert store.postings.streaks(*HERE) == {"U2": 8}


def test_what_a_channel_was_asked_tells_how_many_were_right_and_survives_erasing(
    store: Store,
) -> None:
    posting = ask(store, 0, {"U0": RIGHT, "U1": WRONG, "U2": WRONG})
    assert store.postings.history(*HERE) == [
        PastQuestion(QUIZ_QUESTION.fact, QUIZ_QUESTION.service)
    ]
    close(store, posting)
    store.answers.record(posting, "U4", RIGHT)
    store.people.erase("T1", "U1")
    (asked,) = store.postings.history(*HERE)
    assert asked == PastQuestion(
        QUIZ_QUESTION.fact, QUIZ_QUESTION.service, answer_count=3, right_count=1
    )
    assert asked.is_missed


def test_a_question_that_another_version_closed_is_counted_with_the_next(store: Store) -> None:
    for day in range(3):
        close(store, ask(store, day, {"U0": RIGHT, "U1": RIGHT}))
    unknown = ask(store, 3, {"U0": RIGHT, "U1": WRONG})
    with store.engine.begin() as db:
        row = postings.c.id == unknown
        db.execute(update(postings).where(row).values(closed_at=store.now(), answered=None))
    close(store, ask(store, 4, {"U0": RIGHT, "U1": RIGHT}))
    assert store.postings.streaks(*HERE) == {"U0": 5}
    assert [asked.answer_count for asked in store.postings.history(*HERE)] == [2] * 5


def test_the_totals_of_an_older_database_are_counted_by_the_migration(
    empty_url: str, clock: Clock
) -> None:
    old = Store(empty_url, clock)
    migrate(old.engine, "0005")
    dice = random.Random(1)
    rounds: list[dict[str, int]] = []
    with old.engine.begin() as db:
        for channel in ("C1", "C2"):
            for number in range(30):
                given = {user: dice.choice([RIGHT] * 6 + [WRONG]) for user in PEOPLE[:5]}
                row = {
                    "team": "T1", "channel": channel, "fact": "f", "service": "s",
                    "day": (date(2026, 1, 1) + timedelta(number)).isoformat(), "question": "?",
                    "options": "[]", "right": RIGHT, "due_at": 0.0, "reveal_at": 0.0,
                    "ts": "1.1", "closed_at": None if number == 29 else 1.0,
                }  # fmt: skip
                statement = postings.insert().values(row).returning(postings.c.id)
                posting = db.scalar(statement)
                late = {"U5": RIGHT}
                for user, choice in (given | late).items():
                    row = {"posting": posting, "user": user, "choice": choice}
                    row |= {"answered_at": 0.0, "late": user in late}
                    db.execute(answers.insert().values(row))
                if channel == "C1" and number < 29:
                    rounds.append(given)
    migrate(old.engine)
    assert old.postings.streaks(*HERE) == counted(list(enumerate(rounds))) != {}
    expected = [sum(choice == RIGHT for choice in given.values()) for given in rounds]
    assert [item.right_count for item in old.postings.history(*HERE)] == [*expected, 0]
    old.close()
