"""Installing from a web page: https://docs.slack.dev/authentication/installing-with-oauth"""

from __future__ import annotations

import hashlib
import logging
import secrets
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer
from slack_bolt import BoltRequest
from slack_bolt.error import BoltError
from slack_bolt.oauth.oauth_flow import OAuthFlow
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.oauth import OAuthStateStore
from slack_sdk.oauth.installation_store import Installation

from bot.slack.manifest import INSTALL, REDIRECT, SCOPES, optional_scopes
from bot.slack.tokens import Tokens
from bot.store import Store, StoreError

log = logging.getLogger(__name__)

STATE_SECONDS = 600
"""Seconds between the install page and the way back."""
USED = "install"
"""The kind of claims on states."""


class SignedStates(OAuthStateStore):
    """Signed states, which we needn't store when we issue them: anyone may ask for one.

    A state is stored once it has led to an installation, and works for only one.
    """

    def __init__(self, secret: str, store: Store) -> None:
        self._store = store
        self._signer = URLSafeTimedSerializer(
            secret, salt="install", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def issue(self, *args: Any, **kwargs: Any) -> str:
        return str(self._signer.dumps(secrets.token_urlsafe(16)))

    def consume(self, state: str) -> bool:
        """Whether we issued this state recently, and nobody has installed the app with it."""
        number = self.number(state)
        try:
            return bool(number) and not self._store.is_claimed(USED, number)
        except StoreError as error:
            log.error("the database is away", extra={"error": type(error).__name__})
            return False

    def number(self, state: str) -> str:
        """The unique number inside a state that we issued recently; "" for any other state."""
        try:
            return str(self._signer.loads(state, max_age=STATE_SECONDS))
        except BadData:
            return ""


class Flow(OAuthFlow):
    """Bolt's flow, but each state leads to only one installation."""

    def __init__(
        self, store: Store, states: SignedStates, client: WebClient, settings: OAuthSettings
    ) -> None:
        super().__init__(client=client, settings=settings)
        self._store = store
        self._states = states

    def store_installation(self, request: BoltRequest, installation: Installation) -> None:
        number = self._states.number(request.query["state"][0])
        if not number or not self._store.claim(USED, number):
            raise BoltError("this state has been used")
        super().store_installation(request, installation)


def build_flow(
    client_id: str,
    client_secret: str,
    tokens: Tokens,
    store: Store,
    client: WebClient,
    prefix: str = "",
    slackbot: bool = False,
) -> OAuthFlow:
    """Bolt's flow with our tables. A state works once, and in the same browser.

    `prefix` is what comes before our paths for a browser; `slackbot` says that Slackbot may ask.
    """
    states = SignedStates(client_secret, store)
    settings = OAuthSettings(
        client_id=client_id,
        client_secret=client_secret,
        scopes=[*SCOPES, *optional_scopes(slackbot)],
        install_path=prefix + INSTALL,
        redirect_uri_path=prefix + REDIRECT,
        installation_store=tokens,
        state_store=states,
        state_expiration_seconds=STATE_SECONDS,
    )
    return Flow(store, states, client, settings)
