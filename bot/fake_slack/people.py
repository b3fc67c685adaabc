"""The people of a workspace, and who of them is in which channel."""

from __future__ import annotations

from bot.fake_slack.calls import CallError, JsonObject, require


class WorkspaceMembers:
    """`users` adds to what is said about a person; without `members`, all are in a channel.

    `groups` has the members of user groups by the groups' IDs.
    """

    def __init__(self) -> None:
        self.users: dict[str, JsonObject] = {}
        self.members: dict[str, list[str]] = {}
        self.groups: dict[str, list[str]] = {}

    def user_info(self, user: str, team: str) -> JsonObject:
        """https://docs.slack.dev/reference/methods/users.info"""
        zone = {"tz": "Etc/UTC", "tz_label": "Coordinated Universal Time", "tz_offset": 0}
        roles = {"is_admin": False, "is_owner": False, "is_bot": False, "deleted": False}
        info = {"id": user, "team_id": team, "name": user.lower(), **roles, **zone}
        return info | self.users.get(user, {})

    def users_page(self, team: str, arguments: JsonObject) -> JsonObject:
        """https://docs.slack.dev/reference/methods/users.list"""
        start, limit = int(arguments.get("cursor") or 0), int(arguments.get("limit") or 0)
        if not 0 <= limit <= 1000:
            raise CallError("invalid_limit")
        end = start + limit if limit else len(self.users)
        page = [self.user_info(user, team) for user in list(self.users)[start:end]]
        following = str(end) if end < len(self.users) else ""
        return {"members": page, "response_metadata": {"next_cursor": following}}

    def group_members(self, arguments: JsonObject) -> JsonObject:
        """https://docs.slack.dev/reference/methods/usergroups.users.list"""
        group = str(require(arguments, "usergroup"))
        if group not in self.groups:
            raise CallError("no_such_subteam")
        return {"users": self.groups[group]}

    def channel_info(self, channel: str, arguments: JsonObject) -> JsonObject:
        """The number of members is there only if it was asked for.

        https://docs.slack.dev/reference/methods/conversations.info
        """
        counted = str(arguments.get("include_num_members", "")).lower() in ("1", "true")
        count = {"num_members": len(self._members_of(channel))} if counted else {}
        return {"channel": {"id": channel, "is_archived": False, **count}}

    def members_page(self, channel: str, arguments: JsonObject) -> JsonObject:
        """https://docs.slack.dev/reference/methods/conversations.members"""
        members = self._members_of(channel)
        start, limit = int(arguments.get("cursor") or 0), int(arguments.get("limit") or 100)
        following = str(start + limit) if start + limit < len(members) else ""
        page = members[start : start + limit]
        return {"members": page, "response_metadata": {"next_cursor": following}}

    def _members_of(self, channel: str) -> list[str]:
        return self.members.get(channel, list(self.users))
