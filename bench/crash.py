"""Kill clocks at random while Slack fails, then count what came of it.

    uv run --group dev python -m bench.crash [--channels 1000] [--clocks 4] \\
        [--engine sqlite|postgresql]

Real `factbot clock` processes on a real database are killed with SIGKILL every second or so, in
front of a fake Slack that answers 429, 500, nothing or no JSON, and carries such calls out at once,
8 to 30 seconds later or never. No channel may get two questions, reveals, or replies in the thread,
and every answer that a person gave must be in the reveal. With the history scopes nothing may be
lost; without them something may, if Slack did not confirm it and the database says so.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from sqlalchemy import create_engine, text

from bench.servers import postgres
from bot.fake_slack.server import Failure, FakeSlack
from bot.quiz.schedule import EVERY_DAY, Schedule
from bot.quiz.subscription import Subscription
from bot.store import Store
from bot.store.postings import Posting

LEASE_SECONDS = 6.0
SEED = 1
KILL_AFTER = (0.7, 2.0)
"""Seconds between two kills."""
PEOPLE = 4
"""People who answer each question, each twice: the second answer counts."""
A_SECOND = 60
"""Calls a second beyond which this Slack answers 429."""
Shares = tuple[tuple[float, Failure], ...]
LATE_SECONDS = (8.0, 30.0)
PAGE = "<html>Bad gateway</html>"
SHARES: Shares = (
    (0.02, Failure(status=500, carried_out=True)),
    (0.01, Failure(error="internal_error", carried_out=True)),
    (0.01, Failure(raw_body=PAGE, carried_out=True)),
    (0.02, Failure(status=500)),
    (0.01, Failure(status=502, raw_body=PAGE)),
    (0.02, Failure(status=500, late_seconds=LATE_SECONDS[1])),
    (0.01, Failure(delay_seconds=4.0, late_seconds=LATE_SECONDS[1])),
    (0.01, Failure(delay_seconds=4.0)),
    (0.02, Failure(status=429, retry_after=1)),
    (0.005, Failure(error="a_new_error")),
)
"""The share of calls with each failure; a delay is longer than a clock waits."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was counted; `lost` are questions that never came, and `replies_lost` replies in their
    threads that may not have come, according to the database: without the history, nobody can tell
    whether Slack posted what a killed process sent. `kills` are processes that ended by SIGKILL.
    """

    channels: int
    asked: int
    asked_twice: int
    lost: int
    revealed: int
    revealed_twice: int
    replied: int
    replied_twice: int
    replies_lost: int
    answers: int
    answers_shown: int
    kills: int
    calls: int
    failures: int
    seconds: float

    @property
    def is_clean(self) -> bool:
        """Whether nothing was doubled, and nothing was lost unknown to us."""
        return (
            self.asked + self.lost == self.channels
            and self.revealed == self.asked
            and self.revealed - self.replies_lost <= self.replied <= self.revealed
            and self.asked_twice == self.revealed_twice == self.replied_twice == 0
            and self.answers == self.answers_shown == self.asked * PEOPLE
        )


class FailingSlack(FakeSlack):
    """A Slack whose calls fail at random, and that limits the calls per second."""

    def __init__(self, seed: int, shares: Shares = SHARES) -> None:
        super().__init__(now=time.time)
        self.failures = 0
        self._shares = shares
        self._random = random.Random(seed)
        self._second, self._in_second = 0, 0
        self.failure_for = self._pick_failure

    def _pick_failure(self, method: str) -> Failure | None:
        second = int(time.time())
        self._in_second = self._in_second + 1 if second == self._second else 1
        self._second = second
        dice = self._random.random()
        found = Failure(status=429, retry_after=1) if self._in_second > A_SECOND else None
        for share, failure in self._shares:
            if 0 <= dice < share:
                found = failure
            dice -= share
        if found and found.late_seconds:
            found = replace(found, late_seconds=self._random.uniform(*LATE_SECONDS))
        self.failures += found is not None
        return found


class Clocks:
    """Clock processes of which one is killed and replaced every so often.

    Only while they work: on a slow machine, processes would be killed before they have started.
    """

    def __init__(
        self, count: int, environment: dict[str, str], seed: int, slack: FakeSlack
    ) -> None:
        self._slack = slack
        self._environment = environment
        self._random = random.Random(seed)
        self._running = [self._start() for _ in range(count)]
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._kill)
        self._thread.start()
        self.kills = 0

    def calm(self) -> None:
        """Kill no more."""
        self._end.set()
        self._thread.join()

    def stop(self) -> None:
        self.calm()
        for process in self._running:
            process.terminate()
        for process in self._running:
            process.wait(30)

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", "from bot.cli.main import main; main()", "clock"]
        return subprocess.Popen(
            command, env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def _kill(self) -> None:
        calls_before = 0
        while not self._end.wait(self._random.uniform(*KILL_AFTER)):
            calls = len(self._slack.calls)
            if calls == calls_before:
                continue
            calls_before = calls
            place = self._random.randrange(len(self._running))
            os.kill(self._running[place].pid, signal.SIGKILL)
            self._running[place].wait()
            self.kills += 1
            self._running[place] = self._start()


def run(
    url: str,
    channels: int,
    clocks: int,
    history: bool,
    lease: float = LEASE_SECONDS,
    limit: float = 900,
) -> Report:
    """Ask, answer and reveal in so many channels; `history` says whether its scopes are granted."""
    store = Store(url, lease_seconds=lease)
    store.prepare()
    began = time.monotonic()
    try:
        with FailingSlack(SEED) as slack:
            if history:
                slack.scopes |= {"channels:history", "groups:history"}
            _subscribe(store, url, channels, 3 * lease)
            environment = {
                **os.environ, "SLACK_BOT_TOKEN": "xoxb-test", "SLACK_API_URL": slack.url,
                "DATABASE_URL": url, "FACTBOT_LEASE": str(lease),
                "PYTHONPATH": str(Path(__file__).parents[1]),
            }  # fmt: skip
            processes = Clocks(clocks, environment, SEED, slack)
            try:
                _wait(lambda: _finished(url, "question", slack) >= channels, limit)
                given = _answer(store, slack, channels)
                _jump_to_reveals(url)
                _wait(lambda: _finished(url, "reveal", slack) >= channels, limit)
                asked = channels - _lost(url).questions
                _wait(lambda: _finished(url, "result", slack) >= asked, limit)
            finally:
                processes.stop()
            lost, seconds = _lost(url), time.monotonic() - began
            return _count(slack, channels, lost, given, processes.kills, seconds)
    finally:
        store.close()


def _subscribe(store: Store, url: str, channels: int, wait: float) -> None:
    """Channels of ten teams whose question is due in a moment, at noon of some time zone."""
    hour = datetime.now(UTC).hour
    tz = f"Etc/GMT{hour - 12:+d}" if hour != 12 else "UTC"
    due = time.time() + wait
    at = datetime.fromtimestamp(due, UTC) + timedelta(hours=12 - hour)
    schedule = Schedule(at.time().replace(second=0, microsecond=0), tz, EVERY_DAY, None)
    for number in range(channels):
        wanted = Subscription(f"T{number % 10}", f"C{number:05}", schedule, (), "U0ANN")
        store.subscriptions.save(wanted)
    with _database(url) as db:
        day = schedule.day_of(due).isoformat()
        update = text("UPDATE subscriptions SET next_at = :due, next_day = :day")
        db.execute(update, {"due": due, "day": day})


def _jump_to_reveals(url: str) -> None:
    with _database(url) as db:
        db.execute(text("UPDATE deliveries SET due_at = :now WHERE kind = 'reveal'"), _now())
        db.execute(text("UPDATE postings SET reveal_at = :now"), _now())


def _finished(url: str, kind: str, slack: FakeSlack) -> int:
    """How many messages of a kind came to their end; none as long as Slack has calls to make."""
    slack.catch_up()
    with _database(url) as db:
        query = text("SELECT count(*) FROM deliveries WHERE kind = :kind AND NOT open")
        count = db.execute(query, {"kind": kind}).scalar() or 0
    return 0 if slack.late_calls else int(count)


class Lost(NamedTuple):
    """What the database counts as lost."""

    questions: int
    replies: int


def _lost(url: str) -> Lost:
    with _database(url) as db:
        questions = "SELECT count(*) FROM postings WHERE ts IS NULL AND closed_at IS NOT NULL"
        replies = (
            "SELECT count(*) FROM deliveries WHERE kind = 'result' AND outcome = 'unconfirmed'"
        )
        return Lost(*(int(db.execute(text(query)).scalar() or 0) for query in (questions, replies)))


def _answer(store: Store, slack: FakeSlack, channels: int) -> int:
    """Everybody presses twice, from several threads, on the message that Slack shows."""
    shown = {message["channel"]: message["ts"] for message in slack.messages}
    planned = [posting for number in range(channels) if (posting := _posting(store, number))]
    postings = [posting for posting in planned if posting.channel in shown]
    random.Random(1).shuffle(postings)

    def press(part: list[Posting]) -> None:
        for posting in part:
            if posting.ts is None:
                store.postings.record_ts(posting.id, shown[posting.channel])
            for user in range(PEOPLE):
                for choice in (0, user % 4):
                    store.answers.record(posting.id, f"U{user}", choice)

    threads = [threading.Thread(target=press, args=(postings[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(len(store.answers.in_time(posting.id)) for posting in postings)


def _posting(store: Store, number: int) -> Posting | None:
    team, channel = f"T{number % 10}", f"C{number:05}"
    return store.postings.latest(team, channel)


def _count(
    slack: FailingSlack, channels: int, lost: Lost, given: int, kills: int, seconds: float
) -> Report:
    asked: Counter[str] = Counter()
    revealed: Counter[str] = Counter()
    replied: Counter[str] = Counter()
    answers_shown = 0
    for message in slack.messages:
        if message["thread_ts"]:
            replied[message["channel"]] += 1
            continue
        asked[message["channel"]] += 1
        if "The answer is" in message["text"]:
            revealed[message["channel"]] += 1
            answers_shown += PEOPLE * (f"of {PEOPLE} got it right" in message["text"])
    return Report(
        channels, len(asked), sum(n > 1 for n in asked.values()), lost.questions, len(revealed),
        sum(n > 1 for n in revealed.values()), len(replied),
        sum(n > 1 for n in replied.values()), lost.replies, given, answers_shown, kills,
        len(slack.calls), slack.failures, round(seconds, 1),
    )  # fmt: skip


def _wait(done: Any, limit: float) -> None:
    end = time.monotonic() + limit
    while not done() and time.monotonic() < end:
        time.sleep(0.5)


def _now() -> dict[str, float]:
    return {"now": time.time()}


@contextmanager
def _database(url: str) -> Iterator[Any]:
    engine = create_engine(url)
    try:
        with engine.begin() as db:
            yield db
    finally:
        engine.dispose()


@contextmanager
def database(engine: str) -> Iterator[str]:
    """A fresh database of a kind: the address of one that goes away afterwards."""
    with TemporaryDirectory() as folder:
        if engine == "sqlite":
            yield f"sqlite:///{folder}/crash.db"
            return
        with postgres(Path(folder)) as server:
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--channels", type=int, default=1000)
    parser.add_argument("--clocks", type=int, default=4)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    parser.add_argument("--history", choices=("yes", "no"))
    given = parser.parse_args()
    fields = [name for name in Report.__slots__]
    print("| engine | history | " + " | ".join(name.replace("_", " ") for name in fields) + " |")
    print("|" + "---|" * (len(fields) + 2))
    for engine in [given.engine] if given.engine else ["sqlite", "postgresql"]:
        for history in [given.history] if given.history else ["yes", "no"]:
            with database(engine) as url:
                report = run(url, given.channels, given.clocks, history == "yes")
            values = [str(getattr(report, name)) for name in fields]
            print(f"| {engine} | {history} | " + " | ".join(values) + " |", flush=True)


if __name__ == "__main__":
    main()
