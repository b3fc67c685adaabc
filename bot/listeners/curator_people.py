"""The curators of a workspace as people to write to, as Slack knows them."""

from __future__ import annotations

import logging

from bot.curating.curators import Curators
from bot.listeners.people import FALLBACK, time_zone
from bot.slack.errors import NETWORK, reason
from bot.slack.installations import Installation, Installations
from bot.slack.roles import UnreadableGroupError, group_members

log = logging.getLogger(__name__)


class CuratorPeople:
    """Looks people up, without raising what calls to Slack raise."""

    def __init__(self, curators: Curators, installations: Installations) -> None:
        self._curators = curators
        self._installations = installations

    def of(self, team: str) -> list[str]:
        """Those who are named and the members of named groups; if nobody is, who asked first."""
        group = self._curators.of(team)
        found = set(group.people)
        installation = self._find(team) if group.groups else None
        for named in group.groups if installation else ():
            try:
                found |= group_members(installation.client, named) if installation else set()
            except UnreadableGroupError as error:
                log.warning(
                    "could not read a user group", extra={"team": team, "error": str(error)}
                )
        if not group.who and group.asked_by:
            found.add(group.asked_by)
        return sorted(found)

    def zone_of(self, team: str, user: str) -> str:
        """A person's time zone; UTC if Slack doesn't say."""
        installation = self._find(team)
        return time_zone(installation.client, user) if installation else FALLBACK

    def _find(self, team: str) -> Installation | None:
        try:
            return self._installations.find(team)
        except NETWORK as error:
            log.warning("no client", extra={"team": team, "error": reason(error)})
            return None
