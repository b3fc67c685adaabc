"""Every setting of the program, read from the environment in this one place."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from bot import setting_readers as readers
from bot.addresses import database_url, public_url
from bot.setting_readers import SettingsError as SettingsError

COMMAND = r"/[a-z0-9_-]{1,31}"
"""What a slash command may be called."""
MCP_TOKEN = r"[A-Za-z0-9._~+/-]{24,}=*"
"""What a bearer token may be (https://www.rfc-editor.org/rfc/rfc6750#section-2.1), and no guess."""
SLACK_API = "https://slack.com/api/"


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
        "SLACK_CLIENT_ID", "client ID of the app, for installing it in many workspaces"
    )
    client_secret: str | None = setting(
        "SLACK_CLIENT_SECRET", "client secret, with `SLACK_CLIENT_ID`", secret=True
    )
    encryption_keys: tuple[str, ...] = setting(
        "FACTBOT_ENCRYPTION_KEYS",
        "keys that encrypt the workspaces' tokens, newest first, separated by commas",
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
    log: str = setting("FACTBOT_LOG", "format of the log, `text` or `json`", "text")
    metrics_port: int | None = setting(
        "FACTBOT_METRICS_PORT", "port of `/metrics` for `factbot run` and `factbot clock`"
    )
    mcp_token: str | None = setting(
        "FACTBOT_MCP_TOKEN",
        "token for coding agents that ask over HTTP, at `/mcp` of `factbot serve`",
        secret=True,
    )
    slackbot: str = setting(
        "FACTBOT_SLACKBOT", "whether Slackbot may ask too, at `/mcp` of `factbot serve`", "off"
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
    cache: Path | None = setting(
        "FACTBOT_CACHE", "folder for the built index and the file of exact names; `off` for none"
    )
    reference: str = setting(
        "FACTBOT_REFERENCE",
        "whether to look up exact names when no fact fits; needs `factbot[reference]`",
        "on",
    )

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

    @property
    def looks_up_names(self) -> bool:
        """Whether exact names without a fact are looked up in installed packages' data."""
        return self.reference == "on"

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


_READERS = {
    "bot_token": readers.bot_token,
    "signing_secret": readers.matching(r"[!-~]+", "must be plain ASCII without spaces."),
    "app_token": readers.matching(r"xapp-[!-~]+", "must begin with xapp-."),
    "client_id": readers.matching(r"[0-9]+\.[0-9]+", "must look like 123.456."),
    "client_secret": readers.matching(r"[!-~]+", "must be plain ASCII without spaces."),
    "encryption_keys": readers.keys,
    "api_url": readers.api_url,
    "database_url": readers.address(database_url),
    "url": readers.address(public_url),
    "port": readers.port,
    "lease": readers.seconds,
    "log": readers.matching("text|json", "must be text or json."),
    "metrics_port": readers.port,
    "mcp_token": readers.matching(
        MCP_TOKEN,
        "must have 24 or more characters: A-Z, a-z, 0-9, -, _, ., ~, +, and /. "
        "`factbot key` prints a good one.",
    ),
    "slackbot": readers.matching("on|off", "must be on or off."),
    "agent_view": readers.matching("on|off", "must be on or off."),
    "command": readers.matching(
        COMMAND, "must be a slash followed by 1 to 31 characters: a-z, 0-9, -, and _."
    ),
    "curators": readers.matching(
        r"admins|[UWS][A-Z0-9]{2,20}(\s*,\s*[UWS][A-Z0-9]{2,20}){0,20}",
        "must be admins, or IDs of users (U...) and user groups (S...) separated by commas.",
    ),
    "curators_channel": readers.matching(
        "[CG][A-Z0-9]{2,20}", "must be the ID of a channel, such as C0123456789."
    ),
    "reference": readers.matching("on|off", "must be on or off."),
    "facts": readers.folders,
    "cache": readers.cache,
}
