"""A server on this machine that responds as Slack's Web API and its response URLs do.

It refuses what Slack would refuse, keeps what it was sent, and fails on demand.
https://docs.slack.dev/apis/web-api
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Self

from bot.fake_slack.calls import CallError, JsonObject
from bot.fake_slack.failures import Failure as Failure
from bot.fake_slack.failures import SlackResponse as SlackResponse
from bot.fake_slack.failures import failure_response
from bot.fake_slack.rate_limits import ChannelRateLimiter
from bot.fake_slack.request_handler import LocalServer
from bot.fake_slack.response_urls import ResponseTarget, ResponseUrls
from bot.fake_slack.workspace import Workspace

RESPONSE = "response"
"""The method of calls to response URLs; their token is the last part of the URL."""
POST = "chat.postMessage"
OPEN_SOCKET = "apps.connections.open"
METHODS_WITHOUT_TOKEN = ("oauth.v2.access", "api.test")
RATE_LIMITED = Failure(status=429, retry_after=1)
ANYWHERE = ResponseTarget("C0NOWHERE", "U0NOBODY")
"""For tests that don't care where a response goes."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request that arrived, whatever the response; `at` is in monotonic seconds."""

    method: str
    body: JsonObject
    token: str
    at: float


@dataclass(frozen=True, slots=True)
class LateCall:
    """A call that is carried out only later; `due_at` is in seconds since 1970."""

    due_at: float
    carry_out: Callable[[], SlackResponse]


