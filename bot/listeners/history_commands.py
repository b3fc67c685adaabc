"""The commands `history` and `revert`, for curators."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk import WebClient

from bot.answers.commands import Command, Topic
from bot.curating.curators import Curators
from bot.curating.history import FactHistory
from bot.curating.team_facts import TeamFacts
from bot.dates import day_of
from bot.listeners.origin import Origin
from bot.store.fact_changes import FACT_KINDS, ChangeKind, FactChange
from bot.views import history as view
from bot.views.message import Message


class HistoryCommands:
    """Shows who changed a fact, and undoes changes."""

    def __init__(self, history: FactHistory, teams: TeamFacts, curators: Curators) -> None:
        self._history = history
        self._teams = teams
        self._curators = curators

    def carry_out(self, origin: Origin, typed: Command, client: WebClient) -> Message:
        """`history FACT-ID`, or `revert FACT-ID` with how many changes to undo."""
        if refusal := self._curators.refusal(origin.team, origin.user, client):
            return refusal
        fact, *more = typed.schedule.lower().split()
        if typed.topic is Topic.HISTORY:
            return view.history(fact, shown(self._history.newest(origin.team, fact)), origin.slash)
        count = int(more[0]) if more else 1
        done = self._history.revert(origin.team, fact, count, origin.user)
        if done is None:
            changes = self._history.count(origin.team, fact)
            return view.too_many(fact, changes) if changes else view.nothing(fact)
        self._teams.refresh()
        return view.reverted(fact, shown(done.undone), done.now)


def shown(changes: Sequence[FactChange]) -> list[view.HistoryEntry]:
    """The changes as people read them."""
    from knowledge.files.single import read_fact  # YAML is slow to import

    found = []
    for change in changes:
        written = read_fact(change.content)[0] if change.kind is ChangeKind.WRITTEN else None
        about = written.title if written else change.content
        day = day_of(change.changed_at).isoformat()
        who = (change.changed_by, change.changed_at, day)
        found.append(view.HistoryEntry(change.kind, *who, about, change.kind in FACT_KINDS))
    return found
