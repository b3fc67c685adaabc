"""Typed reads of Slack's payloads: a field that is missing or misshapen reads as empty."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Payload = Mapping[str, Any]
_IDENT = re.compile(r"[\w.:-]{1,40}", re.ASCII)
"""Slack's ids have about eleven characters, and are no text to be shown or obeyed."""


def text(payload: object, *path: str) -> str:
    """The string at a path of keys, or "" if there is none."""
    for key in path:
        payload = payload.get(key) if isinstance(payload, Mapping) else None
    return payload if isinstance(payload, str) else ""


def ident(payload: object, *path: str) -> str:
    """The id or `ts` at a path of keys; "" also for what is none, whatever it is."""
    found = text(payload, *path)
    return found if is_ident(found) else ""


def is_ident(value: object) -> bool:
    return isinstance(value, str) and _IDENT.fullmatch(value) is not None


def flag(payload: object, *path: str) -> bool:
    """Whether the value at a path of keys is true."""
    for key in path:
        payload = payload.get(key) if isinstance(payload, Mapping) else None
    return payload is True


def team(body: Payload) -> str:
    """The team whose installation a payload came through; of an event, not the author's.

    https://docs.slack.dev/apis/events-api/#authorizations
    """
    if "command" in body:
        return ident(body, "team_id")
    authorizations = body.get("authorizations")
    first = next(iter(authorizations), None) if isinstance(authorizations, list) else None
    return (
        ident(body, "view", "app_installed_team_id")
        or ident(first, "team_id")
        or ident(body, "team_id")
        or ident(body, "team", "id")
        or ident(body, "enterprise_id")
        or ident(body, "enterprise", "id")
    )


def own_user(body: Payload) -> str:
    """Our own user id, which every event names in its authorizations."""
    authorizations = body.get("authorizations")
    for entry in authorizations if isinstance(authorizations, list) else ():
        if flag(entry, "is_bot"):
            return ident(entry, "user_id")
    return ""


def is_from_person(event: Payload) -> bool:
    """Whether a person wrote this message now: no bot, edit, deletion, join or Slackbot."""
    return (
        not event.get("bot_id")
        and event.get("subtype") in (None, "thread_broadcast", "file_share")
        and not event.get("hidden")
        and not event.get("edited")
        and ident(event, "user") not in ("", "USLACKBOT")
    )


def is_of_somebody(body: Payload) -> bool:
    """Whether a payload names a team and a person, and if it is a command, a channel."""
    user = ident(body, "user", "id") or ident(body, "user_id") or ident(body, "event", "user")
    return bool(team(body) and user and ("command" not in body or ident(body, "channel_id")))
