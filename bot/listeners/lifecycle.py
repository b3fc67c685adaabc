"""A workspace that has removed us: everything kept about it goes."""

from __future__ import annotations

import logging

from bot.listeners.payload import Payload, team, text
from bot.slack.many import ManyWorkspaces
from bot.store import Store

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

    def _forget(self, body: Payload) -> None:
        of = team(body)
        if of:
            log.info("uninstalled: team=%s", of)
            self._store.forget_team(of)
            if self._workspaces:
                enterprise = text(body, "enterprise_id") or None
                self._workspaces.forget(enterprise, text(body, "team_id") or None)
