"""A server on this machine that answers as Slack's Web API and its response_urls do.

It refuses what Slack would refuse, keeps what it was sent, and fails on demand.
https://docs.slack.dev/apis/web-api
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from bot.fake_slack.calls import Body, Refused
from bot.fake_slack.failures import Answer as Answer
from bot.fake_slack.failures import Failure as Failure
from bot.fake_slack.failures import failure_answer
from bot.fake_slack.rate_limits import Pace
from bot.fake_slack.response_urls import Responses, Source
from bot.fake_slack.workspace import Workspace

RESPONSE = "response"
"""The method of calls to response_urls; their token is the last part of the url."""
NOWHERE = Source("C0NOWHERE", "U0NOBODY")
SOCKET_MODE = "apps.connections.open"
WITHOUT_TOKEN = ("oauth.v2.access", "api.test")


@dataclass(frozen=True, slots=True)
class Call:
    """One request that arrived, whatever was answered; `at` is in monotonic seconds."""

    method: str
    body: Body
    token: str
    at: float


TOO_FAST = Failure(status=429, retry_after=1)
POST = "chat.postMessage"
OWN_NAMES = ("127.0.0.1", "localhost")
"""By any other name a request comes from a page of somebody else's."""


Watch = Callable[[Call, Answer, frozenset[str]], None]
"""Told of each call, its answer, and the ts of the messages that it made or changed."""


