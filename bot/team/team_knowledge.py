"""The facts as the people of one workspace get them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.team.checks import FactCheck, with_check
from bot.team.marks import NO_MARKS, Marks
from knowledge import Fact, KnowledgeBase

MAX_BUILT_TEAMS = 20
"""Workspaces with changes whose facts are ready to be searched, at about 3 MB each."""
_NO_NOTES: Mapping[str, str] = MappingProxyType({})
_NO_CHECKS: Mapping[str, FactCheck] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class TeamKnowledge:
    """The built-in facts with a workspace's own, and what its people said about them.

    `own` has the IDs of facts that the workspace wrote or changed, `disputed` those that are under
    review, `notes` the workspace's remarks by the facts' IDs, `checks` when its curators last found
    facts still true, `retired` the successors of facts that it took out, "" for none.
    """

    knowledge: KnowledgeBase
    own: frozenset[str] = frozenset()
    disputed: frozenset[str] = frozenset()
    notes: Mapping[str, str] = field(default_factory=lambda: _NO_NOTES)
    checks: Mapping[str, FactCheck] = field(default_factory=lambda: _NO_CHECKS)
    retired: Mapping[str, str] = field(default_factory=lambda: _NO_NOTES)

    def current(self, fact: Fact) -> Fact:
        """A fact with the day on which the workspace last checked it, if that is later."""
        return with_check(fact, self.checks.get(fact.id))

    def find(self, fact: str) -> Fact | None:
        """The fact with an ID that it has or had, as `current` says; None if it is gone."""
        found = self.knowledge.facts.get(fact)
        return self.current(found) if found else None

    def marks(self, fact: Fact | None) -> Marks:
        """What the workspace says about a fact; nothing about one that is gone."""
        if fact is None:
            return NO_MARKS
        note = self.notes.get(fact.id, "")
        return Marks(fact.id in self.own, fact.id in self.disputed, note)
