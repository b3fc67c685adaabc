"""Load the knowledge that the settings name, with the second tier if they want it."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.reference.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.settings import Settings
    from knowledge import KnowledgeBase
    from knowledge.reference.versions import Versions

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 600.0
MAX_BUILDS = 3
"""A file that is damaged, or gone, is built again, but not forever."""


def load_knowledge(
    settings: Settings, prepare: Callable[[Path, Versions], None] | None = None
) -> KnowledgeBase:
    """The built-in facts and those of the settings, and exact names. Raises FactsError.

    `prepare` makes the file of exact names when it's first needed; by default, another process
    does, while questions are answered without it.
    """
    from knowledge import KnowledgeBase

    knowledge = KnowledgeBase.load(settings.facts, settings.cache)
    if settings.looks_up_names and settings.cache:
        knowledge.reference = Reference(settings.cache, prepare or BackgroundBuild())
    return knowledge


class BackgroundBuild:
    """Builds the file in a process of its own, because that takes seconds, and memory."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._builds = 0

    def __call__(self, path: Path, versions: Versions) -> None:
        """Start building unless that has begun. Raises OSError once that has failed."""
        if self._thread and self._thread.is_alive():
            return
        if self._builds == MAX_BUILDS:
            raise OSError("the file of exact names can't be built")
        self._builds += 1
        self._thread = threading.Thread(target=self._build, args=(path,), daemon=True)
        self._thread.start()

    def _build(self, path: Path) -> None:
        import subprocess  # slow to import, and rarely needed

        command = [sys.executable, "-m", "knowledge.reference", str(path)]
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True,
                timeout=TIMEOUT_SECONDS,
            )  # fmt: skip
        except subprocess.CalledProcessError as error:
            self._fail((error.stderr.strip().splitlines() or [""])[-1])
        except (OSError, subprocess.TimeoutExpired) as error:
            self._fail(type(error).__name__)
        else:
            log.info("exact names built", extra={"status": done.returncode})

    def _fail(self, reason: str) -> None:
        self._builds = MAX_BUILDS
        log.warning("exact names not built, so they're not looked up", extra={"error": reason})
