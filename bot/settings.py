"""Every setting of the program, read from the environment in this one place."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

COMMAND = r"/[a-z0-9_-]{1,31}"
"""What a slash command may be called."""
SLACK_API = "https://slack.com/api/"


class SettingsError(ValueError):
    """A setting is missing or malformed; the message is one sentence that names it."""


def wants_no_color(environ: Mapping[str, str] | None = None) -> bool:
    """Whether the user wants output without colors: https://no-color.org"""
    return bool((os.environ if environ is None else environ).get("NO_COLOR"))


def setting(variable: str, doc: str, default: Any = None, secret: bool = False) -> Any:
    return field(default=default, repr=not secret, metadata={"variable": variable, "doc": doc})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings; an empty variable counts as unset. Secrets stay out of `repr`."""

    bot_token: str | None = setting(
        "SLACK_BOT_TOKEN", "bot token of the installed app, `xoxb-...`", secret=True
    )
    signing_secret: str | None = setting(
        "SLACK_SIGNING_SECRET", "signing secret, for `factbot serve`", secret=True
    )
    app_token: str | None = setting(
        "SLACK_APP_TOKEN", "app-level token `xapp-...`, for `factbot run`", secret=True
    )
    client_id: str | None = setting(
        "SLACK_CLIENT_ID", "client id of the app, to be installed by many workspaces"
    )
    client_secret: str | None = setting(
        "SLACK_CLIENT_SECRET", "client secret, with `SLACK_CLIENT_ID`", secret=True
    )
    encryption_keys: tuple[str, ...] = setting(
        "FACTBOT_ENCRYPTION_KEYS",
        "keys that encrypt the workspaces' tokens, the newest first, separated by commas",
        (),
        secret=True,
    )
    api_url: str = setting("SLACK_API_URL", "address of Slack's Web API", SLACK_API)
    database_url: str = setting(
        "DATABASE_URL", "SQLite or PostgreSQL database", "sqlite:///factbot.db", secret=True
    )
    port: int = setting("PORT", "port of `factbot serve`", 3000)
    lease: float = setting(
        "FACTBOT_LEASE", "seconds after which another clock takes over from a dead one", 60.0
    )
    command: str = setting("FACTBOT_COMMAND", "name of the slash command", "/aws")
    log: str = setting("FACTBOT_LOG", "form of the log, `text` or `json`", "text")
    metrics_port: int | None = setting(
        "FACTBOT_METRICS_PORT", "port of `/metrics` for `factbot run` and `factbot clock`"
    )
    facts: tuple[Path, ...] = setting(
        "FACTBOT_FACTS", f"your own folders of facts, separated by `{os.pathsep}`", ()
    )
    cache: Path | None = setting("FACTBOT_CACHE", "folder for the built index; `off` for none")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read and check the settings, by default the process's own.

        Raises SettingsError for the first malformed one.
        """
        environ = os.environ if environ is None else environ
        given: dict[str, Any] = {"cache": _default_cache(environ)}
        for known in fields(cls):
            variable = known.metadata["variable"]
            text = environ.get(variable, "").strip()
            if text:
                given[known.name] = _READERS[known.name](variable, text)
        return cls(**given)

    def secrets(self) -> list[str]:
        """What must never be seen, in any log."""
        found: list[str] = []
        for known in fields(self):
            value = getattr(self, known.name)
            if not known.repr and value:
                found += [value] if isinstance(value, str) else value
        return [text for text in found if not text.startswith("sqlite")]

    def require_workspaces(self) -> None:
        """Raise SettingsError unless there is one workspace's token, or what many take."""
        if self.client_id is None:
            self.require("bot_token")
        elif self.bot_token is not None:
            raise SettingsError(
                "Set SLACK_BOT_TOKEN for one workspace or SLACK_CLIENT_ID for many, not both."
            )
        else:
            self.require("client_secret", "encryption_keys")

    def require(self, *names: str) -> None:
        """Raise SettingsError unless all these fields have a value."""
        for known in fields(self):
            if known.name in names and getattr(self, known.name) in (None, ()):
                meta = known.metadata
                raise SettingsError(f"{meta['variable']} is not set; it is the {meta['doc']}.")


def _default_cache(environ: Mapping[str, str]) -> Path | None:
    base = environ.get("XDG_CACHE_HOME") or (
        os.path.join(environ["HOME"], ".cache") if environ.get("HOME") else ""
    )
    return Path(base) / "factbot" if os.path.isabs(base) else None


def _matching(pattern: str, sentence: str) -> Any:
    def read(variable: str, text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise SettingsError(f"{variable} {sentence}")
        return text

    return read


def _api_url(variable: str, text: str) -> str:
    _matching(r"https?://[^\s/?#]+(/[^\s?#]*)?", "must be an http:// or https:// address.")(
        variable, text
    )
    return text if text.endswith("/") else text + "/"


def _database_url(variable: str, text: str) -> str:
    if not re.match(r"(sqlite|postgres|postgresql)(\+\w+)?://", text):
        raise SettingsError(f"{variable} must begin with sqlite:///, postgresql:// or postgres://.")
    return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", text)


def _port(variable: str, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 0 < int(text) < 65536:
        raise SettingsError(f"{variable} must be a number from 1 to 65535.")
    return int(text)


def _seconds(variable: str, text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]+)?", text) or not 3 <= float(text) <= 600:
        raise SettingsError(f"{variable} must be a number of seconds from 3 to 600.")
    return float(text)


def _folders(variable: str, text: str) -> tuple[Path, ...]:
    folders = tuple(Path(part).expanduser() for part in text.split(os.pathsep) if part.strip())
    for folder in folders:
        if not folder.is_dir():
            raise SettingsError(f"{variable} names {folder}, which is not a folder.")
    return folders


def _keys(variable: str, text: str) -> tuple[str, ...]:
    keys = tuple(part.strip() for part in text.split(",") if part.strip())
    if not all(re.fullmatch(r"[A-Za-z0-9_-]{43}=", key) for key in keys):
        raise SettingsError(
            f"{variable} must be keys as `factbot key` prints them, separated by commas."
        )
    return keys


def _cache(variable: str, text: str) -> Path | None:
    return None if text.lower() == "off" else Path(text).expanduser()


_READERS = {
    "bot_token": _matching(r"(xoxb|xoxe\.xoxb)-[!-~]+", "must begin with xoxb-."),
    "signing_secret": _matching(r"[!-~]+", "must be plain ASCII without spaces."),
    "app_token": _matching(r"xapp-[!-~]+", "must begin with xapp-."),
    "client_id": _matching(r"[0-9]+\.[0-9]+", "must look like 123.456."),
    "client_secret": _matching(r"[!-~]+", "must be plain ASCII without spaces."),
    "encryption_keys": _keys,
    "api_url": _api_url,
    "database_url": _database_url,
    "port": _port,
    "lease": _seconds,
    "log": _matching("text|json", "must be text or json."),
    "metrics_port": _port,
    "command": _matching(COMMAND, "must be a slash and 1 to 31 of a-z, 0-9, - and _."),
    "facts": _folders,
    "cache": _cache,
}
