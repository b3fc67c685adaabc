"""`factbot doctor`: what would stop the bot, and what to do about it. Prints no secret."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from slack_sdk import WebClient

from bot.manifest import OPTIONAL_SCOPES, SCOPES
from bot.settings import Settings, SettingsError
from bot.slack.errors import NETWORK, reason
from bot.slack.installations import granted_scopes

if TYPE_CHECKING:
    from bot.store import Store

PATIENCE = 5
LATE_BEAT = 120.0
"""Seconds without a beat after which the clock counts as stopped."""


class State(Enum):
    GOOD = "ok"
    NOTE = "note"
    FAULT = "FAULT"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `advice` says what to do unless it is good."""

    what: str
    state: State
    found: str
    advice: str = ""


def examine(settings: Settings, open_store: Callable[[], Store]) -> Iterator[Finding]:
    """Look at everything, one after the other, whatever fails on the way."""
    yield _settings(settings)
    yield _facts(settings)
    yield from _bot_token(settings)
    yield _app_token(settings)
    yield from _database(settings, open_store)


def _settings(settings: Settings) -> Finding:
    try:
        settings.require_workspaces()
    except SettingsError as error:
        return Finding("settings", State.FAULT, "incomplete", str(error))
    if settings.signing_secret is None and settings.app_token is None:
        advice = "Set SLACK_APP_TOKEN for `factbot run`, or SLACK_SIGNING_SECRET for `serve`."
        return Finding("settings", State.FAULT, "no way to hear Slack", advice)
    return Finding("settings", State.GOOD, "complete")


def _facts(settings: Settings) -> Finding:
    from knowledge.files.folders import BUILT_IN
    from knowledge.files.loader import inspect

    content, faults = inspect([BUILT_IN, *settings.facts])
    if faults:
        return Finding("facts", State.FAULT, f"{len(faults)} faults", "Run `factbot lint`.")
    return Finding("facts", State.GOOD, f"{len(content.facts)} facts")


def _bot_token(settings: Settings) -> Iterator[Finding]:
    if settings.bot_token is None:
        yield Finding("bot token", State.NOTE, "none", "Fine if many workspaces install the app.")
        return
    client = WebClient(settings.bot_token, base_url=settings.api_url, timeout=PATIENCE)
    try:
        answer = client.auth_test()
    except NETWORK as error:
        advice = "Copy SLACK_BOT_TOKEN from OAuth & Permissions, or reinstall the app."
        yield Finding("bot token", State.FAULT, reason(error), advice)
        return
    yield Finding("bot token", State.GOOD, f"{answer['user']} in {answer['team']}")
    granted = granted_scopes(answer)
    missing = sorted(set(SCOPES) - granted)
    if missing:
        advice = "Add them under OAuth & Permissions, then reinstall the app."
        yield Finding("scopes", State.FAULT, f"missing {', '.join(missing)}", advice)
    elif not granted >= set(OPTIONAL_SCOPES):
        advice = "Optional: with the history scopes quizzes need not be handed over ahead."
        yield Finding("scopes", State.NOTE, "all that are needed", advice)
    else:
        yield Finding("scopes", State.GOOD, "all")


def _app_token(settings: Settings) -> Finding:
    if settings.app_token is None:
        return Finding("app token", State.NOTE, "none", "Only `factbot run` needs one.")
    client = WebClient(base_url=settings.api_url, timeout=PATIENCE)
    try:
        client.apps_connections_open(app_token=settings.app_token)
    except NETWORK as error:
        advice = "Make a token with connections:write under Basic Information."
        return Finding("app token", State.FAULT, reason(error), advice)
    return Finding("app token", State.GOOD, "opens a connection")


def _database(settings: Settings, open_store: Callable[[], Store]) -> Iterator[Finding]:
    try:
        store = open_store()
    except SettingsError as error:
        yield Finding("database", State.FAULT, "cannot be used", str(error))
        return
    if store.is_current():
        yield Finding("database", State.GOOD, "up to date")
        yield _clock(store)
        if settings.client_id and settings.encryption_keys:
            yield _workspaces(settings, store)
    else:
        advice = "The next start brings it up to date; so does `factbot migrate`."
        yield Finding("database", State.NOTE, "not of this version", advice)
    store.close()


def _clock(store: Store) -> Finding:
    beat = store.last_beat()
    advice = "Start `factbot run`, or `factbot clock` beside `factbot serve`; quizzes need it."
    if beat is None:
        return Finding("clock", State.NOTE, "never ran", advice)
    since = store.now() - beat
    if since > LATE_BEAT:
        return Finding("clock", State.FAULT, f"last beat {since:.0f} seconds ago", advice)
    return Finding("clock", State.GOOD, f"last beat {since:.0f} seconds ago")


def _workspaces(settings: Settings, store: Store) -> Finding:
    from bot.slack.tokens import Cipher, Tokens

    tokens = Tokens(str(settings.client_id), store.engine, Cipher(settings.encryption_keys))
    opened, closed = tokens.counts()
    if closed:
        found = f"no key opens {closed} of {opened + closed} tokens"
        advice = "Put the former key behind the new one in FACTBOT_ENCRYPTION_KEYS."
        return Finding("workspaces", State.FAULT, found, advice)
    return Finding("workspaces", State.GOOD, f"tokens that open: {opened}")