class FakeSlack(Workspace):
    """Slack for one bot, served inside `with`; see `Workspace` for what it holds.

    Calls can be made to fail: by method (`failure_for`), by the channel in which they show
    something (`channel_failures`), or one at a time (`fail_next`). `late_calls` are still to be
    carried out. `allow_pings` accepts mentions of whole groups, which otherwise are refused.
    """

    def __init__(
        self,
        tokens: Collection[str] = ("xoxb-test",),
        *,
        allow_pings: bool = False,
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(allow_pings, now)
        self.methods["api.test"] = lambda body: {}
        self._pace = Pace()
        self.watch: Watch = lambda call, answer, touched: None
        self.failure_for: Callable[[str], Failure | None] = lambda method: None
        self.channel_failures: dict[str, Failure] = {}
        self.calls: list[Call] = []
        self._tokens = frozenset(tokens)
        self._app_tokens = frozenset({"xapp-test"})
        self._responses = Responses(now, self.respond)
        self._queued_failures: defaultdict[str, deque[Failure]] = defaultdict(deque)
        self.late_calls: list[tuple[float, Callable[[], Answer]]] = []
        self._changed = threading.Condition()
        self._released = threading.Event()

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.slack = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), name="fake-slack", daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._released.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """For `WebClient(base_url=…)`."""
        return f"{self._origin}/api/"

    @property
    def _origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def response_url(self, source: Source = NOWHERE) -> str:
        """A new one, which takes five posts and answers 404 `used_url` to any more."""
        with self._changed:
            return f"{self._origin}/{RESPONSE}/{self._responses.new(source)}"

    def trigger(self, user: str) -> str:
        """A new trigger, with which a person's press or command can open a view."""
        with self._changed:
            return self.modals.trigger(user)

    def take_message(self, user: str, channel: str, text: str, thread_ts: str | None) -> Body:
        """Keep what a person writes."""
        with self._changed:
            return self.write(user, channel, text, thread_ts)

    def take_answer(self, source: Source, body: Body) -> frozenset[str]:
        """Show what a command was answered with; the ts of the messages made or changed."""
        with self._changed:
            self.touched = set()
            self.respond(source, body)
            return frozenset(self.touched)

    def fail_next(self, method: str, failure: Failure) -> None:
        """Queue a failure for the next call of a method (`response`: of any response_url)."""
        if method not in self.methods and method != RESPONSE:
            raise ValueError(f"{method} is not a method of this Slack")
        with self._changed:
            self._queued_failures[method].append(failure)

    def recover(self) -> None:
        """End all failures, and answer now what they have delayed."""
        self.channel_failures.clear()
        self.failure_for = lambda method: None
        self._queued_failures.clear()
        released, self._released = self._released, threading.Event()
        released.set()

    def wait_for(self, method: str, count: int = 1, timeout: float = 5) -> list[Call]:
        """All calls of a method once there are so many, carried out as far as they will be.

        Raises TimeoutError with what arrived instead.
        """

        def found() -> list[Call]:
            return [call for call in self.calls if call.method == method]

        with self._changed:
            if self._changed.wait_for(lambda: len(found()) >= count, timeout):
                return found()
            arrived = [call.method for call in self.calls]
        raise TimeoutError(f"{method} was not called {count} times in {timeout} s: {arrived}")

    def answer(self, path: str, body: Body, token: str) -> Answer:
        """Carry out one request and say what to answer; called by the server's threads."""
        kind, _, name = path.strip("/").partition("/")
        if kind not in ("api", RESPONSE):
            return Answer("not_found", 404)
        method = name if kind == "api" else RESPONSE
        with self._changed:
            self.touched = set()
            failure = self._next_failure(method, name, body)
            self._catch_up()
            answer = failure_answer(failure)
            carry_out = (
                partial(self._call, name, body, token)
                if kind == "api"
                else partial(self._respond, name, body)
            )
            if failure.late_seconds:
                self.late_calls.append((self.now() + failure.late_seconds, carry_out))
            elif failure.carried_out or not failure.changes_answer:
                good = carry_out()
                answer = answer if failure.changes_answer else good
            call_token = token if kind == "api" else name
            call = Call(method, body, call_token, time.monotonic())
            self.calls.append(call)
            self.watch(call, answer, frozenset(self.touched))
            self._changed.notify_all()
        self._released.wait(failure.delay_seconds)
        return answer

    def _next_failure(self, method: str, name: str, body: Body) -> Failure:
        """What happens to a call; `name` is the last part of its address."""
        channel = self._responses.channel(name) if method == RESPONSE else str(body.get("channel"))
        shows = method == RESPONSE or method.startswith("chat.")
        queue = self._queued_failures[method]
        queued = queue.popleft() if queue else None
        in_channel = self.channel_failures.get(channel) if shows else None
        if method == POST and not self._pace.allows(channel):
            return TOO_FAST
        return queued or in_channel or self.failure_for(method) or Failure()

    def catch_up(self) -> None:
        """Carry out what has become due since the last call: late calls, scheduled messages."""
        with self._changed:
            self._catch_up()

    def _catch_up(self) -> None:
        due = [each for each in self.late_calls if each[0] <= self.now()]
        self.late_calls = [each for each in self.late_calls if each[0] > self.now()]
        for _, carry_out in sorted(due, key=lambda each: each[0]):
            carry_out()
        self.post_scheduled()

    def _call(self, method: str, body: Body, token: str) -> Answer:
        try:
            if method not in self.methods:
                raise Refused("unknown_method", req_method=method)
            if method not in WITHOUT_TOKEN and token not in self._known(method):
                raise Refused("invalid_auth")
            self.caller = token
            scopes = {"x-oauth-scopes": ",".join(sorted(self.scopes))}
            return Answer({"ok": True, **self.methods[method](body)}, headers=scopes)
        except Refused as refused:
            return Answer(refused.answer)

    def _known(self, method: str) -> Collection[str]:
        """The tokens with which a method may be called."""
        return self._app_tokens if method == SOCKET_MODE else {*self._tokens, *self.grants.teams}

    def _respond(self, name: str, body: Body) -> Answer:
        status, text = self._responses.use(name, body)
        return Answer(text, status)


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    slack: FakeSlack


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        host = self.headers.get("Host", "").rsplit(":", 1)[0]
        if host not in OWN_NAMES or self.headers.get("Origin"):
            self._send(Answer("forbidden", 403))
            return
        address = urlsplit(self.path)
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        try:
            body = _body(raw, self.headers.get("Content-Type", ""), address.query)
        except ValueError:
            self._send(Answer({"ok": False, "error": "invalid_json"}))
            return
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        token = str(body.pop("token", None) or token)
        self._send(self.server.slack.answer(address.path, body, token))

    do_GET = do_POST

    def _send(self, answer: Answer) -> None:
        is_json = isinstance(answer.body, dict)
        content = (json.dumps(answer.body) if is_json else str(answer.body)).encode()
        with contextlib.suppress(ConnectionError):  # the client may have given up waiting
            self.send_response(answer.status)
            kind = "application/json" if is_json else "text/plain"
            headers = {"Content-Type": f"{kind}; charset=utf-8", "Content-Length": len(content)}
            for name, value in (headers | answer.headers).items():
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Tests read `calls`, not the terminal."""


def _body(raw: str, content_type: str, query: str) -> Body:
    """The arguments of a call. In forms the structured ones are JSON, in JSON they may be.

    https://docs.slack.dev/apis/web-api/using-the-web-api#post-bodies
    """
    body: Body = dict(parse_qsl(query, keep_blank_values=True))
    if content_type.startswith("application/json"):
        given = json.loads(raw or "{}")
        if not isinstance(given, dict):
            raise ValueError("not an object")
        body |= given
    else:
        body |= parse_qsl(raw, keep_blank_values=True)
    for name in ("blocks", "attachments", "metadata", "view"):
        if isinstance(body.get(name), str):
            with contextlib.suppress(ValueError):
                body[name] = json.loads(body[name])
    return body
