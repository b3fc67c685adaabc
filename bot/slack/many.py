"""Many workspaces: their installations, found without asking Slack."""

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
"""Seconds for which another process may not have noticed an uninstallation."""
RETRY_DATABASE_SECONDS = 10.0
"""Seconds until a database that is away is asked again: nobody shall wait for it each time."""
ROTATE_BEFORE_SECONDS = 7200
"""Seconds before its end from which on a token is replaced; it lasts twelve hours.

https://docs.slack.dev/authentication/using-token-rotation
"""
TURN_SECONDS = 1800
"""Seconds after which another process may try, should the one whose turn it was have died."""
Claim = Callable[[str, str], bool]
Key = tuple[str | None, str | None]
"""An organization and a workspace; an installation for a whole organization has no workspace."""


class ManyWorkspaces:
    """`claim` gives a piece of work to one process: a refresh token is good for one use."""

    def __init__(
        self,
        tokens: Tokens,
        rotator: TokenRotator,
        claim: Claim,
        organizations: Organizations,
        connect: Connect,
        patience: int,
    ) -> None:
        self._tokens = tokens
        self._rotator = rotator
        self._claim = claim
        self._organizations = organizations
        self._connect = connect
        self._patience = patience
        self._lock = threading.Lock()
        self._kept: dict[Key, tuple[float, Bot]] = {}
        self._homes: dict[str, Membership] = {}

    def find(self, team: str) -> Installation | None:
        """The installation that serves a team: its own, or its organization's."""
        bot = self.bot(*self._key(team))
        if bot is None or not bot.bot_token:
            return None
        return Installation(self._connect(bot.bot_token), frozenset(bot.bot_scopes or ()))

    def renewed(self, team: str) -> bool:
        """Look again, after Slack refused a token: whether there is another one by now."""
        key = self._key(team)
        with self._lock:
            _, before = self._kept.pop(key, (0.0, None))
            self._homes.pop(team, None)
        now = self.bot(*self._key(team))
        return now is not None and (before is None or now.bot_token != before.bot_token)

    def bot(self, organization: str | None, team: str | None) -> Bot | None:
        """The bot of a workspace, with a token that is good for a while.

        Raises StoreError if it is not known and the database is away.
        """
        key = (organization, team)
        with self._lock:
            until, kept = self._kept.get(key, (0.0, None))
        if kept and time.monotonic() < until:
            return kept
        try:
            found = self._stored(key)
            bot = self._fresh(key, found) if found else None
        except StoreError:
            if kept is None:
                raise
            return self._keep(key, kept, RETRY_DATABASE_SECONDS)
        return self._keep(key, bot, CACHE_SECONDS)

    def rotate(self) -> None:
        """Replace the tokens that end soon, so that no request has to wait for that."""
        for key in self._tokens.ending(time.time() + ROTATE_BEFORE_SECONDS + TURN_SECONDS):
            found = self._stored(key)
            if found and self._fresh(key, found, ROTATE_BEFORE_SECONDS + TURN_SECONDS) is not found:
                with self._lock:
                    self._kept.pop(key, None)

    def note_home(self, team: str, home: Membership) -> None:
        """Remember which installation a request of a team's came through, for the clock."""
        if home.organization is None or self._homes.get(team) == home:
            return
        with contextlib.suppress(StoreError):  # then a later request will
            self._organizations.put(team, home)
            self._homes[team] = home

    def installed_since(self, organization: str | None, team: str | None, moment: object) -> bool:
        """Whether it was installed anew after a moment, in seconds since 1970."""
        bot = self._stored((organization, team))
        return bot is not None and isinstance(moment, int) and bot.installed_at > moment + 1

    def forget(self, organization: str | None, team: str | None) -> None:
        """Delete the tokens of a workspace, or without one of an organization."""
        self._tokens.delete_bot(enterprise_id=organization, team_id=team)
        self._tokens.delete_installation(enterprise_id=organization, team_id=team)
        with self._lock:
            self._kept.clear()
            self._homes.clear()

    def _key(self, team: str) -> Key:
        home = self._homes.get(team)
        if home is None:
            home = self._homes[team] = self._organizations.get(team)
        return home.organization, None if home.whole else team

    def _keep(self, key: Key, bot: Bot | None, seconds: float) -> Bot | None:
        with self._lock:
            if bot:
                self._kept[key] = (time.monotonic() + seconds, bot)
            else:
                self._kept.pop(key, None)
        return bot

    def _stored(self, key: Key) -> Bot | None:
        organization, team = key
        return self._tokens.find_bot(
            enterprise_id=organization, team_id=team, is_enterprise_install=team is None
        )

    def _fresh(self, key: Key, bot: Bot, early: float = ROTATE_BEFORE_SECONDS) -> Bot:
        """Replace a token that ends in so many seconds, in one process."""
        ends = bot.bot_token_expires_at
        if not bot.bot_refresh_token or not ends or ends - time.time() > early:
            return bot
        left = ends - time.time()
        if self._claim("rotate", f"{key[0]}:{key[1]}:{ends}:{left // TURN_SECONDS}"):
            return self._rotated(bot)
        return bot if left > 0 else self._awaited(key, bot)

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

    def _awaited(self, key: Key, bot: Bot) -> Bot:
        """The token that another process is about to have, in place of one that has ended."""
        end = time.monotonic() + self._patience
        while time.monotonic() < end:
            time.sleep(0.1)
            found = self._stored(key)
            if found and found.bot_token != bot.bot_token:
                return found
        return bot
