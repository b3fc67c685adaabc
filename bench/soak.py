"""An hour of ten busy workspaces in some minutes, while Slack and the database fail now and then.

    uv run --group dev python -m bench.soak [--minutes 4] [--requests 6000]

Real `factbot serve` and `factbot clock` processes on a real PostgreSQL, which is stopped for twenty
seconds twice, in front of a fake Slack that answers 429, 500 (having taken the call, or not) and
late. Some events are delivered twice. Every request must be answered, nobody's answer doubled for
all to see, no request refused, and the memory must stay flat.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from bench.crash import FailingSlack, Shares
from bench.servers import free_port, postgres, wait_for
from bot.fake_slack.response_urls import ResponseTarget
from bot.fake_slack.server import Failure, SlackResponse
from bot.settings import Settings
from bot.store import Store
from knowledge import KnowledgeBase

SECRET = "bench"
BUSY = 600
"""Requests an hour of a busy workspace; ten of them are made here."""
CHANNELS, PEOPLE = 200, 120
AWAY = 20.0
"""Seconds for which the database is away, twice."""
TWICE = 0.1
"""The share of events that Slack delivers again."""
SHARES: Shares = (
    (0.02, Failure(status=500, carried_out=True)),
    (0.02, Failure(status=500)),
    (0.02, Failure(status=429, retry_after=1)),
    (0.01, Failure(delay_seconds=3.0)),
)
"""The share of calls with each failure."""
MIX = {
    "question": 45, "mention": 15, "direct": 15, "press": 10, "practice": 6, "leaderboard": 4,
    "status": 3, "home": 2,
}  # fmt: skip
"""What people do, in percent."""


@dataclass
class Tally:
    """What was sent and what came back; `waited` are seconds of requests."""

    sent: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    waited: list[float] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    asked: dict[str, str] = field(default_factory=dict)
    """What is answered later, by the ts or the response_url that the answer will name."""


class Watched(FailingSlack):
    """Counts what each response_url took, also if it then answered something else."""

    def __init__(self, seed: int, shares: Shares) -> None:
        super().__init__(seed, shares)
        self.taken: Counter[str] = Counter()

    def _use_response_url(self, name: str, body: dict[str, Any]) -> SlackResponse:
        answer = super()._use_response_url(name, body)
        self.taken[name] += answer.status == 200
        return answer


class Traffic:
    """Makes requests as Slack does, each on its thread's own connection."""

    def __init__(self, slack: Watched, port: int, seed: int) -> None:
        self.tally = Tally()
        self._slack = slack
        self._port = port
        self._verifier = SignatureVerifier(SECRET)
        self._local = threading.local()
        self._lock = threading.Lock()
        self._random = random.Random(seed)
        facts = KnowledgeBase.load().facts
        self._questions = [text for fact in facts.values() for text in fact.phrasings]
        self._value = json.dumps([1, next(iter(facts)), "U0", "question"])
        self._number = 0

    def make(self) -> None:
        """Make one request of the mix."""
        with self._lock:
            self._number += 1
            number, dice = self._number, self._random
            kind = dice.choices(list(MIX), list(MIX.values()))[0]
            question = dice.choice(self._questions)
            channel, user = f"C{dice.randrange(CHANNELS)}", f"U{dice.randrange(PEOPLE)}"
            twice = dice.random() < TWICE
            self.tally.sent[kind] += 1
        if kind in ("mention", "direct", "home"):
            body = self._event(kind, number, question, channel, user)
            for _ in range(1 + twice):
                self._post(json.dumps(body), "application/json")
            return
        url = self._slack.response_url(ResponseTarget(channel, user))
        form = self._form(kind, question, channel, user, url)
        if kind != "question":
            with self._lock:
                self.tally.asked[url.rpartition("/")[2]] = kind
        answer = self._post(urlencode(form), "application/x-www-form-urlencoded")
        if kind == "question" and not json.loads(answer or "{}").get("text"):
            raise AssertionError("a question was not answered")

    def _event(self, kind: str, number: int, text: str, channel: str, user: str) -> dict[str, Any]:
        where = channel if kind == "mention" else f"D{user[1:]}"
        if kind == "home":
            event = {"type": "app_home_opened", "user": user, "tab": "home", "channel": where}
        else:
            ts = self._slack.receive_message(user, where, text, None)["ts"]
            event = {"type": "message", "channel_type": "im", "user": user, "text": text,
                     "channel": where, "ts": ts}  # fmt: skip
            if kind == "mention":
                event |= {"type": "app_mention", "text": f"<@U0BOT> {text}"}
            with self._lock:
                self.tally.asked[ts] = kind
        return {
            "type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event": event,
            "event_id": f"Ev{number}", "event_time": int(time.time()),
            "authorizations": [{"team_id": "T1", "user_id": "U0BOT", "is_bot": True}],
        }  # fmt: skip

    def _form(self, kind: str, text: str, channel: str, user: str, url: str) -> dict[str, str]:
        if kind == "press":
            action = {"type": "button", "action_id": "helpful", "block_id": "b", "action_ts": "1",
                      "value": self._value}  # fmt: skip
            payload = {
                "type": "block_actions", "team": {"id": "T1"}, "user": {"id": user},
                "channel": {"id": channel, "name": "team"}, "actions": [action],
                "container": {"type": "message", "message_ts": "300.1", "channel_id": channel,
                              "is_ephemeral": True},
                "response_url": url, "api_app_id": "A1", "trigger_id": "1.2",
            }  # fmt: skip
            return {"payload": json.dumps(payload)}
        words = {"question": text, "status": "quiz status"}.get(kind, kind)
        return {
            "command": "/aws", "text": words, "user_id": user, "team_id": "T1",
            "channel_id": channel, "response_url": url, "trigger_id": "1.2", "api_app_id": "A1",
        }  # fmt: skip

    def _post(self, body: str, kind: str) -> str:
        now = str(int(time.time()))
        signature = self._verifier.generate_signature(timestamp=now, body=body)
        headers = {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": now,
            "X-Slack-Signature": str(signature),
        }
        began = time.perf_counter()
        for _ in range(2):  # an idle connection may have been closed
            connection = self._connection()
            try:
                connection.request("POST", "/slack/events", body, headers)
                response = connection.getresponse()
                text = response.read().decode()
                break
            except (http.client.HTTPException, ConnectionError):
                connection.close()
        with self._lock:
            self.tally.statuses[response.status] += 1
            self.tally.waited.append(time.perf_counter() - began)
        return text

    def _connection(self) -> http.client.HTTPConnection:
        if not hasattr(self._local, "connection"):
            made = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
            self._local.connection = made
        connection: http.client.HTTPConnection = self._local.connection
        return connection


