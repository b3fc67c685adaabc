"""What a curator sees of the facts that they were asked to check on a day."""

from __future__ import annotations

from bot.curating.team_facts import TeamFacts
from bot.dates import day_of
from bot.store import Store
from bot.views.message import Message
from bot.views.review_request import ReviewedFact, review_request


class ReviewMessages:
    """Builds a day's message as it is now."""

    def __init__(self, store: Store, teams: TeamFacts) -> None:
        self._store = store
        self._teams = teams

    def of_day(self, team: str, curator: str, day: str, remark: str = "") -> Message | None:
        """None if there is nothing to check, or no fact of it is left."""
        known = self._teams.of(team)
        shown = []
        for task in self._store.review_tasks.of_day(team, curator, day):
            if fact := known.knowledge.facts.get(task.fact):
                service = known.knowledge.services[fact.service].name
                shown.append(ReviewedFact(known.current(fact), service, task.is_open))
        if not shown:
            return None
        return review_request(shown, curator, day, day_of(self._store.now()), remark)
