"""Finds out when a question that somebody waits for has an answer."""

from __future__ import annotations

import logging

from bot.answers.answering import Answering
from bot.curating.team_facts import TeamFacts
from bot.store import Store

log = logging.getLogger(__name__)


class GapAnswers:
    """Asks the questions again that people wait for: all at first, then when facts change."""

    def __init__(self, teams: TeamFacts, answering: Answering, store: Store) -> None:
        self._teams = teams
        self._answering = answering
        self._store = store
        self._asked: dict[int, int] = {}

    def find(self) -> None:
        """Plan a message to everyone whose question has an answer now, once in all processes."""
        asked = {}
        for gap in self._store.gaps.watched():
            version = self._teams.version(gap.team)
            if self._asked.get(gap.id) != version:
                fact = self._answering.in_team(gap.team).answer_to(gap.question)
                if fact and self._store.gaps.answer(gap, fact.id):
                    log.info("a question has an answer", extra={"team": gap.team})
                    continue
            asked[gap.id] = version
        self._asked = asked
