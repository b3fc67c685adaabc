"""The HTTP side of the fake Slack: reads requests and writes responses.

https://docs.slack.dev/apis/web-api/using-the-web-api
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from bot.fake_slack.calls import JsonObject
from bot.fake_slack.failures import SlackResponse

LOCAL_HOSTS = ("127.0.0.1", "localhost")
"""Under any other name, a request comes from somebody else's page.

https://owasp.org/www-community/attacks/DNS_Rebinding
"""
Handle = Callable[[str, JsonObject, str], SlackResponse]
"""Answers a request, given its path, arguments and token."""


class LocalServer(ThreadingHTTPServer):
    """A server on a free port of this machine."""

    request_queue_size = 128

    def __init__(self, handle: Handle) -> None:
        super().__init__(("127.0.0.1", 0), RequestHandler)
        self.handle = handle


class RequestHandler(BaseHTTPRequestHandler):
    """One connection."""

    server: LocalServer

    def do_POST(self) -> None:
        host = self.headers.get("Host", "").rsplit(":", 1)[0]
        if host not in LOCAL_HOSTS or self.headers.get("Origin"):
            self._send(SlackResponse("forbidden", 403))
            return
        address = urlsplit(self.path)
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        try:
            arguments = _arguments(raw, self.headers.get("Content-Type", ""), address.query)
        except ValueError:
            self._send(SlackResponse({"ok": False, "error": "invalid_json"}))
            return
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        token = str(arguments.pop("token", None) or token)
        self._send(self.server.handle(address.path, arguments, token))

    do_GET = do_POST

    def _send(self, response: SlackResponse) -> None:
        is_json = isinstance(response.body, dict)
        content = (json.dumps(response.body) if is_json else str(response.body)).encode()
        with contextlib.suppress(ConnectionError):  # the client may have given up waiting
            self.send_response(response.status)
            media_type = "application/json" if is_json else "text/plain"
            headers = {
                "Content-Type": f"{media_type}; charset=utf-8",
                "Content-Length": str(len(content)),
            }
            for name, value in (headers | response.headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Tests read `calls`, not the terminal."""


def _arguments(raw: str, content_type: str, query: str) -> JsonObject:
    """The arguments of a call. Structured ones are JSON in forms, and may be JSON in JSON.

    https://docs.slack.dev/apis/web-api/using-the-web-api#post-bodies
    """
    arguments: JsonObject = dict(parse_qsl(query, keep_blank_values=True))
    if content_type.startswith("application/json"):
        body = json.loads(raw or "{}")
        if not isinstance(body, dict):
            raise ValueError("the body is not an object")
        arguments |= body
    else:
        arguments |= parse_qsl(raw, keep_blank_values=True)
    for name in ("blocks", "metadata", "view"):
        if isinstance(arguments.get(name), str):
            with contextlib.suppress(ValueError):
                arguments[name] = json.loads(arguments[name])
    return arguments
