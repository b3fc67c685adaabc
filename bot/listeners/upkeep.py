"""What curators read on their Home tab about how many facts are up to date."""

from __future__ import annotations

import logging

from slack_sdk import WebClient

from bot.curating.curators import Curators
from bot.curating.team_facts import TeamFacts
from bot.dates import day_of
from bot.slack.errors import NETWORK, reason
from bot.store import Store
from bot.team.checks import share_in_date
from bot.views.digest import in_date

log = logging.getLogger(__name__)


class Upkeep:
    """Tells only curators; if Slack doesn't say who they are, nobody."""

    def __init__(self, store: Store, teams: TeamFacts, curators: Curators) -> None:
        self._store = store
        self._teams = teams
        self._curators = curators

    def sentence(self, team: str, user: str, client: WebClient) -> str:
        try:
            if not self._curators.may_curate(team, user, client):
                return ""
        except NETWORK as error:
            log.warning(
                "could not find out who the curators are",
                extra={"team": team, "error": reason(error)},
            )
            return ""
        known = self._teams.of(team)
        facts = [known.current(fact) for fact in known.knowledge.facts.values()]
        return in_date(share_in_date(facts, day_of(self._store.now())))
