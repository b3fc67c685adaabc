"""A workspace that has removed us: everything kept about it goes."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.listeners.payload import Payload, is_ident, is_org_wide, organization, team
from bot.store import Store

if TYPE_CHECKING:
    from bot.slack.many import ManyWorkspaces

log = logging.getLogger(__name__)


class Lifecycle:
    def __init__(self, store: Store, workspaces: ManyWorkspaces | None) -> None:
        self._store = store
        self._workspaces = workspaces

    def handle_uninstalled(self, body: Payload) -> None:
        self._forget(body)

    def handle_revoked(self, body: Payload, event: Payload) -> None:
        """Only the bot's own tokens concern us: people's we have none of."""
        tokens = event.get("tokens")
        if isinstance(tokens, dict) and tokens.get("bot"):
            self._forget(body)

    def handle_access_revoked(self, event: Payload) -> None:
        """Some workspaces of an organization have removed us, whose token stays good."""
        teams = event.get("team_ids")
        for of in teams if isinstance(teams, list) else ():
            if is_ident(of):
                self._forget_team(of)

    def _forget(self, body: Payload) -> None:
        home = self._store.organizations.get(team(body))
        owner = organization(body) or home.organization
        whole = bool(owner) and (is_org_wide(body) or home.whole)
        key = (owner, None if whole else team(body))
        if self._workspaces and self._workspaces.installed_since(*key, body.get("event_time")):
            return
        of = self._store.organizations.teams(str(owner)) if whole else [team(body)]
        for each in filter(None, of):
            self._forget_team(each)
        if self._workspaces:
            self._workspaces.forget(*key)

    def _forget_team(self, of: str) -> None:
        log.info("uninstalled", extra={"team": of})
        self._store.forget_team(of)
