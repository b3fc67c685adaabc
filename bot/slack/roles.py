"""What Slack says about people: who is an admin, who is in a user group, and who has a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk import WebClient

from bot.slack.errors import NETWORK, readable, reason

MAX_PAGES, PAGE_PEOPLE = 20, 500

SlackClient = WebClient
"""For code outside the edge, which knows no library of Slack's."""


class UnreadableGroupError(Exception):
    """Slack doesn't say who is in a user group; the message is Slack's error code."""


def is_admin(client: WebClient, user: str) -> bool:
    """Whether a person is an admin or owner of the workspace.

    https://docs.slack.dev/reference/objects/user-object
    """
    with readable():
        found: Any = client.users_info(user=user)["user"]
        return bool(found.get("is_admin") or found.get("is_owner"))


def group_members(client: WebClient, group: str) -> frozenset[str]:
    """The people in a user group. Raises UnreadableGroupError without the scope for that.

    https://docs.slack.dev/reference/methods/usergroups.users.list
    """
    try:
        with readable():
            return frozenset(client.usergroups_users_list(usergroup=group)["users"])
    except NETWORK as error:
        raise UnreadableGroupError(reason(error)) from error


def find_people(client: WebClient, names: frozenset[str]) -> dict[str, str]:
    """The IDs of people by the lower-case names that `@name` uses; unknown ones are missing.

    https://docs.slack.dev/reference/methods/users.list
    """
    found: dict[str, str] = {}
    for person in _people(client):
        profile = person.get("profile") or {}
        if person.get("deleted") or person.get("is_bot"):
            continue
        for name in (person.get("name"), profile.get("display_name")):
            if isinstance(name, str) and name.lower() in names:
                found.setdefault(name.lower(), str(person["id"]))
        if len(found) == len(names):
            break
    return found


def _people(client: WebClient) -> Iterator[Mapping[str, Any]]:
    cursor = ""
    for _ in range(MAX_PAGES):
        with readable():
            page: Any = client.users_list(limit=PAGE_PEOPLE, cursor=cursor)
            members = page["members"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        yield from members
        if not cursor:
            return
