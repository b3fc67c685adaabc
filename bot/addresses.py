"""Addresses in settings, as people copy and type them: the database's and our public one."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

ENCODED = "@ as %40, / as %2F, ? as %3F, # as %23, % as %25"
"""How to write characters that have a meaning in an address."""
_POSTGRES = re.compile(r"postgres(?:ql)?(?:\+(?:psycopg|psycopg2|psycopg2cffi|asyncpg|pg8000))?://")
_PARTS = re.compile(
    r"(?:(?P<user>[^:/?]*)(?::(?P<password>.*))?@)?"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^@:/?#\[\]\s]*)"
    r"(?::(?P<port>[^@/?#]*))?"
    r"(?P<rest>(?:/[^@?#]*)?(?:\?.*)?)",
    re.DOTALL,
)
"""The password ends at the last @, so it may contain any character."""
_FORM = "write postgresql://USER:PASSWORD@HOST:PORT/NAME"


class AddressError(ValueError):
    """An address cannot be used; the message completes a sentence and quotes nothing."""


def database_url(text: str) -> str:
    """The address as SQLAlchemy writes it, with the driver that we use.

    Raises AddressError, whose message never contains any part of a password.
    """
    if re.match(r"sqlite(\+pysqlite)?:/", text):
        return _sqlite_url(text)
    if begin := _POSTGRES.match(text):
        return _postgres_url(text[begin.end() :])
    raise AddressError("must begin with sqlite:///, postgresql://, or postgres://, without quotes.")


def _sqlite_url(text: str) -> str:
    _, found, path = text.partition("://")
    if found and path in ("", "/", "/:memory:", ":memory:"):
        raise AddressError(
            "names a database in memory, which is gone when the process ends. "
            "For a file, write sqlite:///factbot.db."
        )
    if not path.startswith("/"):
        raise AddressError(
            "has too few slashes. Write sqlite:///factbot.db for a file in this folder, "
            "or sqlite:////var/lib/factbot.db (with four) for one elsewhere."
        )
    if "?" in path:
        raise AddressError(
            "has options after ?, which factbot doesn't use for SQLite. Remove them."
        )
    return f"sqlite://{path}"


def _postgres_url(text: str) -> str:
    parts = _PARTS.fullmatch(text)
    if parts is None:
        raise AddressError(
            f"can't be read; {_FORM}, with special characters in the password as codes: {ENCODED}."
        )
    port = parts["port"]
    if port is not None and not (re.fullmatch(r"[0-9]{1,5}", port) and 0 < int(port) < 65536):
        raise AddressError(f"has a port that isn't a number from 1 to 65535; {_FORM}.")
    user, password = (
        None if part is None else quote(unquote(part), safe="")
        for part in (parts["user"], parts["password"])
    )
    login = "" if user is None else user + ("" if password is None else f":{password}") + "@"
    place = parts["host"] + ("" if port is None else f":{port}")
    return f"postgresql+psycopg://{login}{place}{parts['rest']}"


def public_url(text: str) -> str:
    """`https://host`, with a path if the bot shares the host, and without a slash at the end.

    Raises AddressError.
    """
    form = "must look like https://bot.example.com or https://example.com/factbot."
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise AddressError(form) from error
    extra = parts.query or parts.fragment or parts.username or parts.password
    path = parts.path.rstrip("/")
    if parts.scheme != "https" or not host or extra or text.endswith(("?", "#")):
        raise AddressError(form)
    if not re.fullmatch(r"(/[A-Za-z0-9._~-]+)*", path) or re.search(r"/\.\.?(/|$)", path):
        raise AddressError(form)
    if not re.fullmatch(r"[A-Za-z0-9.:\[\]-]+", parts.netloc):
        raise AddressError(form)
    return f"https://{parts.netloc}{path}"


def path_of(url: str | None) -> str:
    """The path of a public address, `/factbot`; empty if the bot has the whole host."""
    return urlsplit(url or "").path
