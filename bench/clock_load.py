"""How many channels one clock serves within a minute, and what its planning and reveals cost.

    uv run --group dev python -m bench.clock_load [--channels 3500] [--delay 0.25] \\
        [--engine postgresql]

The Slack of this benchmark is a process of its own that takes every call and answers after a
while. All channels, ten in a workspace, are due in the same moment.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from datetime import time as local_time
from typing import Any

from sqlalchemy import delete, func, select, update

from bench.crash import database
from bench.servers import free_port, wait_for
from bot.answers.answering import Answering
from bot.curating.curators import CuratorGroup, Curators
from bot.curating.digest import Digests
from bot.curating.review_messages import ReviewMessages
from bot.curating.suggesting import SuggestedFacts
from bot.curating.team_facts import TeamFacts
from bot.operations.metrics import Metrics
from bot.posting import build_sender
from bot.posting.clock import Clock
from bot.posting.planning import Planner
from bot.quiz.question import QuizQuestion
from bot.quiz.quizmaster import Quizmaster
from bot.quiz.schedule import EVERY_DAY, Schedule
from bot.quiz.subscription import Subscription
from bot.slack.installations import Connect, Installation, connecting
from bot.slack.rate_limits import RateLimiter
from bot.slack.watching import Watching
from bot.store import Store
from bot.store.deliveries import DeliveryKind
from bot.store.engine import upsert_all
from bot.store.plans import QuestionPlan
from bot.store.tables import answers, deliveries, postings, subscriptions
from bot.team.team_knowledge import TeamKnowledge
from knowledge import KnowledgeBase

A_TEAM = 10
"""Channels of a workspace."""
TIMEOUT_SECONDS = 10
OPTIONS = ("1 s", "20 s", "1 min", "1 h")
QUIZ_QUESTION = QuizQuestion("sqs-long-polling", "sqs", "How long?", OPTIONS, right_index=1)
SCOPES = frozenset({"channels:history", "groups:history"})


@dataclass(frozen=True, slots=True)
class Everywhere:
    """Every workspace has installed the app."""

    connect: Connect

    def find(self, team: str) -> Installation:
        return Installation(self.connect(f"xoxb-{team}"), SCOPES)

    def renewed(self, team: str) -> bool:
        return False


def serve(port: int, delay: float) -> None:
    """A Slack that takes every message after so many seconds."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
            await reader.readexactly(length)
            await asyncio.sleep(delay)
            ts = f"{time.time():.6f}"
            body = json.dumps({"ok": True, "channel": "C1", "ts": ts}).encode()
            start = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
            writer.write(start + b"Content-Length: %d\r\n\r\n" % len(body) + body)
            await writer.drain()
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", port, backlog=1024)
        await server.serve_forever()

    asyncio.run(run())


def channels_served(store: Store, knowledge: KnowledgeBase, channels: int, delay: float) -> str:
    """Post to so many channels at once, and look at the heartbeat meanwhile."""
    now = time.time()
    plans = [
        QuestionPlan(
            _subscription(number), date(2026, 1, 1), QUIZ_QUESTION, now, now + 86_400, None
        )
        for number in range(channels)
    ]
    store.postings.plan_all(plans)
    port = free_port()
    slack = multiprocessing.Process(target=serve, args=(port, delay), daemon=True)
    slack.start()
    wait_for(port)
    url = f"http://127.0.0.1:{port}/api/"
    connect = connecting(url, TIMEOUT_SECONDS, Watching(lambda trouble: None))
    rate_limiter, metrics = RateLimiter(store.now), Metrics(store.last_beat)
    known = TeamKnowledge(knowledge)
    quizmaster, answering = Quizmaster(known), Answering(known, date.today)
    curators = Curators(store, CuratorGroup(), "/aws")
    teams = TeamFacts(knowledge, store)
    suggested = SuggestedFacts(store, teams, curators, date.today)
    sender = build_sender(
        store, quizmaster, answering, suggested, ReviewMessages(store, teams),
        Digests(store, teams, answering, suggested, "/aws"), Everywhere(connect), "/aws",
        TIMEOUT_SECONDS, metrics, rate_limiter,
    )  # fmt: skip
    clock = Clock(store, quizmaster, sender.send, rate_limiter)
    stop = threading.Event()
    runner = threading.Thread(target=clock.run, args=(stop,))
    began = time.monotonic()
    runner.start()
    oldest_beat, within_a_minute = 0.0, 0
    while (done := _posted(store)) < channels and time.monotonic() - began < 600:
        oldest_beat = max(oldest_beat, time.time() - (store.last_beat() or now))
        if time.monotonic() - began <= 60:
            within_a_minute = done
        time.sleep(0.5)
    seconds = time.monotonic() - began
    within_a_minute = channels if seconds <= 60 else within_a_minute
    stop.set()
    runner.join()
    slack.kill()
    return (
        f"{channels} channels due at once, {delay} s a call: all in {seconds:.1f} s "
        f"({channels / seconds:.0f} a second), {within_a_minute} within a minute, "
        f"oldest heartbeat {oldest_beat:.0f} s"
    )


