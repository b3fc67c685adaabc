"""Reports of mistakes, what curators decide about them, and notes on facts."""

from __future__ import annotations

import re

from bot.curating.hourly_limit import HourlyLimit, Limited, over_limit
from bot.curating.team_facts import TeamFacts
from bot.store import Store
from bot.store.cases import NewReport
from bot.store.fact_changes import ChangeKind
from bot.team.cases import Case, CaseOutcome
from knowledge import Fact, KnowledgeBase

_LINK = re.compile(r"https?://[^\s/<>|\"]+[^\s<>|\"]*")


def is_link(text: str) -> bool:
    """Whether a text is an address of a page, which can be shown as such."""
    return _LINK.fullmatch(text) is not None


class Disputes:
    """Stores reports, decisions, and notes.

    This process knows about a change at once, others a moment later.
    """

    def __init__(self, store: Store, teams: TeamFacts) -> None:
        self._store = store
        self._teams = teams
        self._limit = HourlyLimit(store)

    def known(self, team: str) -> KnowledgeBase:
        """The facts as a workspace has them."""
        return self._teams.of(team).knowledge

    def note(self, team: str, fact: str) -> str:
        """The workspace's note on a fact; "" if it has none."""
        return self._teams.of(team).notes.get(fact, "")

    def case(self, team: str, case: int) -> Case | None:
        return self._store.cases.get(team, case)

    def open_cases(self, team: str) -> list[Case]:
        return self._store.cases.open(team)

    def report(
        self, team: str, user: str, fact: Fact, complaint: str, link: str, submission: str
    ) -> str:
        """Put a fact under review; "" or why not."""
        if not self._limit.allows(team, user, Limited.REPORTS):
            return over_limit(Limited.REPORTS)
        ids = self.known(team).facts.ids(fact.id)
        new = NewReport(team, user, fact.id, fact.title, complaint, link, submission)
        self._store.cases.report(new, ids)
        self._store.note_feedback(team, user, fact.id, helpful=False)
        self._teams.refresh()
        return ""

    def decide(
        self,
        team: str,
        case: int,
        outcome: CaseOutcome,
        by: str,
        change: tuple[ChangeKind, str] | None = None,
    ) -> bool:
        """Close a case, and with a change, retire the fact; False if it was decided before."""
        is_decided = self._store.cases.decide(team, case, outcome, by, change)
        self._teams.refresh()
        return is_decided

    def write_note(self, team: str, user: str, fact: str, note: str) -> str:
        """Set a workspace's note on a fact, or remove it; "" or why not."""
        if not self._limit.allows(team, user, Limited.NOTES):
            return over_limit(Limited.NOTES)
        if note != self.note(team, fact):
            self._store.fact_changes.add(team, fact, ChangeKind.NOTED, note, user)
            self._teams.refresh()
        return ""
