"""The workspaces' tokens, encrypted at rest, in slack_sdk's tables of our database."""

from __future__ import annotations

import copy
import logging
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from slack_sdk.oauth import InstallationStore
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore

log = logging.getLogger(__name__)

INSTALLATIONS, BOTS = "slack_installations", "slack_bots"
_SECRETS = (
    "bot_token", "bot_refresh_token", "user_token", "user_refresh_token", "incoming_webhook_url",
)  # fmt: skip
Holder = TypeVar("Holder", Bot, Installation)


class TokenCounts(NamedTuple):
    """How many tokens one of our keys decrypts, and how many none does."""

    readable: int
    unreadable: int


class Cipher:
    """Encrypts with the first key and decrypts with any of them, so that keys can be rotated."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        self._fernet = MultiFernet([Fernet(key.encode()) for key in keys])

    def encrypt(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def decrypt(self, text: str) -> str:
        return self._fernet.decrypt(text.encode()).decode()

    def opens(self, text: str) -> bool:
        """Whether one of the keys decrypts this."""
        try:
            self._fernet.decrypt(text.encode())
        except InvalidToken:
            return False
        return True


class Tokens(InstallationStore):
    """slack_sdk's store, but encrypted. A token that no key decrypts counts as not installed."""

    def __init__(self, client_id: str, engine: Any, cipher: Cipher) -> None:
        self._inner = self._store_at(client_id, engine)
        self._reader = self._store_at(client_id, engine.execution_options(reads=True))
        self._cipher = cipher

    @staticmethod
    def _store_at(client_id: str, engine: Any) -> SQLAlchemyInstallationStore:
        return SQLAlchemyInstallationStore(
            client_id=client_id,
            engine=engine,
            bots_table_name=BOTS,
            installations_table_name=INSTALLATIONS,
        )

    @property
    def logger(self) -> logging.Logger:
        return log

    def save(self, installation: Installation) -> None:
        self._inner.save(self._with(installation, self._cipher.encrypt))

    def save_bot(self, bot: Bot) -> None:
        self._inner.save_bot(self._with(bot, self._cipher.encrypt))

    def find_bot(self, **key: Any) -> Bot | None:
        return self._opened(self._reader.find_bot(**key))

    def ending(self, before: float) -> set[tuple[str | None, str | None]]:
        """The organizations and teams whose tokens expire before a moment."""
        bots = self._inner.bots
        moment = datetime.fromtimestamp(before, UTC).replace(tzinfo=None)
        soon = bots.select().where(
            bots.c.client_id == self._inner.client_id, bots.c.bot_token_expires_at < moment
        )
        with self._reader.engine.connect() as db:
            return {(row.enterprise_id, row.team_id) for row in db.execute(soon)}

    def counts(self) -> TokenCounts:
        """How many bot tokens are stored, by whether our keys decrypt them."""
        bots = self._inner.bots
        own = bots.select().where(bots.c.client_id == self._inner.client_id)
        with self._reader.engine.connect() as db:
            opens = [self._cipher.opens(str(row.bot_token)) for row in db.execute(own)]
        return TokenCounts(readable=opens.count(True), unreadable=opens.count(False))

    def find_installation(self, **key: Any) -> Installation | None:
        return self._opened(self._reader.find_installation(**key))

    def delete_bot(self, **key: Any) -> None:
        self._inner.delete_bot(**key)

    def delete_installation(self, **key: Any) -> None:
        self._inner.delete_installation(**key)

    def _opened(self, found: Holder | None) -> Holder | None:
        try:
            return self._with(found, self._cipher.decrypt) if found else None
        except InvalidToken:
            log.error("no key opens the token", extra={"team": found.team_id if found else ""})
            return None

    def _with(self, holder: Holder, change: Any) -> Holder:
        """A copy with changed secrets."""
        changed = copy.copy(holder)
        for name in _SECRETS:
            value = getattr(changed, name, None)
            if value:
                setattr(changed, name, change(value))
        return changed
