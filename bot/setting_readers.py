"""Read the values of settings: each reader checks a text, and says what is wrong with it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.addresses import AddressError


class SettingsError(ValueError):
    """Settings are missing or malformed; the message names each in a line of its own."""


def matching(pattern: str, sentence: str) -> Any:
    def read(variable: str, text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise SettingsError(f"{variable} {sentence}")
        return text

    return read


def api_url(variable: str, text: str) -> str:
    matching(r"https?://[^\s/?#]+(/[^\s?#]*)?", "must be an http:// or https:// address.")(
        variable, text
    )
    return text if text.endswith("/") else text + "/"


def bot_token(variable: str, text: str) -> str:
    if text.startswith("xoxe."):
        raise SettingsError(
            f"{variable} is a token that expires after twelve hours, because token rotation is on. "
            "Create an app from `factbot manifest`, which leaves it off, or install this one with "
            "SLACK_CLIENT_ID."
        )
    return str(matching(r"xoxb-[!-~]+", "must begin with xoxb-.")(variable, text))


def address(read: Callable[[str], str]) -> Callable[[str, str], str]:
    def checked(variable: str, text: str) -> str:
        try:
            return read(text)
        except AddressError as error:
            raise SettingsError(f"{variable} {error}") from None  # the cause may quote a password

    return checked


def port(variable: str, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 0 < int(text) < 65536:
        raise SettingsError(f"{variable} must be a number from 1 to 65535.")
    return int(text)


def seconds(variable: str, text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]+)?", text) or not 3 <= float(text) <= 600:
        raise SettingsError(f"{variable} must be a number of seconds from 3 to 600.")
    return float(text)


def folders(variable: str, text: str) -> tuple[Path, ...]:
    folders = tuple(Path(part).expanduser() for part in text.split(os.pathsep) if part.strip())
    for folder in folders:
        if not os.path.isdir(folder):
            raise SettingsError(f"{variable} names {folder}, which is not a folder.")
    return folders


def keys(variable: str, text: str) -> tuple[str, ...]:
    keys = tuple(part.strip() for part in text.split(",") if part.strip())
    if not all(re.fullmatch(r"[A-Za-z0-9_-]{43}=", key) for key in keys):
        raise SettingsError(
            f"{variable} must be keys that `factbot key` printed, separated by commas."
        )
    return keys


def cache(variable: str, text: str) -> Path | None:
    return None if text.lower() == "off" else Path(text).expanduser()