@contextmanager
def processes(environment: dict[str, str], log: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """`factbot serve` and `factbot clock`."""
    with log.open("wb") as file:
        running = [
            subprocess.Popen(
                [sys.executable, "-c", "from bot.cli.main import main; main()", name],
                env=environment, stdout=file, stderr=file,
            )
            for name in ("serve", "clock")
        ]  # fmt: skip
    try:
        yield running
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(15)


def memory(process: subprocess.Popen[bytes]) -> float:
    """Megabytes that a process and its children hold."""
    task = Path(f"/proc/{process.pid}")
    children = (task / f"task/{process.pid}/children").read_text().split()
    pages = sum(
        int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        for pid in (str(process.pid), *children)
    )
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def run(minutes: float, requests: int) -> dict[str, Any]:
    seconds = minutes * 60
    with TemporaryDirectory() as folder, postgres(Path(folder) / "pg") as database:
        url = Settings.from_env({"DATABASE_URL": database.get_uri()}).database_url
        store = Store(url)
        store.prepare()
        store.close()
        with Watched(1, SHARES) as slack:
            port = free_port()
            environment = {
                **os.environ, "SLACK_BOT_TOKEN": "xoxb-test", "SLACK_SIGNING_SECRET": SECRET,
                "SLACK_API_URL": slack.url, "DATABASE_URL": url, "PORT": str(port),
            }  # fmt: skip
            log = Path(folder) / "log"
            with processes(environment, log) as (serve, clock):
                wait_for(port)
                traffic = Traffic(slack, port, 1)
                sizes: list[tuple[float, float, float]] = []
                began = time.monotonic()
                stop = threading.Event()
                beside = [
                    threading.Thread(target=_sample, args=(serve, clock, sizes, stop)),
                    threading.Thread(target=_interrupt, args=(database, seconds, stop)),
                ]
                for thread in beside:
                    thread.start()
                _drive(traffic, seconds, requests)
                _settle(slack, traffic)
                stop.set()
                for thread in beside:
                    thread.join()
                return _report(slack, traffic, sizes, time.monotonic() - began, log)


def _drive(traffic: Traffic, seconds: float, requests: int) -> None:
    """Requests at random moments, as many a second as it takes."""
    dice, began = random.Random(2), time.monotonic()
    moments = sorted(dice.uniform(0, seconds) for _ in range(requests))
    with ThreadPoolExecutor(32) as threads:
        jobs = []
        for moment in moments:
            time.sleep(max(0.0, began + moment - time.monotonic()))
            jobs.append(threads.submit(traffic.make))
        for job in jobs:
            job.result()


def _interrupt(database: Any, seconds: float, stop: threading.Event) -> None:
    for share in (0.3, 0.35):
        if stop.wait(seconds * share):
            return
        database.stop()
        stop.wait(AWAY)
        database.ensure_postgres_running()


def _sample(
    serve: subprocess.Popen[bytes],
    clock: subprocess.Popen[bytes],
    sizes: Any,
    stop: threading.Event,
) -> None:
    while not stop.wait(1):
        sizes.append((time.monotonic(), memory(serve), memory(clock)))


def _settle(slack: Watched, traffic: Traffic) -> None:
    """Until everything is answered, or for a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end and len(_answers(slack)) < len(traffic.tally.asked):
        time.sleep(0.5)
    time.sleep(3)


def _answers(slack: Watched) -> Counter[str]:
    """How often each later answer has come, by what it answers."""
    found: Counter[str] = Counter()
    for message in list(slack.messages):
        metadata = message.get("metadata") or {}
        if metadata:
            found[str((metadata.get("event_payload") or {}).get("ts"))] += 1
    return found + _alone(slack)


def _alone(slack: Watched) -> Counter[str]:
    """The answers that one person alone got."""
    found: Counter[str] = Counter(slack.taken)
    found.update(
        str(message["thread_ts"]) for message in list(slack.ephemeral) if message["thread_ts"]
    )
    return found


def _report(
    slack: Watched, traffic: Traffic, sizes: Any, seconds: float, log: Path
) -> dict[str, Any]:
    tally = traffic.tally
    answers, alone = _answers(slack), _alone(slack)
    public = answers - alone
    third = len(sizes) // 3
    waited = quantiles(tally.waited, n=100)
    return {
        "requests": sum(tally.statuses.values()),
        "seconds": round(seconds),
        "p50 ms": round(waited[49] * 1e3, 1),
        "p99 ms": round(waited[98] * 1e3, 1),
        "not 200": sum(count for status, count in tally.statuses.items() if status != 200),
        "to answer later": len(tally.asked),
        "lost": sum(not answers[key] for key in tally.asked),
        "doubled for all": sum(count > 1 for count in public.values()),
        "repeated to one": sum(answers[key] > 1 for key in tally.asked),
        "failures": slack.failures,
        "serve MB": f"{_mean(sizes[third : third + 10], 1)} to {_mean(sizes[-10:], 1)}",
        "clock MB": f"{_mean(sizes[third : third + 10], 2)} to {_mean(sizes[-10:], 2)}",
        "tracebacks": log.read_text().count("Traceback"),
    }


def _mean(sizes: list[Any], which: int) -> int:
    return int(sum(size[which] for size in sizes) / max(1, len(sizes)))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=4.0)
    parser.add_argument("--requests", type=int, default=10 * BUSY)
    given = parser.parse_args()
    report = run(given.minutes, given.requests)
    print("| " + " | ".join(report) + " |")
    print("|" + "---|" * len(report))
    print("| " + " | ".join(str(value) for value in report.values()) + " |")


if __name__ == "__main__":
    main()
