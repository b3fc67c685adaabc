"""Typed reads of Slack's payloads: a field that is missing or misshapen reads as empty."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.slack.conversation_ids import is_direct

Payload = Mapping[str, Any]
_TS = re.compile(r"\d{1,12}\.\d{1,9}", re.ASCII)
_IDENT = re.compile(r"[\w.:-]{1,40}", re.ASCII)
"""Slack's IDs have about eleven characters; anything else must not be sent back to Slack."""


def text(payload: object, *path: str) -> str:
    """The string at a path of keys, or "" if there is none."""
    for key in path:
        payload = payload.get(key) if isinstance(payload, Mapping) else None
    return payload if isinstance(payload, str) else ""


def ident(payload: object, *path: str) -> str:
    """The ID or `ts` at a path of keys; "" if there is none, or something that is no ID."""
    found = text(payload, *path)
    return found if is_ident(found) else ""


def is_ident(value: object) -> bool:
    return isinstance(value, str) and _IDENT.fullmatch(value) is not None


def moment(payload: object, *path: str) -> float | None:
    """The `ts` at a path of keys in seconds since 1970; None if there is none."""
    found = text(payload, *path)
    return float(found) if _TS.fullmatch(found) else None


def flag(payload: object, *path: str) -> bool:
    """Whether the value at a path of keys is true."""
    for key in path:
        payload = payload.get(key) if isinstance(payload, Mapping) else None
    return payload is True


def team(body: Payload) -> str:
    """The workspace that a payload concerns: never an organization, and "" if it names none.

    For an event, this is the workspace that we are installed in, not the author's. An org-wide
    installation sends `"team": null` with interactions, and no team in an event's authorizations.
    https://docs.slack.dev/apis/events-api/#authorizations
    https://github.com/slackapi/bolt-python/issues/23
    """
    named = (
        ident(body, "view", "app_installed_team_id"),
        ident(_authorization(body), "team_id"),
        ident(body, "context_team_id"),
        ident(body, "team_id"),
        ident(body, "team", "id"),
        ident(body, "view", "team_id"),
        ident(body, "user", "team_id"),
        ident(body, "event", "view", "team_id"),
    )
    return next((team_id for team_id in named if team_id and not _is_organization(team_id)), "")


def organization(body: Payload) -> str:
    """The Enterprise organization whose installation a payload came through; "" if there is none.

    For an event in a channel shared with another company, only the authorization says so.
    """
    authorization = _authorization(body)
    if authorization:
        return ident(authorization, "enterprise_id")
    return (
        ident(body, "enterprise", "id")
        or ident(body, "enterprise_id")
        or ident(body, "team", "enterprise_id")
    )


def is_org_wide(body: Payload) -> bool:
    """Whether the app is installed for a whole organization, not just in some workspaces."""
    said = (_authorization(body) or body).get("is_enterprise_install")
    return said is True or said == "true"  # a command is a form: all its values are strings


def person(body: Payload) -> str:
    """The person who typed, pressed, submitted, or wrote; "" if a payload names no one.

    An edit is the event of nobody, with the message that somebody edited in it.
    """
    return (
        ident(body, "user", "id")
        or ident(body, "user_id")
        or ident(body, "event", "user")
        or ident(body, "event", "message", "user")
    )


def bot_user(body: Payload) -> str:
    """Our own user in the workspace that an event is sent to."""
    return ident(_authorization(body), "user_id")


def conversation(body: Payload) -> str:
    """The channel that a payload comes from; for the Home tab and modals, the person."""
    return (
        ident(body, "channel", "id")
        or ident(body, "channel_id")
        or ident(body, "container", "channel_id")
        or ident(body, "event", "channel")
        or person(body)
    )


def _authorization(body: Payload) -> Payload:
    """The installation that an event was sent to: https://docs.slack.dev/apis/events-api"""
    authorizations = body.get("authorizations")
    first = next(iter(authorizations), None) if isinstance(authorizations, list) else None
    return first if isinstance(first, Mapping) else {}


def _is_organization(id: str) -> bool:
    """The first letter of an ID says what it identifies; workspaces begin with T."""
    return id.startswith("E")


def is_from_person(event: Payload) -> bool:
    """Whether a person wrote this message: no bot, and no edit, deletion, join, or Slackbot."""
    return (
        not event.get("bot_id")
        and event.get("subtype") in (None, "thread_broadcast", "file_share")
        and not event.get("hidden")
        and ident(event, "user") not in ("", "USLACKBOT")
    )


def is_of_somebody(body: Payload) -> bool:
    """Whether a payload names a team and a person, and a command also a channel."""
    return bool(
        team(body) and person(body) and ("command" not in body or ident(body, "channel_id"))
    )


def is_private(body: Payload) -> bool:
    """Whether only this person sees the message that was pressed."""
    return flag(body, "container", "is_ephemeral") or is_direct(ident(body, "channel", "id"))


def changes_in_place(body: Payload, asker: str) -> bool:
    """Whether a press changes its message: only this person sees it, or it answers their question.

    `asker` is the user whose question the message answers.
    """
    return is_private(body) or asker == person(body) != ""
