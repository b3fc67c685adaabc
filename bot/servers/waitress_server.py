"""waitress: one thread reads the requests of all connections, whole, before others answer them.

No connection can occupy a thread by sending nothing or little. waitress itself only closes silent
connections, so the deadlines are here.
https://docs.pylonsproject.org/projects/waitress/en/stable/design.html
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer

from bot.slack.limits import REQUEST_BODY

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)

ADDRESS = "0.0.0.0"
THREADS = 16
MAX_CONNECTIONS = 1000
RESERVED_FILES = 128
"""Files and sockets for the rest of the process."""
REQUEST_TIMEOUT_SECONDS = 10.0
"""From the first byte of a request to the last, and from connecting to the first byte."""
KEEP_ALIVE_SECONDS = 75.0
"""How long a connection may wait for its next request; proxies keep theirs about a minute."""
MAX_HEADER_BYTES = 32_768
MAX_BUFFERED_BYTES = 64_000_000
"""Of all requests together that are still being read."""
DRAIN_SECONDS = 1.0
"""For requests that are being read or answered when the process is told to stop."""


class Request(HTTPRequestParser):
    """A request that is being read, and when it began."""

    def __init__(self, adj: Adjustments) -> None:
        super().__init__(adj)
        self.began_at = time.time()

    def buffered(self) -> int:
        return len(self.header_plus) + (len(self.body_rcv) if self.body_rcv else 0)


class Connection(HTTPChannel):
    """A connection that must send each request by a deadline."""

    parser_class = Request
    served_at = 0.0

    def service(self) -> None:
        self.served_at = time.time()
        super().service()
        self.served_at = time.time()

    @property
    def is_answering(self) -> bool:
        return bool(self.requests or self.total_outbufs_len)

    @property
    def waits_since(self) -> float:
        """Since when we have been waiting for a request, or the rest of one."""
        if isinstance(self.request, Request):
            return self.request.began_at
        return max(self.creation_time, self.served_at)

    def is_overdue(self, now: float) -> bool:
        if self.requests:
            return False
        is_keep_alive = self.served_at and self.request is None
        return now - self.waits_since > (
            KEEP_ALIVE_SECONDS if is_keep_alive else REQUEST_TIMEOUT_SECONDS
        )

    def buffered(self) -> int:
        return self.request.buffered() if isinstance(self.request, Request) else 0


class Listener(TcpWSGIServer):
    """Accepts connections. If there are too many, closes the one that has been idle longest."""

    channel_class = Connection

    @property
    def connections(self) -> Collection[Connection]:
        return cast("dict[int, Connection]", self.active_channels).values()

    def readable(self) -> bool:
        if (
            len(self.connections) >= self.adj.connection_limit - 2
        ):  # the limit also counts this socket
            waiting = [connection for connection in self.connections if not connection.is_answering]
            for oldest in sorted(waiting, key=lambda connection: connection.waits_since)[:1]:
                oldest.will_close = True
        return super().readable()

    def maintenance(self, now: float) -> None:
        """Called by waitress about once a second."""
        for connection in self.connections:
            if connection.is_overdue(now):
                connection.will_close = True
        excess = sum(connection.buffered() for connection in self.connections) - MAX_BUFFERED_BYTES
        for connection in sorted(self.connections, key=Connection.buffered, reverse=True):
            if excess <= 0:
                break
            excess -= connection.buffered()
            connection.will_close = True


class Server:
    """The HTTP server. Raises OSError if it can't use the port."""

    def __init__(self, web: WSGIApplication, port: int, threads: int = THREADS) -> None:
        logging.getLogger("waitress.queue").setLevel(
            logging.ERROR
        )  # it logs a line per waiting request
        settings: dict[str, Any] = {
            "threads": threads,
            "connection_limit": _raise_file_limit(),
            "cleanup_interval": 1,
            "asyncore_use_poll": True,  # select() takes no file numbers above 1,023
            "log_socket_errors": False,
            "ident": None,
            "max_request_header_size": MAX_HEADER_BYTES,
            "max_request_body_size": REQUEST_BODY + 1,
            "inbuf_overflow": REQUEST_BODY + 1,  # no temporary files
        }
        adjustments = Adjustments(listen=f"{ADDRESS}:{port}", **settings)
        self._sockets: dict[int, Any] = {}
        self._listener = Listener(web, self._sockets, adj=adjustments)
        log.info("listening on %s:%s", ADDRESS, port)

    def run(self, stop: threading.Event) -> None:
        """Serve until `stop` is set, then finish the requests that have begun."""
        waking = threading.Thread(target=self._wake, args=(stop,), daemon=True)
        waking.start()
        while not stop.is_set():
            self._poll(1.0)
        waking.join()
        self._drain()

    def _wake(self, stop: threading.Event) -> None:
        stop.wait()
        self._listener.pull_trigger()

    def _poll(self, seconds: float) -> None:
        wasyncore.poll2(seconds, self._sockets)

    def _drain(self) -> None:
        listener = self._listener
        listener.accepting = False
        listener.del_channel()
        if listener.socket:
            listener.socket.close()
        end = time.monotonic() + DRAIN_SECONDS
        while time.monotonic() < end:
            for connection in listener.connections:
                if not connection.is_answering and connection.request is None:
                    connection.will_close = True
            if not listener.connections:
                break
            self._poll(0.05)
        listener.task_dispatcher.shutdown(timeout=0)
        wasyncore.close_all(self._sockets)


def _raise_file_limit() -> int:
    """How many connections we can have: each takes a file, so raise the limit on files."""
    try:
        import resource
    except ImportError:  # Windows
        return MAX_CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_CONNECTIONS + RESERVED_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        raised = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (raised, hard))
            soft = raised
    enough = soft == resource.RLIM_INFINITY or soft >= wanted
    return MAX_CONNECTIONS if enough else max(soft - RESERVED_FILES, soft // 2)
