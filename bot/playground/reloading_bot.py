"""The bot that serves the local Slack, rebuilt whenever a fact file is saved."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.build import build
from bot.knowledge_base import load_knowledge
from bot.servers.web import build_web
from bot.settings import Settings
from bot.store import Store
from knowledge import KnowledgeBase
from knowledge.files.folders import BUILT_IN, fact_files
from knowledge.files.loader import inspect

log = logging.getLogger(__name__)

FACTS_POLL_SECONDS = 0.5
CLOCK_TICK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class FileVersion:
    """Tells whether a file has changed since it was last seen."""

    modified_ns: int
    size_bytes: int


class ReloadingBot:
    """A WSGI application and its clock. While fact files are broken, the last good ones stay.

    `notify` is called after the facts have changed; `lint` are the problems found then.
    """

    def __init__(self, settings: Settings, store: Store, notify: Callable[[], None]) -> None:
        self._settings = settings
        self._store = store
        self._notify = notify
        self._folders = [BUILT_IN, *settings.facts]
        self._versions = _file_versions(self._folders)
        self.lint: list[str] = []
        knowledge = load_knowledge(settings)
        self._reference = knowledge.reference
        self._use(knowledge)

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        return self._web.wsgi_app(environ, start_response)

    def run(self, stop: threading.Event) -> None:
        """Run the clock and watch the fact files until told to stop."""
        watcher = threading.Thread(target=self._watch, args=(stop,), name="watch")
        watcher.start()
        while not stop.wait(CLOCK_TICK_SECONDS):
            try:
                self._clock.tick(stop)
                self._services.outbox.tick()
            except Exception:
                log.exception("the clock missed a beat")
        watcher.join()
        self._services.lookups.close()

    def reload_if_changed(self) -> None:
        """Load the facts again if one of their files has changed."""
        versions = _file_versions(self._folders)
        if versions == self._versions:
            return
        self._versions = versions
        content, faults = inspect(self._folders)
        self.lint = [str(fault) for fault in sorted(faults)]
        if not faults:
            knowledge = KnowledgeBase(content)
            knowledge.reference = self._reference
            self._use(knowledge)
        self._notify()

    def _use(self, knowledge: KnowledgeBase) -> None:
        bot = build(self._settings, knowledge=knowledge, store=self._store)
        self._clock = bot.services.build_clock()
        self._web = build_web(bot)
        self._services = bot.services

    def _watch(self, stop: threading.Event) -> None:
        while not stop.wait(FACTS_POLL_SECONDS):
            self.reload_if_changed()


def _file_versions(folders: Sequence[Path]) -> dict[Path, FileVersion]:
    versions = {}
    for path in fact_files(folders):
        try:
            stat = path.stat()
        except OSError:  # deleted just now
            continue
        versions[path] = FileVersion(stat.st_mtime_ns, stat.st_size)
    return versions
