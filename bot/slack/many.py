"""The installations of many workspaces, found without asking Slack."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable

from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation import TokenRotator

from bot.slack.errors import NETWORK, reason
from bot.slack.installations import Connect, Installation
from bot.slack.tokens import Tokens
from bot.store import StoreError
from bot.store.organizations import Membership, Organizations

log = logging.getLogger(__name__)

CACHE_SECONDS = 300.0
"""Another process may not notice an uninstallation for this long."""
RETRY_DATABASE_SECONDS = 10.0
"""After the database was unavailable, use the cached token this long before trying it again."""
ROTATE_BEFORE_SECONDS = 7200
"""Replace a token this long before it expires; it lasts twelve hours.

https://docs.slack.dev/authentication/using-token-rotation
"""
CLAIM_SECONDS = 1800
"""After this long, another process may rotate the token, in case the first one died."""
TryClaim = Callable[[str, str], bool]
Key = tuple[str | None, str | None]
"""An organization and a workspace; an installation for a whole organization has no workspace."""


class ManyWorkspaces:
    """Finds workspaces' tokens and keeps them fresh.

    `claim` gives a rotation to one process only, because a refresh token works once. Waiting for
    another process's rotation takes up to `timeout_seconds`.
    """

    def __init__(
        self,
        tokens: Tokens,
        rotator: TokenRotator,
        claim: TryClaim,
        organizations: Organizations,
        connect: Connect,
        timeout_seconds: int,
    ) -> None:
        self._tokens = tokens
        self._rotator = rotator
        self._claim = claim
        self._organizations = organizations
        self._connect = connect
        self._timeout_seconds = timeout_seconds
        self._lock = threading.Lock()
        self._cache: dict[Key, tuple[float, Bot]] = {}
        self._memberships: dict[str, Membership] = {}

    def find(self, team: str) -> Installation | None:
        """The installation that serves a team: its own, or its organization's."""
        bot = self.bot(*self._key(team))
        if bot is None or not bot.bot_token:
            return None
        return Installation(self._connect(bot.bot_token), frozenset(bot.bot_scopes or ()))

    def renewed(self, team: str) -> bool:
        """Look again after Slack refused a token. Returns whether there is a new one."""
        key = self._key(team)
        with self._lock:
            _, before = self._cache.pop(key, (0.0, None))
            self._memberships.pop(team, None)
        now = self.bot(*self._key(team))
        return now is not None and (before is None or now.bot_token != before.bot_token)

    def bot(self, organization: str | None, team: str | None) -> Bot | None:
        """A workspace's bot, with a token that stays valid for a while.

        Raises StoreError if the bot isn't cached and the database is unavailable.
        """
        key = (organization, team)
        with self._lock:
            until, cached = self._cache.get(key, (0.0, None))
        if cached and time.monotonic() < until:
            return cached
        try:
            found = self._stored(key)
            bot = self._with_fresh_token(key, found) if found else None
        except StoreError:
            if cached is None:
                raise
            return self._keep(key, cached, RETRY_DATABASE_SECONDS)
        return self._keep(key, bot, CACHE_SECONDS)

    def rotate(self) -> None:
        """Replace the tokens that expire soon, so that no request has to wait for that."""
        for key in self._tokens.ending(time.time() + ROTATE_BEFORE_SECONDS + CLAIM_SECONDS):
            found = self._stored(key)
            if (
                found
                and self._with_fresh_token(key, found, ROTATE_BEFORE_SECONDS + CLAIM_SECONDS)
                is not found
            ):
                with self._lock:
                    self._cache.pop(key, None)

    def remember_membership(self, team: str, membership: Membership) -> None:
        """Remember which installation a team's request came through, for the clock."""
        if membership.organization is None or self._memberships.get(team) == membership:
            return
        with contextlib.suppress(StoreError):  # a later request will store it
            self._organizations.put(team, membership)
            self._memberships[team] = membership

    def installed_since(self, organization: str | None, team: str | None, moment: object) -> bool:
        """Whether the app was installed again after a moment (seconds since 1970)."""
        bot = self._stored((organization, team))
        return bot is not None and isinstance(moment, int) and bot.installed_at > moment + 1

    def forget(self, organization: str | None, team: str | None) -> None:
        """Delete the tokens of a workspace, or if `team` is None, of a whole organization."""
        self._tokens.delete_bot(enterprise_id=organization, team_id=team)
        self._tokens.delete_installation(enterprise_id=organization, team_id=team)
        with self._lock:
            self._cache.clear()
            self._memberships.clear()

    def _key(self, team: str) -> Key:
        membership = self._memberships.get(team)
        if membership is None:
            membership = self._memberships[team] = self._organizations.get(team)
        return membership.organization, None if membership.whole else team

    def _keep(self, key: Key, bot: Bot | None, seconds: float) -> Bot | None:
        with self._lock:
            if bot:
                self._cache[key] = (time.monotonic() + seconds, bot)
            else:
                self._cache.pop(key, None)
        return bot

    def _stored(self, key: Key) -> Bot | None:
        organization, team = key
        return self._tokens.find_bot(
            enterprise_id=organization, team_id=team, is_enterprise_install=team is None
        )

    def _with_fresh_token(self, key: Key, bot: Bot, early: float = ROTATE_BEFORE_SECONDS) -> Bot:
        """The bot, after replacing its token if that expires within `early` seconds."""
        ends = bot.bot_token_expires_at
        if not bot.bot_refresh_token or not ends or ends - time.time() > early:
            return bot
        left = ends - time.time()
        if self._claim("rotate", f"{key[0]}:{key[1]}:{ends}:{left // CLAIM_SECONDS}"):
            return self._rotated(bot)
        return bot if left > 0 else self._wait_for_rotation(key, bot)

    def _rotated(self, bot: Bot) -> Bot:
        try:
            rotated = self._rotator.perform_bot_token_rotation(
                bot=bot, minutes_before_expiration=24 * 60
            )
        except NETWORK as error:
            why = {"team": bot.team_id, "error": reason(error)}
            log.error("token not rotated", extra=why)
            return bot
        if rotated is None:
            return bot
        self._tokens.save_bot(rotated)
        return rotated

    def _wait_for_rotation(self, key: Key, bot: Bot) -> Bot:
        """Wait for the token that another process is getting, because this one has expired."""
        end = time.monotonic() + self._timeout_seconds
        while time.monotonic() < end:
            time.sleep(0.1)
            found = self._stored(key)
            if found and found.bot_token != bot.bot_token:
                return found
        return bot
