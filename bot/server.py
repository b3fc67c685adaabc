"""gunicorn with threads, in front of the pages."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from bot.stopping import GRACE

THREADS = 16


class Server(BaseApplication):  # type: ignore[misc]
    """`build` runs in each worker, after the fork; so does what it returns, when that ends."""

    def __init__(self, build: Callable[[], tuple[Flask, Callable[[], None]]], port: int) -> None:
        self._build = build
        self._close: Callable[[], None] = lambda: None
        self._options = {
            "bind": f"0.0.0.0:{port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": THREADS,
            "graceful_timeout": GRACE,
            "timeout": 30,
            "logger_class": OneLog,
            "control_socket_disable": True,
            "worker_exit": lambda arbiter, worker: self._close(),
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            if name in self.cfg.settings:  # 25.0 has no control socket
                self.cfg.set(name, value)

    def load(self) -> Flask:
        web, self._close = self._build()
        gc.collect()
        gc.freeze()  # the facts stay: no collection need look at them again
        return web


class OneLog(Logger):  # type: ignore[misc]
    """gunicorn's messages in our own log, in its form."""

    def setup(self, cfg: Any) -> None:
        self.loglevel = logging.INFO
        self._access_log_enabled = False
        self.error_log.propagate = True
