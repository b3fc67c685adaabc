"""Find the token of a request's workspace for Bolt; nobody asks Slack for it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from slack_bolt import BoltContext
from slack_bolt.authorization import AuthorizeResult

from bot.store import StoreError

if TYPE_CHECKING:
    from bot.slack.many import ManyWorkspaces

log = logging.getLogger(__name__)

Authorize = Callable[..., Any]


def authorizing(token: str | None, workspaces: ManyWorkspaces | None) -> Authorize:
    """With one token for everything, or with each workspace's own."""

    def one(
        context: BoltContext, enterprise_id: str | None, team_id: str | None
    ) -> AuthorizeResult | None:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=token)

    def many(
        context: BoltContext, enterprise_id: str | None, team_id: str | None
    ) -> AuthorizeResult | None:
        assert workspaces is not None
        whole = bool(context.is_enterprise_install)
        try:
            bot = workspaces.bot(enterprise_id, None if whole else team_id)
        except StoreError as error:
            told = {"team": team_id, "error": type(error).__name__}
            log.error("the database is away", extra=told)
            # A command can be answered without a token.
            return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)
        if bot is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=bot.bot_token,
            bot_id=bot.bot_id, bot_user_id=bot.bot_user_id,
        )  # fmt: skip

    return many if workspaces else one
