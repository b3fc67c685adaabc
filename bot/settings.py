"""Every setting of the program, read from the environment in this one place."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from bot.addresses import AddressError, database_url, public_url

COMMAND = r"/[a-z0-9_-]{1,31}"
"""What a slash command may be called."""
MCP_TOKEN = r"[A-Za-z0-9._~+/-]{24,}=*"
"""What a bearer token may be (https://www.rfc-editor.org/rfc/rfc6750#section-2.1), and no guess."""
SLACK_API = "https://slack.com/api/"


class SettingsError(ValueError):
    """Settings are missing or malformed; the message names each in a line of its own."""


def wants_no_color(environ: Mapping[str, str] | None = None) -> bool:
    """Whether the user wants output without colors: https://no-color.org"""
    return bool((os.environ if environ is None else environ).get("NO_COLOR"))


def forget_proxies() -> None:
    """Let this process reach what is local: slack_sdk sends even that to a proxy it finds here.

    https://docs.slack.dev/tools/python-slack-sdk/web#configuring-a-proxy
    """
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        os.environ.pop(name, None)


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
    url: str | None = setting(
        "FACTBOT_URL",
        "public address of `factbot serve`, for example `https://example.com/factbot`",
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
    mcp_token: str | None = setting(
        "FACTBOT_MCP_TOKEN",
        "token for coding agents that ask over HTTP, at `/mcp` of `factbot serve`",
        secret=True,
    )
    slackbot: str = setting(
        "FACTBOT_SLACKBOT", "whether Slackbot may ask, too, at `/mcp` of `factbot serve`", "off"
    )
    agent_view: str = setting(
        "FACTBOT_AGENT_VIEW", "whether the app has Slack's agent view (paid plans only)", "off"
    )
    curators: str = setting(
        "FACTBOT_CURATORS",
        "who curates a single workspace's facts: `admins`, or user IDs and user group IDs, "
        "separated by commas",
        "admins",
    )
    curators_channel: str | None = setting(
        "FACTBOT_CURATORS_CHANNEL", "ID of the curators' channel in a single workspace"
    )
    facts: tuple[Path, ...] = setting(
        "FACTBOT_FACTS", f"your own folders of facts, separated by `{os.pathsep}`", ()
    )
    cache: Path | None = setting("FACTBOT_CACHE", "folder for the built index; `off` for none")

    @classmethod
    def from_env(
        cls, environ: Mapping[str, str] | None = None, names: Collection[str] = ()
    ) -> Settings:
        """Read and check the settings, by default the process's own, or only those named.

        Raises SettingsError with everything that is malformed.
        """
        settings, problems = cls.read(environ, names)
        if problems:
            raise SettingsError("\n".join(problems.values()))
        return settings

    @classmethod
    def read(
        cls, environ: Mapping[str, str] | None = None, names: Collection[str] = ()
    ) -> tuple[Settings, dict[str, str]]:
        """The settings that can be read, and by its field a sentence about each of the others."""
        environ = os.environ if environ is None else environ
        values: dict[str, Any] = {"cache": _default_cache(environ)}
        problems: dict[str, str] = {}
        for known in fields(cls):
            variable = known.metadata["variable"]
            text = environ.get(variable, "").strip()
            if text and (not names or known.name in names):
                try:
                    values[known.name] = _READERS[known.name](variable, text)
                except SettingsError as error:
                    problems[known.name] = str(error)
        return cls(**values), problems

    @property
    def slackbot_may_ask(self) -> bool:
        """Whether Slackbot may ask."""
        return self.slackbot == "on"

    @property
    def has_agent_view(self) -> bool:
        """Whether the manifest declares the agent view, and installing asks for its scope."""
        return self.agent_view == "on"

    def secrets(self) -> list[str]:
        """What must never be seen, in any log."""
        found: list[str] = []
        for known in fields(self):
            value = getattr(self, known.name)
            if not known.repr and value:
                found += [value] if isinstance(value, str) else value
        return [text for text in found if not text.startswith("sqlite")]

    def require_workspaces(self, *more: str) -> None:
        """Raise SettingsError unless there is one workspace's token, or what many take.

        `more` names fields that must have a value as well.
        """
        if self.client_id is None:
            self.require("bot_token", *more)
        elif self.bot_token is not None:
            raise SettingsError(
                "Set SLACK_BOT_TOKEN for one workspace or SLACK_CLIENT_ID for many, not both."
            )
        else:
            self.require("client_secret", "encryption_keys", *more)

    def require(self, *names: str) -> None:
        """Raise SettingsError, which names them all, unless all these fields have a value."""
        missing = [meta(name) for name in names if getattr(self, name) in (None, ())]
        if len(missing) == 1:
            raise SettingsError(
                f"{missing[0]['variable']} is not set; it is the {missing[0]['doc']}."
            )
        if missing:
            *others, last = [setting["variable"] for setting in missing]
            meanings = "; ".join(
                f"{setting['variable']} is the {setting['doc']}" for setting in missing
            )
            raise SettingsError(f"{', '.join(others)} and {last} are not set. {meanings}.")


def meta(name: str) -> Mapping[str, str]:
    """The `variable` and the `doc` of a field."""
    return next(known.metadata for known in fields(Settings) if known.name == name)


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


def _bot_token(variable: str, text: str) -> str:
    if text.startswith("xoxe."):
        raise SettingsError(
            f"{variable} is a token that ends after twelve hours, because token rotation is on. "
            "Create an app from `factbot manifest`, which leaves it off, or install this one with "
            "SLACK_CLIENT_ID."
        )
    return str(_matching(r"xoxb-[!-~]+", "must begin with xoxb-.")(variable, text))


def _address(read: Callable[[str], str]) -> Callable[[str, str], str]:
    def checked(variable: str, text: str) -> str:
        try:
            return read(text)
        except AddressError as error:
            raise SettingsError(f"{variable} {error}") from None  # the cause may quote a password

    return checked


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
        if not os.path.isdir(folder):
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
    "bot_token": _bot_token,
    "signing_secret": _matching(r"[!-~]+", "must be plain ASCII without spaces."),
    "app_token": _matching(r"xapp-[!-~]+", "must begin with xapp-."),
    "client_id": _matching(r"[0-9]+\.[0-9]+", "must look like 123.456."),
    "client_secret": _matching(r"[!-~]+", "must be plain ASCII without spaces."),
    "encryption_keys": _keys,
    "api_url": _api_url,
    "database_url": _address(database_url),
    "url": _address(public_url),
    "port": _port,
    "lease": _seconds,
    "log": _matching("text|json", "must be text or json."),
    "metrics_port": _port,
    "mcp_token": _matching(
        MCP_TOKEN,
        "must be 24 or more of A-Z, a-z, 0-9, -, _, ., ~, + and /, such as `factbot key` prints.",
    ),
    "slackbot": _matching("on|off", "must be on or off."),
    "agent_view": _matching("on|off", "must be on or off."),
    "command": _matching(COMMAND, "must be a slash and 1 to 31 of a-z, 0-9, - and _."),
    "curators": _matching(
        r"admins|[UWS][A-Z0-9]{2,20}(\s*,\s*[UWS][A-Z0-9]{2,20}){0,20}",
        "must be admins, or IDs of users (U...) and user groups (S...) separated by commas.",
    ),
    "curators_channel": _matching(
        "[CG][A-Z0-9]{2,20}", "must be the ID of a channel, such as C0123456789."
    ),
    "facts": _folders,
    "cache": _cache,
}
