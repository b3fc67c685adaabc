"""Installing from a web page: https://docs.slack.dev/authentication/installing-with-oauth"""

from __future__ import annotations

from typing import Any

from slack_bolt.oauth.oauth_flow import OAuthFlow
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore

from bot.manifest import INSTALL, OPTIONAL_SCOPES, REDIRECT, SCOPES
from bot.slack.tokens import STATES, Tokens

STATE_LASTS = 600
"""Seconds between the install page and the way back."""


def build_flow(
    client_id: str,
    client_secret: str,
    tokens: Tokens,
    engine: Any,
    client: WebClient,
    prefix: str = "",
) -> OAuthFlow:
    """Bolt's flow on our tables. A state is good for one way back, by the same browser.

    `prefix` is what comes before our paths for a browser.
    """
    states = SQLAlchemyOAuthStateStore(
        expiration_seconds=STATE_LASTS, engine=engine, table_name=STATES
    )
    settings = OAuthSettings(
        client_id=client_id,
        client_secret=client_secret,
        scopes=[*SCOPES, *OPTIONAL_SCOPES],
        install_path=prefix + INSTALL,
        redirect_uri_path=prefix + REDIRECT,
        installation_store=tokens,
        state_store=states,
        state_expiration_seconds=STATE_LASTS,
    )
    return OAuthFlow(client=client, settings=settings)
