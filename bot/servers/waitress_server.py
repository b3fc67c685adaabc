"""waitress: one thread reads the requests of all connections, whole, before others answer them.

No connection can occupy an answering thread by saying nothing or little. waitress itself only cuts
off those that stay silent, so deadlines are kept here.
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
CONNECTIONS = 1000
OTHER_FILES = 128
"""Files and sockets that the rest of the process may have open."""
REQUEST_SECONDS = 10.0
"""From the first byte of a request to its last, and from connecting to the first."""
KEPT_SECONDS = 75.0
"""For which a connection may wait for its next request; proxies keep theirs for about a minute."""
HEADER_BYTES = 32_768
BUFFERED_BYTES = 64_000_000
"""Of requests that are still being read, all together."""
DRAIN_SECONDS = 1.0
"""For requests that are being read or answered when we are told to stop."""


class Request(HTTPRequestParser):
    """A request that is being read."""

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
        """The time from which on it has owed us a request, or the rest of one."""
        if isinstance(self.request, Request):
            return self.request.began_at
        return max(self.creation_time, self.served_at)

    def is_overdue(self, now: float) -> bool:
        if self.requests:
            return False
        is_kept = self.served_at and self.request is None
        return now - self.waits_since > (KEPT_SECONDS if is_kept else REQUEST_SECONDS)

    def buffered(self) -> int:
        return self.request.buffered() if isinstance(self.request, Request) else 0


class Listener(TcpWSGIServer):
    """Accepts connections; if there are too many, those that have waited longest are cut off."""

    channel_class = Connection

    @property
    def connections(self) -> Collection[Connection]:
        return cast("dict[int, Connection]", self.active_channels).values()

    def readable(self) -> bool:
        if len(self.connections) >= self.adj.connection_limit - 2:  # the limit counts also us
            waiting = [each for each in self.connections if not each.is_answering]
            for oldest in sorted(waiting, key=lambda each: each.waits_since)[:1]:
                oldest.will_close = True
        return super().readable()

    def maintenance(self, now: float) -> None:
        """Called by waitress about once a second."""
        for connection in self.connections:
            if connection.is_overdue(now):
                connection.will_close = True
        excess = sum(each.buffered() for each in self.connections) - BUFFERED_BYTES
        for connection in sorted(self.connections, key=Connection.buffered, reverse=True):
            if excess <= 0:
                break
            excess -= connection.buffered()
            connection.will_close = True


class Server:
    """Raises OSError if the port cannot be used."""

    def __init__(self, web: WSGIApplication, port: int, threads: int = THREADS) -> None:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a line a waiting request
        settings: dict[str, Any] = {
            "threads": threads,
            "connection_limit": _raise_file_limit(),
            "cleanup_interval": 1,
            "asyncore_use_poll": True,  # select() takes no file numbers above 1,023
            "log_socket_errors": False,
            "ident": None,
            "max_request_header_size": HEADER_BYTES,
            "max_request_body_size": REQUEST_BODY + 1,
            "inbuf_overflow": REQUEST_BODY + 1,  # no temporary files
        }
        adjustments = Adjustments(listen=f"{ADDRESS}:{port}", **settings)
        self._sockets: dict[int, Any] = {}
        self._listener = Listener(web, self._sockets, adj=adjustments)
        log.info("listening on %s:%s", ADDRESS, port)

    def run(self, stop: threading.Event) -> None:
        """Serve until told to stop, then end the requests that have begun, and no others."""
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
    """How many connections there may be: one takes a file, of which we ask for enough."""
    try:
        import resource
    except ImportError:  # Windows
        return CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        raised = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (raised, hard))
            soft = raised
    enough = soft == resource.RLIM_INFINITY or soft >= wanted
    return CONNECTIONS if enough else max(soft - OTHER_FILES, soft // 2)
