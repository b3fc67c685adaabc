"""Delete everything we keep about a workspace that has removed the app."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.listeners.payload import Payload, is_ident, is_org_wide, organization, team
from bot.store import Store

if TYPE_CHECKING:
    from bot.slack.many import ManyWorkspaces

log = logging.getLogger(__name__)


class Lifecycle:
    """Handles the three events by which Slack says that the app was removed."""

    def __init__(self, store: Store, workspaces: ManyWorkspaces | None) -> None:
        self._store = store
        self._workspaces = workspaces

    def handle_uninstalled(self, body: Payload) -> None:
        """The app was removed from a workspace, or from a whole organization."""
        self._forget(body)

    def handle_revoked(self, body: Payload, event: Payload) -> None:
        """Only the bot's own tokens concern us: we have no user tokens."""
        tokens = event.get("tokens")
        if isinstance(tokens, dict) and tokens.get("bot"):
            self._forget(body)

    def handle_access_revoked(self, event: Payload) -> None:
        """Some workspaces of an organization have removed the app; its token stays valid."""
        teams = event.get("team_ids")
        for team_id in teams if isinstance(teams, list) else ():
            if is_ident(team_id):
                self._forget_team(team_id)

    def _forget(self, body: Payload) -> None:
        home = self._store.organizations.get(team(body))
        owner = organization(body) or home.organization
        whole = bool(owner) and (is_org_wide(body) or home.whole)
        key = (owner, None if whole else team(body))
        if self._workspaces and self._workspaces.installed_since(*key, body.get("event_time")):
            return
        team_ids = self._store.organizations.teams(str(owner)) if whole else [team(body)]
        for team_id in filter(None, team_ids):
            self._forget_team(team_id)
        if self._workspaces:
            self._workspaces.forget(*key)

    def _forget_team(self, team_id: str) -> None:
        log.info("uninstalled", extra={"team": team_id})
        self._store.forget_team(team_id)
