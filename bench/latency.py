"""The slash command over HTTP beside an empty Bolt app, same server, same run.

    uv run --group dev python -m bench.latency

Both are served by our server on 127.0.0.1 and take turns; a client keeps its
connection, and measures until the whole answer is there. Ours writes its log, to nowhere.
"""

from __future__ import annotations

import atexit
import http.client
import multiprocessing
import os
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from flask import Flask
from slack_sdk.signature import SignatureVerifier

from bench.servers import free_port, wait_for
from knowledge import KnowledgeBase

SECRET = "bench"
REQUESTS = 640
CLIENTS = (1, 8, 64)
ROUNDS = 3


def empty_app() -> Flask:
    """What Bolt costs when it does nothing: a command that is only acknowledged."""
    from flask import Response, request
    from slack_bolt import App
    from slack_bolt.adapter.flask import SlackRequestHandler
    from slack_bolt.authorization import AuthorizeResult

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token="xoxb-1")

    app = App(signing_secret=SECRET, authorize=authorize, process_before_response=True)
    app.command("/aws")(lambda ack: ack())
    handler = SlackRequestHandler(app)
    web = Flask("empty")

    @web.post("/slack/events")
    def slack_events() -> Response:
        return handler.handle(request)

    return web


def our_app() -> Flask:
    from bot.build import build
    from bot.servers.web import build_web
    from bot.settings import Settings

    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    settings = Settings(
        bot_token="xoxb-1", signing_secret=SECRET, database_url=f"sqlite:///{folder.name}/bench.db"
    )
    return build_web(build(settings))


def main() -> None:
    phrasings = [p for fact in KnowledgeBase.load().facts.values() for p in fact.phrasings]
    random.seed(1)
    # Bolt's own reader loses a form that contains the word payload: the peer would answer 404.
    questions = random.sample([p for p in phrasings if "payload" not in p], REQUESTS)
    with _served(empty_app) as empty, _served(our_app) as ours:
        for port in (empty, ours):
            _measure(port, questions[:50], 1)
        print("| clients | empty Bolt app | factbot | ratio | ratio of p99 | requests a second |")
        print("|---|---|---|---|---|---|")
        for clients in CLIENTS:
            times: dict[int, list[float]] = {empty: [], ours: []}
            seconds = {empty: 0.0, ours: 0.0}
            for _ in range(ROUNDS):
                for port in (empty, ours):
                    began = time.perf_counter()
                    times[port] += _measure(port, questions, clients)
                    seconds[port] += time.perf_counter() - began
            base, own = median(times[empty]), median(times[ours])
            tails = [quantiles(times[port], n=100)[98] for port in (empty, ours)]
            rates = [len(times[port]) / seconds[port] for port in (empty, ours)]
            print(
                f"| {clients} | {base * 1e3:.2f} ms | {own * 1e3:.2f} ms | {own / base:.2f} "
                f"| {tails[1] / tails[0]:.2f} | {rates[0]:.0f} and {rates[1]:.0f} |"
            )


@contextmanager
def _served(build: Callable[[], Flask]) -> Iterator[int]:
    port = free_port()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(build, port))
    process.start()
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.join()


def _serve(build: Callable[[], Flask], port: int) -> None:
    from bot.operations.logs import set_up
    from bot.operations.shutdown import stopped_by_signals
    from bot.servers.waitress_server import Server

    with open(os.devnull, "w") as sys.stderr:  # the log is written, as it is in service
        set_up("text", (SECRET,))
        Server(build(), port).run(stopped_by_signals())


def _measure(port: int, questions: list[str], clients: int) -> list[float]:
    """Seconds of each request, by so many clients at once; signed before the clock runs."""
    times: list[float] = []
    parts = [[_signed(question) for question in questions[n::clients]] for n in range(clients)]
    threads = [threading.Thread(target=_ask, args=(port, part, times)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _signed(question: str) -> tuple[str, dict[str, str]]:
    fields = {"command": "/aws", "text": question, "team_id": "T1", "user_id": "U1"}
    body = urlencode(fields | {"channel_id": "C1", "response_url": "http://127.0.0.1/x"})
    now = str(int(time.time()))
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": str(
            SignatureVerifier(SECRET).generate_signature(timestamp=now, body=body)
        ),
    }
    return body, headers


def _ask(port: int, requests: list[tuple[str, dict[str, str]]], times: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for body, headers in requests:
        start = time.perf_counter()
        connection.request("POST", "/slack/events", body, headers)
        response = connection.getresponse()
        response.read()
        times.append(time.perf_counter() - start)
        assert response.status == 200, (response.status, body)
    connection.close()


if __name__ == "__main__":
    main()
