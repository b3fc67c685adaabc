"""What the processes are made of: built once each, and handed to listeners and the clock."""

from __future__ import annotations

from dataclasses import dataclass

from slack_bolt.oauth.oauth_flow import OAuthFlow
from slack_sdk import WebClient
from slack_sdk.oauth.token_rotation import TokenRotator

from bot.answering import Answering
from bot.lookups import Lookups
from bot.posting import Carrier, build_carrier
from bot.quiz.asking import Quizmaster
from bot.settings import Settings
from bot.slack.installations import OneWorkspace
from bot.slack.many import ManyWorkspaces
from bot.slack.oauth import build_flow
from bot.slack.tokens import Cipher, Tokens
from bot.store import Store
from knowledge import KnowledgeBase

PATIENCE = 10
"""Seconds that a call of the clock's may take; more than a listener's, nobody is waiting."""


@dataclass(frozen=True, slots=True)
class Services:
    """`workspaces` and `flow` are there if many workspaces can install us."""

    store: Store
    answering: Answering
    quizmaster: Quizmaster
    carrier: Carrier
    lookups: Lookups
    workspaces: ManyWorkspaces | None = None
    flow: OAuthFlow | None = None

    def readiness(self) -> tuple[bool, str]:
        """Whether requests can be served in full, and if not, what is missing."""
        try:
            current = self.store.is_current()
        except Exception:  # whatever a database may raise that is away
            return False, "The database does not answer."
        return current, "ok" if current else "The database is of another version."

    def close(self) -> None:
        """Write what waits to be written, and leave the database."""
        self.lookups.close()
        self.store.close()


def build_services(settings: Settings, knowledge: KnowledgeBase, store: Store) -> Services:
    """Everything, for one workspace or for many."""
    patience = min(PATIENCE, int(settings.lease / 3))
    quizmaster = Quizmaster(knowledge)
    workspaces, flow = _many(settings, store, patience) if settings.client_id else (None, None)
    installations = workspaces or OneWorkspace(settings.bot_token or "", settings.api_url, patience)
    carrier = build_carrier(store, quizmaster, installations, settings.command, patience)
    lookups = Lookups(store)
    answering = Answering(knowledge)
    return Services(store, answering, quizmaster, carrier, lookups, workspaces, flow)


def _many(settings: Settings, store: Store, patience: int) -> tuple[ManyWorkspaces, OAuthFlow]:
    client_id, secret = settings.client_id or "", settings.client_secret or ""
    client = WebClient(base_url=settings.api_url, timeout=patience)
    tokens = Tokens(client_id, store.engine, Cipher(settings.encryption_keys))
    rotator = TokenRotator(client_id=client_id, client_secret=secret, client=client)
    workspaces = ManyWorkspaces(tokens, rotator, store.claim, settings.api_url, patience)
    return workspaces, build_flow(client_id, secret, tokens, store.engine, client)
