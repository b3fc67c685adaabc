"""Typed reads of Slack's payloads: a field that is missing or misshapen reads as empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Payload = Mapping[str, Any]


def text(payload: object, *path: str) -> str:
    """The string at a path of keys, or "" if there is none."""
    for key in path:
        payload = payload.get(key) if isinstance(payload, Mapping) else None
    return payload if isinstance(payload, str) else ""


def flag(payload: object, *path: str) -> bool:
    """Whether the value at a path of keys is true."""
    for key in path:
        payload = payload.get(key) if isinstance(payload, Mapping) else None
    return payload is True


def team(body: Payload) -> str:
    """The team whose installation a payload came through; of an event, not the author's.

    https://docs.slack.dev/apis/events-api/#authorizations
    """
    authorizations = body.get("authorizations")
    first = next(iter(authorizations), None) if isinstance(authorizations, list) else None
    return (
        text(body, "view", "app_installed_team_id")
        or text(first, "team_id")
        or text(body, "team_id")
        or text(body, "team", "id")
        or text(body, "enterprise_id")
        or text(body, "enterprise", "id")
    )


def own_user(body: Payload) -> str:
    """Our own user id, which every event names in its authorizations."""
    authorizations = body.get("authorizations")
    for entry in authorizations if isinstance(authorizations, list) else ():
        if flag(entry, "is_bot"):
            return text(entry, "user_id")
    return ""


def is_from_person(event: Payload) -> bool:
    """Whether a person wrote this message now: no bot, edit, deletion, join or Slackbot."""
    return (
        not event.get("bot_id")
        and event.get("subtype") in (None, "thread_broadcast", "file_share")
        and not event.get("hidden")
        and not event.get("edited")
        and text(event, "user") not in ("", "USLACKBOT")
    )
