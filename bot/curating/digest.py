"""What there is for curators to do, once a week and on demand."""

from __future__ import annotations

from datetime import time

from bot.answers.answering import Answering
from bot.curating.curators import Curators
from bot.curating.gap_groups import most_asked
from bot.curating.reviewing import overdue_of
from bot.curating.suggesting import SuggestedFacts
from bot.curating.team_facts import TeamFacts
from bot.dates import day_of
from bot.quiz.schedule import Schedule
from bot.store import Store
from bot.store.deliveries import DeliveryKind
from bot.team.checks import share_in_date
from bot.views.digest import Digest, digest
from bot.views.message import Message

MAX_GAPS = 5
POSTED_AT = time(10)
MONDAY = frozenset({0})
PLAN_AHEAD_SECONDS = 900.0


class Digests:
    """Builds a workspace's digest from what is stored now."""

    def __init__(
        self,
        store: Store,
        teams: TeamFacts,
        answering: Answering,
        suggested: SuggestedFacts,
        command: str,
    ) -> None:
        self._store = store
        self._suggested = suggested
        self._teams = teams
        self._answering = answering
        self._command = command

    def message(self, team: str) -> Message | None:
        """None if there is nothing to do."""
        found = self.of(team)
        return digest(found, self._command) if found.has_work else None

    def of(self, team: str) -> Digest:
        known, today = self._teams.of(team), day_of(self._store.now())
        answering = self._answering.in_team(team)
        facts = known.knowledge.facts
        uses = self._store.review_tasks.uses(team)
        return Digest(
            tuple(most_asked(self._store.gaps.wordings(team), answering, MAX_GAPS)),
            tuple(case.title for case in self._store.cases.open(team)),
            len(overdue_of(self._store, self._teams, team, today)),
            tuple(facts[id].title for id in sorted(known.own) if id in facts and id not in uses),
            share_in_date([known.current(fact) for fact in facts.values()], today),
            tuple(one.title for one in self._suggested.waiting(team)),
        )


class DigestPlanner:
    """Plans each workspace's digest for Monday, ten o'clock, in the curators' channel's zone.

    If nothing ran then, it comes later that day.
    """

    def __init__(self, store: Store, curators: Curators) -> None:
        self._store = store
        self._curators = curators

    def plan(self) -> None:
        """Plan what is due soon, once in all processes."""
        now = self._store.now()
        for team in self._store.review_tasks.teams():
            group = self._curators.of(team)
            zone = self._store.subscriptions.time_zone(team, group.channel)
            today = Schedule(POSTED_AT, zone, MONDAY).today(now)
            if today is None or today.due_at > now + PLAN_AHEAD_SECONDS:
                continue
            due_at = max(today.due_at, now)
            for recipient in group.recipients:
                subject = f"{team}:{recipient}:{today.day}"
                self._store.deliveries.add(DeliveryKind.DIGEST, subject, team, recipient, due_at)