CallObserver = Callable[[Call, SlackResponse, frozenset[str]], None]
"""Gets each call, its response, and the ts of the messages that it created or changed."""


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
        self.calls: list[Call] = []
        self.late_calls: list[LateCall] = []
        self.on_call: CallObserver = lambda call, response, changed_ts: None
        self.failure_for: Callable[[str], Failure | None] = lambda method: None
        self.channel_failures: dict[str, Failure] = {}
        self.rate_limiter = ChannelRateLimiter()
        self.response_urls = ResponseUrls(now, self.respond)
        self._queued_failures: defaultdict[str, deque[Failure]] = defaultdict(deque)
        self._bot_tokens = frozenset(tokens)
        self._app_tokens = frozenset({"xapp-test"})
        self._changed = threading.Condition()
        self._delays_over = threading.Event()

    def __enter__(self) -> Self:
        self._server = LocalServer(self.handle)
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
        self._delays_over.set()
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

    def response_url(self, target: ResponseTarget = ANYWHERE) -> str:
        """A new URL, which takes five posts and answers 404 `used_url` to any more."""
        with self._changed:
            return f"{self._origin}/{RESPONSE}/{self.response_urls.new(target)}"

    def response_urls_of(self, user: str, view: JsonObject) -> list[JsonObject]:
        """The URLs that a submission brings: one for each chosen conversation that asks for it.

        https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
        """
        found = []
        for block_id, elements in view["state"]["values"].items():
            for action_id, value in elements.items():
                channel = value.get("selected_conversation")
                if channel and _brings_response_url(view, block_id, action_id):
                    found.append(
                        {
                            "block_id": block_id,
                            "action_id": action_id,
                            "channel_id": channel,
                            "response_url": self.response_url(ResponseTarget(channel, user)),
                        }
                    )
        return found

    def trigger(self, user: str) -> str:
        """A new trigger, with which a user's click or command can open a view."""
        with self._changed:
            return self.view_store.new_trigger(user)

    def receive_message(
        self, user: str, channel: str, text: str, thread_ts: str | None = None
    ) -> JsonObject:
        """Add what a person writes while the server is running."""
        with self._changed:
            return self.add_member_message(user, channel, text, thread_ts)

    def edit_message(self, message: JsonObject, text: str) -> None:
        """Change what a person wrote."""
        with self._changed:
            message.update(text=text, edited=True)

    def receive_command_response(self, target: ResponseTarget, body: JsonObject) -> frozenset[str]:
        """Show the response to a command; the ts of the messages created or changed."""
        with self._changed:
            self.changed_ts = set()
            self.respond(target, body)
            return frozenset(self.changed_ts)

    def fail_next(self, method: str, failure: Failure) -> None:
        """Queue a failure for the next call of a method (`response`: of any response URL)."""
        if method not in self.methods and method != RESPONSE:
            raise ValueError(f"{method} is not a method of this Slack")
        with self._changed:
            self._queued_failures[method].append(failure)

    def recover(self) -> None:
        """End all failures, and answer now what they have delayed."""
        self.channel_failures.clear()
        self.failure_for = lambda method: None
        self._queued_failures.clear()
        delays_over, self._delays_over = self._delays_over, threading.Event()
        delays_over.set()

    def wait_for(self, method: str, count: int = 1, timeout: float = 30) -> list[Call]:
        """All calls of a method, once there are `count` of them; `timeout` is in seconds.

        Raises TimeoutError with what arrived instead.
        """

        def matching() -> list[Call]:
            return [call for call in self.calls if call.method == method]

        with self._changed:
            if self._changed.wait_for(lambda: len(matching()) >= count, timeout):
                return matching()
            arrived = [call.method for call in self.calls]
        raise TimeoutError(f"{method} was not called {count} times in {timeout} s: {arrived}")

    def handle(self, path: str, body: JsonObject, token: str) -> SlackResponse:
        """Carry out one request and return the response; called by the server's threads."""
        kind, _, name = path.strip("/").partition("/")
        if kind == "api":
            method, carry_out = name, partial(self._call, name, body, token)
        elif kind == RESPONSE:
            method, token = RESPONSE, name
            carry_out = partial(self._use_response_url, name, body)
        else:
            return SlackResponse("not_found", 404)
        with self._changed:
            self.changed_ts = set()
            failure = self._next_failure(method, name, body)
            self._catch_up()
            response = self._outcome(failure, carry_out)
            call = Call(method, body, token, time.monotonic())
            self.calls.append(call)
            self.on_call(call, response, frozenset(self.changed_ts))
            self._changed.notify_all()
        self._delays_over.wait(failure.delay_seconds)
        return response

    def catch_up(self) -> None:
        """Carry out the late calls that have become due."""
        with self._changed:
            self._catch_up()

    def _outcome(self, failure: Failure, carry_out: Callable[[], SlackResponse]) -> SlackResponse:
        """Carry out a call now, later or never, as its failure says; the response."""
        if failure.late_seconds:
            self.late_calls.append(LateCall(self.now() + failure.late_seconds, carry_out))
        elif not failure.changes_response:
            return carry_out()
        elif failure.carried_out:
            carry_out()
        return failure_response(failure)

    def _next_failure(self, method: str, name: str, body: JsonObject) -> Failure:
        """What happens to a call; `name` is the last part of its path."""
        is_response = method == RESPONSE
        channel = self.response_urls.channel(name) if is_response else str(body.get("channel"))
        shows_something = is_response or method.startswith("chat.")
        queue = self._queued_failures[method]
        queued = queue.popleft() if queue else None
        in_channel = self.channel_failures.get(channel) if shows_something else None
        if method == POST and not self.rate_limiter.allows(channel):
            return RATE_LIMITED
        return queued or in_channel or self.failure_for(method) or Failure()

    def _catch_up(self) -> None:
        now = self.now()
        due = [call for call in self.late_calls if call.due_at <= now]
        self.late_calls = [call for call in self.late_calls if call.due_at > now]
        for call in sorted(due, key=lambda call: call.due_at):
            call.carry_out()

    def _call(self, method: str, arguments: JsonObject, token: str) -> SlackResponse:
        try:
            if method not in self.methods:
                raise CallError("unknown_method", req_method=method)
            if method not in METHODS_WITHOUT_TOKEN and token not in self._valid_tokens(method):
                raise CallError("invalid_auth")
            self._token_in_use = token
            headers = {"x-oauth-scopes": ",".join(sorted(self.scopes))}
            return SlackResponse({"ok": True, **self.methods[method](arguments)}, headers=headers)
        except CallError as error:
            return SlackResponse(error.response)

    def _valid_tokens(self, method: str) -> Collection[str]:
        if method == OPEN_SOCKET:
            return self._app_tokens
        return {*self._bot_tokens, *self.tokens.owners}

    def _use_response_url(self, name: str, body: JsonObject) -> SlackResponse:
        return self.response_urls.use(name, body)


def _brings_response_url(view: JsonObject, block_id: str, action_id: str) -> bool:
    return any(
        block.get("block_id") == block_id
        and block["element"]["action_id"] == action_id
        and block["element"].get("response_url_enabled") is True
        for block in view["blocks"]
        if block["type"] == "input"
    )