def planning(store: Store, knowledge: KnowledgeBase, channels: int) -> str:
    """Plan the next question of so many channels."""
    for number in range(channels):
        store.subscriptions.save(_subscription(number))
    _empty(store)
    _make_due(store)
    planner = Planner(store, Quizmaster(TeamKnowledge(knowledge)))
    seconds = _timed(planner.plan_questions)
    with store.engine.connect() as db:
        planned = db.scalar(select(func.count()).select_from(postings))
    return f"planning {planned} channels: {seconds:.1f} s"


def revealing(store: Store, people: int, rounds: int) -> str:
    """Close a question of a channel with a past, and read what its reveal shows."""
    first = date(2025, 1, 1)
    for number in range(rounds + 1):
        day, now = first + timedelta(number), time.time()
        plan = QuestionPlan(_subscription(0), day, QUIZ_QUESTION, now, now, None)
        (posting,) = store.postings.plan_all([plan]).values()
        store.postings.record_ts(posting, f"{number}.1")
        rows = [
            {
                "posting": posting, "user": f"U{user}", "choice": (user + number) % 7 and 1,
                "answered_at": now, "late": False,
            }
            for user in range(people)
        ]  # fmt: skip
        with store.engine.begin() as db:
            upsert_all(db, answers, rows)
        if number < rounds:
            store.postings.close(posting, "{}", now)
    closing = _timed(lambda: store.postings.close(posting, "{}", time.time()))

    def read() -> None:
        store.people.unranked("T0")
        store.answers.in_time(posting)
        store.postings.streaks("T0", "C0")

    return (
        f"a reveal with {people} people after {rounds} questions: "
        f"closing {closing * 1000:.0f} ms, reading {_timed(read) * 1000:.0f} ms"
    )


def _subscription(number: int) -> Subscription:
    schedule = Schedule(local_time(9, 30), "UTC", EVERY_DAY, None)
    return Subscription(f"T{number // A_TEAM}", f"C{number}", schedule, (), "U1")


def _posted(store: Store) -> int:
    done = deliveries.c.open.is_(False) & (deliveries.c.kind == DeliveryKind.QUESTION)
    with store.engine.connect() as db:
        return db.scalar(select(func.count()).where(done)) or 0


def _make_due(store: Store) -> None:
    now = time.time()
    today = _subscription(0).schedule.day_of(now).isoformat()
    with store.engine.begin() as db:
        db.execute(update(subscriptions).values(next_at=now, next_day=today))


def _empty(store: Store) -> None:
    with store.engine.begin() as db:
        for table in (postings, answers, deliveries):
            db.execute(delete(table))


def _timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--channels", type=int, default=3500)
    parser.add_argument("--delay", type=float, default=0.25)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    given = parser.parse_args()
    knowledge = KnowledgeBase.load()
    for engine in [given.engine] if given.engine else ["postgresql", "sqlite"]:
        with database(engine) as url:
            store = Store(url)
            store.prepare()
            print(engine)
            print(" ", channels_served(store, knowledge, given.channels, given.delay), flush=True)
            print(" ", planning(store, knowledge, 10_000), flush=True)
            print(" ", revealing(store, 500, 400), flush=True)
            store.close()


if __name__ == "__main__":
    main()
