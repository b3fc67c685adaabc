"""Changes to channels that have a quiz."""

from __future__ import annotations

import logging

from bot.listeners.payload import Payload, ident, is_org_wide, organization, team
from bot.store import Store

log = logging.getLogger(__name__)


class Channels:
    """Keeps quizzes with their channels."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def handle_id_changed(self, body: Payload, event: Payload) -> None:
        """Move the channel's quiz to the new ID; in an organization, in each of its workspaces."""
        old, new = ident(event, "old_channel_id"), ident(event, "new_channel_id")
        if not old or not new:
            return
        teams = {team(body)}
        if is_org_wide(body) and organization(body):
            teams.update(self._store.organizations.teams(organization(body)))
        for team_id in sorted(filter(None, teams)):
            log.info("a channel's ID changed", extra={"team": team_id})
            self._store.move_channel(team_id, old, new)
