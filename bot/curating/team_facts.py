"""Keeps every workspace's facts up to date with the database, in each process by itself.

Lookups never wait for the database: a thread reads what is new several times a second. If the
database is away, what was read last stays.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict, defaultdict

from bot.curating.changes import TeamChanges
from bot.store import Store, StoreError
from bot.team.team_knowledge import MAX_BUILT_TEAMS, TeamKnowledge
from knowledge import KnowledgeBase

log = logging.getLogger(__name__)

POLL_SECONDS = 0.3
"""An approved fact answers within a second in every process."""
MAX_START_SECONDS = 0.5
"""How long the first lookup waits for what is in the database."""


class TeamFacts:
    """The facts of all workspaces. Safe to share between threads."""

    def __init__(self, knowledge: KnowledgeBase, store: Store) -> None:
        self.built_in = TeamKnowledge(knowledge)
        self._store = store
        self._changes: defaultdict[str, TeamChanges] = defaultdict(TeamChanges)
        self._versions: dict[str, int] = {}
        self._built: OrderedDict[str, TeamKnowledge] = OrderedDict()
        self._last_id = 0
        self._count = 0
        self._is_away = False
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._is_read = threading.Event()
        self._thread: threading.Thread | None = None

    def of(self, team: str) -> TeamKnowledge:
        """What the people of a workspace get: the same object until something changes."""
        if self._thread is None:  # started here, because threads don't survive a fork
            self._start()
        built = self._built.get(team)
        if built is not None:
            return built
        if team not in self._changes:
            return self.built_in
        with self._lock:
            return self._build(team)

    def version(self, team: str) -> int:
        """A number that changes with each change in a workspace."""
        if self._thread is None:
            self._start()
        return self._versions.get(team, 0)

    def refresh(self) -> None:
        """Read what is new now; if the database is away, a moment after it is back."""
        try:
            self.read()
        except StoreError as error:
            if not self._is_away:
                log.error("the database is unavailable", extra={"error": type(error).__name__})
            self._is_away = True
        except Exception:
            log.exception("could not read a workspace's facts")
        else:
            self._is_away = False

    def read(self) -> None:
        """Read what is new. Raises StoreError if the database is away."""
        with self._lock:
            changes = self._store.fact_changes
            if self._count and changes.count(self._last_id) != self._count:
                self._last_id = self._count = 0  # a workspace left, with all it had
                self._changes.clear()
                self._versions.clear()
                self._built.clear()
            new = changes.after(self._last_id)
            for change in new:
                self._changes[change.team].apply(change)
            if new:
                self._last_id = new[-1].id
                self._count += len(new)
            for team in {change.team for change in new}:
                self._versions[team] = self._last_id
                if team in self._built:  # until the new one is built, the old one serves
                    self._build(team)

    def close(self) -> None:
        """Stop reading."""
        self._stop.set()
        if self._thread:
            self._thread.join(5)

    def _start(self) -> None:
        with self._lock:
            if self._thread is not None:
                return
            self._thread = threading.Thread(target=self._keep_current, daemon=True)
            self._thread.start()
        self._is_read.wait(MAX_START_SECONDS)

    def _keep_current(self) -> None:
        self.refresh()
        self._is_read.set()
        while not self._stop.wait(POLL_SECONDS):
            self.refresh()

    def _build(self, team: str) -> TeamKnowledge:
        built = self._changes[team].applied_to(self.built_in.knowledge)
        self._built[team] = built
        while len(self._built) > MAX_BUILT_TEAMS:
            self._built.popitem(last=False)
        return built
