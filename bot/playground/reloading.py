"""The bot in front of the local Slack, built anew whenever a fact file is saved."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from bot.app import build_app
from bot.servers.web import build_web
from bot.services import Services, build_services
from bot.settings import Settings
from bot.store import Store
from knowledge import KnowledgeBase
from knowledge.files.folders import BUILT_IN, fact_files
from knowledge.files.loader import inspect

log = logging.getLogger(__name__)

LOOK_EVERY = 0.5
TICK_EVERY = 0.5
"""Seconds."""


class Reloading:
    """A WSGI application and its clock; with faults in the facts the last good ones stay."""

    def __init__(self, settings: Settings, store: Store, changed: Callable[[], None]) -> None:
        self._settings = settings
        self._store = store
        self._changed = changed
        self._folders = [BUILT_IN, *settings.facts]
        self._seen = _stamps(self._folders)
        self.lint: list[str] = []
        knowledge = KnowledgeBase.load(settings.facts, settings.cache)
        self._use(knowledge)

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        return self._web.wsgi_app(environ, start_response)

    def run(self, stop: threading.Event) -> None:
        """Keep the clock and watch the fact files until told to stop."""
        watcher = threading.Thread(target=self._watch, args=(stop,), name="watch")
        watcher.start()
        while not stop.wait(TICK_EVERY):
            try:
                self._clock.tick(stop)
                self._services.outbox.tick()
            except Exception:
                log.exception("the clock missed a beat")
        watcher.join()
        self._services.lookups.close()

    def look(self) -> None:
        """Take over the facts if a file of theirs has changed."""
        stamps = _stamps(self._folders)
        if stamps == self._seen:
            return
        self._seen = stamps
        content, faults = inspect(self._folders)
        self.lint = [str(fault) for fault in sorted(faults)]
        if not faults:
            self._use(KnowledgeBase(content))
        self._changed()

    def _use(self, knowledge: KnowledgeBase) -> None:
        services: Services = build_services(self._settings, knowledge, self._store)
        self._clock = services.build_clock()
        app = build_app(self._settings, services)
        self._web = build_web(app, str(self._settings.signing_secret), services)
        self._services = services

    def _watch(self, stop: threading.Event) -> None:
        while not stop.wait(LOOK_EVERY):
            self.look()


def _stamps(folders: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    """Each fact file's time of change and size."""
    found = {}
    for path in fact_files(folders):
        try:
            stat = path.stat()
        except OSError:  # deleted just now
            continue
        found[path] = (stat.st_mtime_ns, stat.st_size)
    return found
