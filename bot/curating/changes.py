"""The state that a workspace's changes add up to."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.store.fact_changes import ChangeKind, FactChange
from bot.team.checks import FactCheck
from bot.team.team_knowledge import TeamKnowledge
from knowledge import Fact, KnowledgeBase

log = logging.getLogger(__name__)


@dataclass(slots=True)
class TeamChanges:
    """A workspace's changed facts, retired facts with their successors, notes, disputes, checks."""

    facts: dict[str, Fact] = field(default_factory=dict)
    retired: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    disputed: set[str] = field(default_factory=set)
    checks: dict[str, FactCheck] = field(default_factory=dict)
    _changed: KnowledgeBase | None = None
    """The built-in facts with these changes, as long as they hold: notes don't change facts."""

    def apply(self, change: FactChange) -> None:
        """Apply a change; one that can't be read is ignored."""
        if change.kind is ChangeKind.NOTED:
            self.notes[change.fact] = change.content
        elif change.kind is ChangeKind.DISPUTED:
            self.disputed.add(change.fact)
        elif change.kind is ChangeKind.SETTLED:
            self.disputed.discard(change.fact)
        elif change.kind is ChangeKind.CHECKED:
            if check := FactCheck.decode(change.content):
                self.checks[change.fact] = check
        else:
            self._apply_to_fact(change)

    def _apply_to_fact(self, change: FactChange) -> None:
        written = None
        if change.kind is ChangeKind.WRITTEN:
            from knowledge.files.single import read_fact  # YAML is slow to import

            written, faults = read_fact(change.content)
            if written is None:
                about = {"team": change.team, "faults": len(faults)}
                log.error("a workspace's fact is unreadable", extra=about)
                return
        self._changed = None
        self.facts.pop(change.fact, None)
        self.retired.pop(change.fact, None)
        if written:
            self.facts[change.fact] = written
        elif change.kind is ChangeKind.RETIRED:
            self.retired[change.fact] = change.content

    def applied_to(self, knowledge: KnowledgeBase) -> TeamKnowledge:
        """The workspace's own view of the built-in facts, which are the same each time."""
        if self.facts or self.retired:
            if self._changed is None:
                self._changed = knowledge.with_changes(self.facts.values(), self.retired)
            knowledge = self._changed
        reported = dict.fromkeys(self.disputed, "")
        disputed = {fact for fact, _ in self._by_current_id(knowledge, reported)}
        notes = {fact: note for fact, note in self._by_current_id(knowledge, self.notes) if note}
        return TeamKnowledge(
            knowledge,
            frozenset(self.facts),
            frozenset(disputed),
            notes,
            dict(self.checks),
            dict(self.retired),
        )

    def _by_current_id(
        self, knowledge: KnowledgeBase, said: Mapping[str, str]
    ) -> Iterator[tuple[str, str]]:
        """Remarks about facts, by the IDs that the facts have now.

        A remark about a fact that was merged into another applies to that one, unless it has a
        remark of its own. Remarks about a retired fact don't apply to its successor.
        """
        for fact, what in said.items():
            now = fact if fact in self.retired else knowledge.facts.current_id(fact)
            if now == fact or now not in said:
                yield now, what
