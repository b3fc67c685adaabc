"""Installing from a web page: https://docs.slack.dev/authentication/installing-with-oauth"""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Callable, Sequence
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.error import BoltError
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_flow import OAuthFlow
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.oauth import OAuthStateStore
from slack_sdk.oauth.installation_store import Installation

from bot.slack.install_pages import canceled_page, failed_page, install_page, installed_page
from bot.slack.manifest import INSTALL, REDIRECT, SCOPES, optional_scopes
from bot.slack.tokens import Tokens
from bot.store import Store, StoreError

log = logging.getLogger(__name__)

STATE_SECONDS = 600
"""Seconds between the install page and the way back."""
CANCELED = "access_denied"
"""Slack's error code when someone pressed *Cancel*."""
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
            log.error("the database is unavailable", extra={"error": type(error).__name__})
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
        self,
        store: Store,
        states: SignedStates,
        client: WebClient,
        settings: OAuthSettings,
        greet: Callable[[str, str], None],
    ) -> None:
        super().__init__(client=client, settings=settings)
        self._greet = greet
        self._store = store
        self._states = states

    def store_installation(self, request: BoltRequest, installation: Installation) -> None:
        number = self._states.number(request.query["state"][0])
        if not number or not self._store.claim(USED, number):
            raise BoltError("this state has been used")
        super().store_installation(request, installation)
        if installation.team_id and installation.user_id:
            self._greet(installation.team_id, installation.user_id)

    def build_install_page_html(self, url: str, request: BoltRequest) -> str:
        return install_page(url)


def _show_success(args: SuccessArgs) -> BoltResponse:
    made = args.installation
    team = None if made.is_enterprise_install else made.team_id
    return _html(args, 200, installed_page(made.team_name, made.app_id or "", team))


def _show_failure(args: FailureArgs) -> BoltResponse:
    again = args.settings.install_path
    if args.reason == CANCELED:
        return _html(args, 200, canceled_page(again))
    return _html(args, args.suggested_status_code, failed_page(args.reason, again))


def _html(args: SuccessArgs | FailureArgs, status: int, page: str) -> BoltResponse:
    cookie = args.settings.state_utils.build_set_cookie_for_deletion()
    headers: dict[str, str | Sequence[str]] = {
        "Content-Type": "text/html; charset=utf-8",
        "Set-Cookie": cookie,
    }
    return BoltResponse(status=status, body=page, headers=headers)


def build_flow(
    client_id: str,
    client_secret: str,
    tokens: Tokens,
    store: Store,
    client: WebClient,
    greet: Callable[[str, str], None],
    prefix: str = "",
    slackbot: bool = False,
    agent_view: bool = False,
) -> OAuthFlow:
    """Bolt's flow with our tables. A state works once, and in the same browser.

    `greet` is told who has installed us, and in which workspace. `prefix` is what comes before our
    paths for a browser; `slackbot` says that Slackbot may ask, and `agent_view` that the manifest
    declares Slack's agent view: Slack refuses scopes that an app doesn't declare.
    """
    states = SignedStates(client_secret, store)
    settings = OAuthSettings(
        client_id=client_id,
        client_secret=client_secret,
        scopes=[*SCOPES, *optional_scopes(slackbot, agent_view)],
        install_path=prefix + INSTALL,
        redirect_uri_path=prefix + REDIRECT,
        installation_store=tokens,
        state_store=states,
        state_expiration_seconds=STATE_SECONDS,
        callback_options=CallbackOptions(_show_success, _show_failure),
    )
    return Flow(store, states, client, settings, greet)
