"""`factbot doctor`: what would stop the bot, and what to do about it. Prints no secret."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from importlib.util import find_spec
from typing import TYPE_CHECKING

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.agents.loading import NEEDS_MCP
from bot.settings import Settings, meta
from bot.slack.errors import NETWORK, Trouble, readable, reason, trouble
from bot.slack.installations import granted_scopes
from bot.slack.manifest import OPTIONAL_SCOPES, SCOPES, SLACKBOT_SCOPES
from knowledge.counting import counted, listed

if TYPE_CHECKING:
    from bot.store import Store

TIMEOUT_SECONDS = 5
MAX_BEAT_AGE_SECONDS = 120.0
"""Without a heartbeat for this long, the clock counts as stopped."""


class State(Enum):
    """How good a finding is, as `factbot doctor` prints it."""

    GOOD = "ok"
    NOTE = "note"
    FAULT = "FAULT"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked; `advice` says what to do unless it is good."""

    what: str
    state: State
    found: str
    advice: str = ""


def examine(settings: Settings, problems: Mapping[str, str]) -> Iterator[Finding]:
    """Check everything, even if a check fails, and change nothing.

    `problems` are the settings that can't be read, as Settings.read returns them.
    """
    yield from _settings(settings, problems)
    if "facts" not in problems:
        yield _facts(settings)
    if "bot_token" not in problems:
        yield from _bot_token(settings)
    if "app_token" not in problems:
        yield _app_token(settings)
    yield _names(settings)
    if settings.mcp_token or settings.slackbot_may_ask:
        yield _agents(settings)
    if "database_url" not in problems:
        yield from _database(settings)


def _settings(settings: Settings, problems: Mapping[str, str]) -> Iterator[Finding]:
    for sentence in problems.values():
        yield Finding("settings", State.FAULT, "malformed", sentence)
    missing = list(_missing(settings, problems))
    if missing:
        yield Finding("settings", State.FAULT, "incomplete", f"Set {listed(missing)}.")
    if settings.client_id and settings.bot_token:
        advice = "Set SLACK_BOT_TOKEN for one workspace or SLACK_CLIENT_ID for many, not both."
        yield Finding("settings", State.FAULT, "contradictory", advice)
    elif not missing and not problems:
        yield Finding("settings", State.GOOD, "complete")


def _missing(settings: Settings, problems: Mapping[str, str]) -> Iterator[str]:
    """Everything that has to be set, each with what it is."""

    def is_missing(*names: str) -> bool:
        return not any(getattr(settings, name) or name in problems for name in names)

    needed = ["bot_token"] if is_missing("client_id") else ["client_secret", "encryption_keys"]
    for name in needed:
        if is_missing(name):
            yield f"{meta(name)['variable']} ({meta(name)['doc']})"
    if is_missing("app_token", "signing_secret"):
        yield "SLACK_APP_TOKEN for `factbot run` or SLACK_SIGNING_SECRET for `factbot serve`"


def _facts(settings: Settings) -> Finding:
    from knowledge.files.folders import BUILT_IN
    from knowledge.files.loader import inspect

    content, faults = inspect([BUILT_IN, *settings.facts])
    if faults:
        return Finding("facts", State.FAULT, counted(len(faults), "fault"), "Run `factbot lint`.")
    return Finding("facts", State.GOOD, counted(len(content.facts), "fact"))


def _names(settings: Settings) -> Finding:
    """Whether exact names without a fact are looked up; nobody has to want that."""
    from knowledge.reference.versions import installed_versions

    versions = installed_versions()
    if not settings.looks_up_names:
        return Finding("exact names", State.GOOD, "off")
    if versions is None:
        advice = "Optional: pip install 'factbot[reference]' to answer exact names without a fact."
        return Finding("exact names", State.NOTE, "not looked up", advice)
    if settings.cache is None:
        advice = "They need a folder. Set FACTBOT_CACHE to one."
        return Finding("exact names", State.NOTE, "not looked up", advice)
    found = f"botocore {versions.botocore}, cfn-lint {versions.cfn_lint}"
    if not (settings.cache / versions.file_name).exists():
        advice = (
            "The first question about one builds the file. To build it now: `factbot reference`."
        )
        return Finding("exact names", State.NOTE, f"not built yet, {found}", advice)
    return Finding("exact names", State.GOOD, found)


def _bot_token(settings: Settings) -> Iterator[Finding]:
    if settings.bot_token is None:
        yield Finding("bot token", State.NOTE, "none", "That's fine if many workspaces install it.")
        return
    client = WebClient(settings.bot_token, base_url=settings.api_url, timeout=TIMEOUT_SECONDS)
    try:
        with readable():
            answer = client.auth_test()
    except NETWORK as error:
        advice = "Copy SLACK_BOT_TOKEN from OAuth & Permissions, or reinstall the app."
        yield _slack_fault("bot token", error, settings.api_url, advice)
        return
    yield Finding("bot token", State.GOOD, f"{answer['user']} in {answer['team']}")
    granted = granted_scopes(answer)
    missing = sorted(set(SCOPES) - granted)
    if missing:
        advice = "Add them under OAuth & Permissions, then reinstall the app."
        yield Finding("scopes", State.FAULT, f"missing {', '.join(missing)}", advice)
    elif settings.slackbot_may_ask and not granted >= set(SLACKBOT_SCOPES):
        advice = f"Slackbot can't ask without {', '.join(SLACKBOT_SCOPES)}. Add it and reinstall."
        yield Finding("scopes", State.NOTE, "all required", advice)
    elif optional := sorted(set(OPTIONAL_SCOPES) - granted):
        advice = f"Optional: {', '.join(optional)}. docs/security.md says what each adds."
        yield Finding("scopes", State.NOTE, "all required", advice)
    else:
        yield Finding("scopes", State.GOOD, "all")


