"""The MCP server over HTTP: one request, one answer, and no state in between.

Clients send the token, except Slack's, which signs its requests.
https://docs.slack.dev/ai/slackbot-mcp-client
https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#streamable-http
"""

from __future__ import annotations

import hmac
import json
import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import anyio
from slack_sdk.signature import SignatureVerifier

from bot.listeners.guard import is_signed
from bot.operations.metrics import Metrics
from bot.slack.manifest import MCP as PATH

if TYPE_CHECKING:
    from mcp.server import MCPServer
    from starlette.types import Message

log = logging.getLogger(__name__)

KIND = "mcp"
MAX_REQUEST_BYTES = 100_000
MAX_CONCURRENT_REQUESTS = 4
"""A quarter of the server's threads, so that agents don't keep Slack waiting."""
TIMEOUT_SECONDS = 5.0
_ANY_HOST = "0.0.0.0"
"""Turns off the check of the host's name, which is for servers without authorization."""
_INVALID_REQUEST = -32600
"""https://www.jsonrpc.org/specification#error_object"""


@dataclass(slots=True)
class HttpAnswer:
    """An HTTP response."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask: clients with the token, and Slack if we have its signing secret."""

    token: str | None = None
    signing_secret: str | None = None

    def allows(self, body: bytes, headers: Mapping[str, str]) -> bool:
        """Whether the headers have the token, or a recent signature of these bytes by Slack.

        Header names are in lower case.
        """
        scheme, _, shown = headers.get("authorization", "").partition(" ")
        if self.token and scheme.lower() == "bearer":
            return hmac.compare_digest(shown.strip().encode(), self.token.encode())
        if not self.signing_secret:
            return False
        verifier = SignatureVerifier(self.signing_secret)
        return is_signed(verifier, body, lambda name, no: headers.get(name.lower(), no))


class McpEndpoint:
    """Answers requests. Safe to share between threads."""

    def __init__(self, server: MCPServer[Any], access: Access, metrics: Metrics) -> None:
        self._server = server
        self._access = access
        self._metrics = metrics
        self._places = threading.BoundedSemaphore(MAX_CONCURRENT_REQUESTS)

    def answer(self, body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        """The answer to a POST; header names may be in any case."""
        headers = {name.lower(): value for name, value in headers.items()}
        if len(body) > MAX_REQUEST_BYTES:
            return _refusal(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This request is too long for a question."
            )
        if not self._access.allows(body, headers):
            message = (
                "Send the token from FACTBOT_MCP_TOKEN in the header “Authorization: Bearer …”."
            )
            return _refusal(HTTPStatus.UNAUTHORIZED, message, {"WWW-Authenticate": "Bearer"})
        if not self._places.acquire(blocking=False):
            message = "Too many requests at once. Try again in a second."
            return _refusal(HTTPStatus.SERVICE_UNAVAILABLE, message, {"Retry-After": "1"})
        try:
            return self._serve(body, headers)
        finally:
            self._places.release()

    def _serve(self, body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        began = time.perf_counter()
        answer = HttpAnswer(HTTPStatus.INTERNAL_SERVER_ERROR)
        try:
            answer = anyio.run(_ask, self._server, body, headers)
        except Exception:
            log.exception("could not answer an agent", extra={"kind": KIND})
        seconds = time.perf_counter() - began
        self._metrics.served(KIND, str(int(answer.status)), seconds)
        message = {"kind": KIND, "status": int(answer.status), "seconds": seconds}
        log.info("served", extra=message)
        return answer


async def _ask(server: MCPServer[Any], body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
    """Call the server's ASGI application for this one request.

    https://asgi.readthedocs.io/en/latest/specs/www.html
    """
    app = server.streamable_http_app(
        streamable_http_path=PATH, json_response=True, stateless_http=True, host=_ANY_HOST
    )
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST",
        "scheme": "http", "path": PATH, "raw_path": PATH.encode(), "query_string": b"",
        "headers": [
            (name.encode("latin-1", "replace"), value.encode("latin-1", "replace"))
            for name, value in headers.items()
            if name != "authorization"
        ],
        "root_path": "", "client": None, "server": None,
    }  # fmt: skip
    answer = HttpAnswer(HTTPStatus.GATEWAY_TIMEOUT)
    is_read = False

    async def receive() -> Message:
        nonlocal is_read
        if is_read:
            await anyio.sleep_forever()  # the client stays
        is_read = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {
                name.decode("latin-1"): value.decode("latin-1")
                for name, value in message["headers"]
            }
        elif message["type"] == "http.response.body":
            answer.body += message.get("body", b"")

    with anyio.move_on_after(TIMEOUT_SECONDS):
        async with app.router.lifespan_context(app):
            await app(scope, receive, send)
    return answer


def _refusal(
    status: HTTPStatus, message: str, headers: Mapping[str, str] | None = None
) -> HttpAnswer:
    error = {"code": _INVALID_REQUEST, "message": message}
    body = json.dumps({"jsonrpc": "2.0", "id": None, "error": error}, ensure_ascii=False)
    more = {"Content-Type": "application/json", **(headers or {})}
    return HttpAnswer(status, more, body.encode())
