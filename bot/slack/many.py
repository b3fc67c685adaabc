"""Many workspaces: their installations, found without asking Slack."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from slack_sdk import WebClient
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation import TokenRotator

from bot.slack.errors import NETWORK, reason
from bot.slack.installations import Installation
from bot.slack.tokens import Tokens

log = logging.getLogger(__name__)

KEPT = 300.0
"""Seconds for which another process may not have noticed an uninstallation."""
ROTATE = 120
"""Minutes before its end from which on a token is replaced; it lasts twelve hours.

https://docs.slack.dev/authentication/using-token-rotation
"""
Claim = Callable[[str, str], bool]


class ManyWorkspaces:
    """`claim` gives a piece of work to one process: a refresh token is good for one use."""

    def __init__(
        self, tokens: Tokens, rotator: TokenRotator, claim: Claim, api_url: str, patience: int
    ) -> None:
        self._tokens = tokens
        self._rotator = rotator
        self._claim = claim
        self._api_url = api_url
        self._patience = patience
        self._lock = threading.Lock()
        self._kept: dict[tuple[str | None, str | None], tuple[float, Bot | None]] = {}

    def find(self, team: str) -> Installation | None:
        """The installation of a team, or of the organization with this id."""
        bot = self.bot(None, team) or self.bot(team, None)
        if bot is None or not bot.bot_token:
            return None
        client = WebClient(
            bot.bot_token, base_url=self._api_url, timeout=self._patience, retry_handlers=[]
        )
        return Installation(client, frozenset(bot.bot_scopes or ()))

    def bot(self, enterprise: str | None, team: str | None) -> Bot | None:
        """The bot of a workspace, with a token that is good for a while."""
        key = (enterprise, team)
        with self._lock:
            until, bot = self._kept.get(key, (0.0, None))
        if time.monotonic() < until:
            return bot
        bot = self._tokens.find_bot(
            enterprise_id=enterprise, team_id=team, is_enterprise_install=team is None
        )
        bot = self._fresh(bot) if bot else None
        with self._lock:
            self._kept[key] = (time.monotonic() + KEPT, bot)
        return bot

    def forget(self, enterprise: str | None, team: str | None) -> None:
        """Delete the tokens of a workspace that has removed us."""
        self._tokens.delete_bot(enterprise_id=enterprise, team_id=team)
        self._tokens.delete_installation(enterprise_id=enterprise, team_id=team)
        with self._lock:
            self._kept.clear()

    def _fresh(self, bot: Bot) -> Bot:
        """Replace a token that ends soon, in one process."""
        ends = bot.bot_token_expires_at
        if not bot.bot_refresh_token or not ends or ends - time.time() > ROTATE * 60:
            return bot
        if not self._claim("rotate", f"{bot.enterprise_id}:{bot.team_id}:{ends}"):
            return bot
        try:
            rotated = self._rotator.perform_bot_token_rotation(
                bot=bot, minutes_before_expiration=24 * 60
            )
        except NETWORK as error:
            log.error("token not rotated: %s team=%s", reason(error), bot.team_id)
            return bot
        if rotated is None:
            return bot
        self._tokens.save_bot(rotated)
        return rotated