def _app_token(settings: Settings) -> Finding:
    if settings.app_token is None:
        return Finding(
            "app token", State.NOTE, "none", "That's fine: only `factbot run` needs one."
        )
    client = WebClient(base_url=settings.api_url, timeout=TIMEOUT_SECONDS)
    try:
        with readable():
            client.apps_connections_open(app_token=settings.app_token)
    except NETWORK as error:
        return app_token_fault(error, settings.api_url)
    return Finding("app token", State.GOOD, "opens a connection")


def app_token_fault(error: Exception, api_url: str) -> Finding:
    """What it means that no Socket Mode connection could be opened."""
    advice = "Under Basic Information, create a token with connections:write."
    return _slack_fault("app token", error, api_url, advice)


def _agents(settings: Settings) -> Finding:
    if find_spec("mcp") is None:
        return Finding("agents", State.FAULT, "a package is missing", NEEDS_MCP)
    if settings.slackbot_may_ask and not settings.url:
        advice = "Slackbot needs a public address. Set FACTBOT_URL, then create the manifest again."
        return Finding("agents", State.NOTE, "no public address", advice)
    return Finding("agents", State.GOOD, "may ask at /mcp of `factbot serve`")


def _slack_fault(what: str, error: Exception, api_url: str, advice: str) -> Finding:
    """Tell a Slack that is away from one that refuses the token; `advice` is for the latter."""
    word = reason(error)
    if not isinstance(error, SlackApiError):
        found = f"Slack is unreachable ({word})"
        advice = f"Check the network, the proxy, and SLACK_API_URL. This tried {api_url}."
    elif trouble(error) in (Trouble.LATER, Trouble.UNSURE):
        found = f"Slack is unreachable ({word})"
        advice = (
            f"Try again later. If that doesn't help, check SLACK_API_URL. This tried {api_url}."
        )
    elif trouble(error) in (Trouble.INSTALLATION_GONE, Trouble.TOKEN_ENDED):
        found = f"the token is invalid ({word})"
    else:
        found = f"Slack rejects the token ({word})"
    return Finding(what, State.FAULT, found, advice)


def _database(settings: Settings) -> Iterator[Finding]:
    from bot.store import Store, StoreError, file_problem, sqlite_path

    path = sqlite_path(settings.database_url)
    problem = file_problem(path) if path else None
    if problem:
        yield Finding("database", State.FAULT, "can't be used", f"At DATABASE_URL, {problem}")
        return
    if path and not path.exists():
        advice = f"The first start creates {path}. To create it now: `factbot migrate`."
        yield Finding("database", State.NOTE, "not there yet", advice)
        return
    store = Store.to_look_at(settings.database_url)
    try:
        yield from _tables(settings, store)
    except StoreError as error:
        advice = f"At DATABASE_URL, {store.explain(error)}"
        yield Finding("database", State.FAULT, "can't be used", advice)
    finally:
        store.close()


def _tables(settings: Settings, store: Store) -> Iterator[Finding]:
    from bot.store import NEWER, Version

    version = store.version()
    if version is Version.NEWER:
        advice = f"At DATABASE_URL, {NEWER}"
        yield Finding("database", State.FAULT, "too new", advice)
    elif version is not Version.CURRENT:
        advice = "The next start updates it. To update it now: `factbot migrate`."
        yield Finding("database", State.NOTE, "out of date", advice)
    else:
        yield Finding("database", State.GOOD, "up to date")
        yield _clock(store)
        if settings.client_id and settings.encryption_keys:
            yield _workspaces(settings, store)


def _clock(store: Store) -> Finding:
    beat = store.last_beat()
    advice = "Quizzes need it. Start `factbot run`, or `factbot clock` next to `factbot serve`."
    if beat is None:
        return Finding("clock", State.NOTE, "never ran", advice)
    since = store.now() - beat
    ago = counted(round(since), "second")
    if since > MAX_BEAT_AGE_SECONDS:
        return Finding("clock", State.FAULT, f"last beat {ago} ago", advice)
    return Finding("clock", State.GOOD, f"last beat {ago} ago")


def _workspaces(settings: Settings, store: Store) -> Finding:
    from bot.slack.tokens import Cipher, Tokens

    tokens = Tokens(str(settings.client_id), store.engine, Cipher(settings.encryption_keys))
    opened, closed = tokens.counts()
    if closed:
        found = f"no key decrypts {closed} of {counted(opened + closed, 'token')}"
        advice = "Add the old key after the new one in FACTBOT_ENCRYPTION_KEYS."
        return Finding("workspaces", State.FAULT, found, advice)
    return Finding("workspaces", State.GOOD, f"{counted(opened, 'token')}, all readable")
