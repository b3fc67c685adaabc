"""What matches a text while it is typed, in each workspace's own facts."""

from __future__ import annotations

from functools import lru_cache

from bot.answers.answering import Answering
from bot.team.team_knowledge import MAX_BUILT_TEAMS
from knowledge.suggesting import Suggester


class Suggesters:
    """A suggester for each set of facts, kept as long as those stay the same."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._of = lru_cache(MAX_BUILT_TEAMS)(Suggester)

    def of(self, team: str) -> Suggester:
        return self._of(self._answering.in_team(team).knowledge)
