"""Plan to ask curators, each working day, whether a few overdue facts are still true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from bot.curating.team_facts import TeamFacts
from bot.quiz.schedule import WORKDAYS, Schedule, is_zone
from bot.store import Store
from knowledge.review import overdue_facts

ASKED_AT = time(10)
PLAN_AHEAD_SECONDS = 900.0
"""Several rounds before it's time, so that none is missed."""


class ReviewPlanner:
    """Plans each curator's message, for their ten o'clock, or later that day if nothing ran then.

    `people_of` returns the curators of a workspace that can be written to, `zone_of` the time zone
    of one of them.
    """

    def __init__(
        self,
        store: Store,
        teams: TeamFacts,
        people_of: Callable[[str], list[str]],
        zone_of: Callable[[str, str], str],
    ) -> None:
        self._store = store
        self._teams = teams
        self._people_of = people_of
        self._zone_of = zone_of
        self._zones: dict[tuple[str, str], str] = {}
        self._planned: dict[tuple[str, str], date] = {}

    def plan(self) -> None:
        """Plan what is due soon; other rounds, and other processes, change nothing."""
        now = self._store.now()
        for team in self._store.review_tasks.teams():
            for curator in self._people_of(team):
                zone = self._zone(team, curator)
                today = Schedule(ASKED_AT, zone, WORKDAYS).today(now)
                if today and today.due_at <= now + PLAN_AHEAD_SECONDS:
                    self._plan(team, curator, today.day, max(today.due_at, now))

    def _plan(self, team: str, curator: str, day: date, due_at: float) -> None:
        """Plan a day's message, unless it was planned before, by this process or another."""
        if self._planned.get((team, curator)) == day:
            return
        overdue = overdue_of(self._store, self._teams, team, day)
        self._store.review_tasks.plan(team, curator, day, due_at, overdue)
        self._planned[team, curator] = day

    def _zone(self, team: str, curator: str) -> str:
        key = (team, curator)
        if key not in self._zones:
            zone = self._zone_of(team, curator)
            self._zones[key] = zone if is_zone(zone) else "UTC"
        return self._zones[key]


def overdue_of(store: Store, teams: TeamFacts, team: str, today: date) -> list[str]:
    """IDs of a workspace's overdue facts, those that its people look up most first."""
    known = teams.of(team)
    uses = store.review_tasks.uses(team)
    facts = [known.current(fact) for fact in known.knowledge.facts.values()]
    found = overdue_facts(facts, today)
    return [fact.id for fact in sorted(found, key=lambda fact: -uses.get(fact.id, 0))]
