"""Many threads send what is due; no workspace is called faster than Slack allows."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from bot.posting.dispatching import MAX_THREADS_PER_TEAM, Dispatcher
from bot.slack.rate_limits import MAX_EDIT_BURST, MAX_POST_BURST, POST_INTERVAL_SECONDS, RateLimiter
from bot.store import Store
from bot.store.deliveries import Delivery, DeliveryKind, DueDelivery
from tests.unit.bot.conftest import Clock


class Sending:
    """Notes what is sent, and by how many threads at once."""

    def __init__(self, store: Store, wait: Callable[[Delivery], None] = lambda delivery: None):
        self._store = store
        self._wait = wait
        self._lock = threading.Lock()
        self.sent: list[str] = []
        self._at_once: Counter[str] = Counter()
        self.most: Counter[str] = Counter()

    def __call__(self, delivery: Delivery) -> None:
        with self._lock:
            self._at_once[delivery.team] += 1
            self.most[delivery.team] = max(self.most[delivery.team], self._at_once[delivery.team])
        self._wait(delivery)
        self._store.deliveries.finish(delivery, "posted")
        with self._lock:
            self._at_once[delivery.team] -= 1
            self.sent.append(f"{delivery.team} {delivery.subject}")


def add(store: Store, team: str, count: int, kind: str = DeliveryKind.QUESTION) -> None:
    for number in range(count):
        subject = f"{team}-{kind}-{number}"
        store.deliveries.add(kind, subject, team, f"C{number}", store.now() - 1)


def drain(store: Store, send: Sending) -> None:
    Dispatcher(store.deliveries, send, RateLimiter(store.now)).drain(threading.Event(), 0.0)


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    stop = threading.Event()
    yield stop
    stop.set()


@pytest.mark.slow
def test_all_that_is_due_is_sent_once_by_several_clocks(
    url: str, clock: Clock, store: Store
) -> None:
    for team in range(30):
        add(store, f"T{team}", 4)
    store.deliveries.add(DeliveryKind.QUESTION, "tomorrow", "T1", "C1", store.now() + 1)
    stores = [Store(url, clock) for _ in range(3)]
    sending = [Sending(item) for item in stores]
    threads = [
        threading.Thread(target=drain, args=pair) for pair in zip(stores, sending, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for item in stores:
        item.close()
    sent = [message for item in sending for message in item.sent]
    assert len(sent) == len(set(sent)) == 120


@pytest.mark.slow
def test_a_workspace_gets_a_burst_and_then_so_many_a_second(store: Store, clock: Clock) -> None:
    add(store, "T1", 100)
    add(store, "T1", 30, DeliveryKind.REVEAL)
    add(store, "T1", 30, DeliveryKind.COUNT)
    sending = Sending(store)
    rate_limiter = RateLimiter(store.now)
    dispatcher = Dispatcher(store.deliveries, sending, rate_limiter)

    def sent(kind: str) -> int:
        return sum(f"-{kind}-" in message for message in sending.sent)

    dispatcher.drain(threading.Event(), 0.0)
    assert (sent(DeliveryKind.QUESTION), sent(DeliveryKind.REVEAL) + sent(DeliveryKind.COUNT)) == (
        MAX_POST_BURST,
        MAX_EDIT_BURST,
    )
    for _ in range(50):
        clock.now += POST_INTERVAL_SECONDS * 1.001
        dispatcher.drain(threading.Event(), 0.0)
    assert sent(DeliveryKind.QUESTION) == MAX_POST_BURST + 50
    assert sent(DeliveryKind.REVEAL) + sent(DeliveryKind.COUNT) == MAX_EDIT_BURST + 10


@pytest.mark.slow
def test_a_clock_that_is_started_every_minute_waits_for_the_pace(url: str) -> None:
    store = Store(url)
    store.prepare()
    add(store, "T1", MAX_POST_BURST + 5)
    sending = Sending(store)
    dispatcher = Dispatcher(store.deliveries, sending, RateLimiter(store.now))
    dispatcher.drain(threading.Event(), 30.0)
    assert len(sending.sent) == MAX_POST_BURST + 5
    store.close()


def test_what_a_message_plans_is_sent_in_the_same_round(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if it is planned between a look at the database and the end of that message."""
    add(store, "T1", 1)
    nothing_found = threading.Event()

    def plan_another(delivery: Delivery) -> None:
        if delivery.kind == DeliveryKind.QUESTION:
            nothing_found.wait(20)
            add(store, "T1", 1, DeliveryKind.RESULT)

    sending = Sending(store, plan_another)
    dispatcher = Dispatcher(store.deliveries, sending, RateLimiter(store.now))
    list_due = store.deliveries.due

    def due(*limits: int) -> list[DueDelivery]:
        found = list_due(*limits)
        if not found:
            nothing_found.set()
            while dispatcher._running:
                time.sleep(0.001)
        return found

    monkeypatch.setattr(store.deliveries, "due", due)
    dispatcher.drain(threading.Event(), 0.0)
    assert sending.sent == ["T1 T1-question-0", "T1 T1-result-0"]


def test_a_workspace_that_slack_wants_left_alone_is_and_no_other(
    store: Store, clock: Clock
) -> None:
    add(store, "T1", 3)
    add(store, "T2", 3)
    rate_limiter = RateLimiter(store.now)
    rate_limiter.rest("T1", store.now() + 30)
    sending = Sending(store)
    dispatcher = Dispatcher(store.deliveries, sending, rate_limiter)
    dispatcher.drain(threading.Event(), 0.0)
    assert {message[:2] for message in sending.sent} == {"T2"}
    clock.now += 31
    dispatcher.drain(threading.Event(), 0.0)
    assert len(sending.sent) == 6


def test_workspaces_take_turns(store: Store) -> None:
    add(store, "T1", 600)
    store.deliveries.add(DeliveryKind.QUESTION, "last", "T2", "C1", store.now())
    listed = [item.team for item in store.deliveries.due(10, 5)]
    assert listed == ["T1", "T2", "T1", "T1", "T1", "T1"]


def test_a_workspace_where_slack_hangs_holds_up_no_other(
    store: Store, stop: threading.Event
) -> None:
    add(store, "T1", MAX_POST_BURST)
    for team in range(2, 12):
        add(store, f"T{team}", 2)

    def hang(delivery: Delivery) -> None:
        if delivery.team == "T1":
            stop.wait(90)

    sending = Sending(store, hang)
    dispatcher = Dispatcher(store.deliveries, sending, RateLimiter(store.now))
    runner = threading.Thread(target=dispatcher.run, args=(stop, lambda: None))
    runner.start()
    end = time.monotonic() + 60
    while (len(sending.sent), sending.most["T1"]) < (20, MAX_THREADS_PER_TEAM):
        assert time.monotonic() < end
        time.sleep(0.02)
    stop.set()
    runner.join()
    assert sending.most["T1"] == MAX_THREADS_PER_TEAM
