"""Find the token of a request's workspace for Bolt, without asking Slack."""

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
    """Bolt's `authorize`: with one token for everything, or with each workspace's own."""

    def use_single_token(
        context: BoltContext, enterprise_id: str | None, team_id: str | None
    ) -> AuthorizeResult | None:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=token)

    def look_up_token(
        context: BoltContext, enterprise_id: str | None, team_id: str | None
    ) -> AuthorizeResult | None:
        assert workspaces is not None
        whole = bool(context.is_enterprise_install)
        try:
            bot = workspaces.bot(enterprise_id, None if whole else team_id)
        except StoreError as error:
            log_fields = {"team": team_id, "error": type(error).__name__}
            log.error("the database is unavailable", extra=log_fields)
            # A command can be answered without a token.
            return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)
        if bot is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=bot.bot_token,
            bot_id=bot.bot_id, bot_user_id=bot.bot_user_id,
        )  # fmt: skip

    return look_up_token if workspaces else use_single_token
