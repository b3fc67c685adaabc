"""Who may change a workspace's facts, and where the curators are told what there is to do.

A workspace's own choice (`/aws curators`) comes before the settings.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.slack.roles import SlackClient, UnreadableGroupError, group_members, is_admin
from bot.store import Store, StoreError
from bot.store.curators import MAX_WHO_CHARS
from bot.views import curators as view
from bot.views.message import Message

ADMINS = "admins"


@dataclass(frozen=True, slots=True)
class CuratorGroup:
    """User IDs and IDs of user groups (S...), none for the workspace's admins, and their channel.

    `asked_by` is the person who set this up last, or asked about it first; "" if nobody has.
    """

    who: tuple[str, ...] = ()
    channel: str = ""
    asked_by: str = ""

    @property
    def people(self) -> tuple[str, ...]:
        return tuple(id for id in self.who if not id.startswith("S"))

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(id for id in self.who if id.startswith("S"))

    @property
    def recipients(self) -> tuple[str, ...]:
        """Where to post what curators should see: their channel, or else direct messages."""
        if self.channel:
            return (self.channel,)
        return self.people or ((self.asked_by,) if self.asked_by else ())


class Curators:
    """The curators of all workspaces; `default` is what the settings say.

    `command` is the slash command that advice names.
    """

    def __init__(self, store: Store, default: CuratorGroup, command: str) -> None:
        self._choices = store.curators
        self._default = default
        self._command = command

    def of(self, team: str) -> CuratorGroup:
        choice = self._choices.get(team)
        if choice is None:
            return self._default
        return CuratorGroup(
            read_who(choice.who) if choice.who else self._default.who,
            choice.channel or self._default.channel,
            choice.set_by,
        )

    def advice(self, team: str) -> str:
        """What to tell someone whose report or suggestion reaches no curator yet; "" if one gets
        it.

        Also "" while the database is unavailable.
        """
        try:
            is_heard = bool(self.of(team).recipients)
        except StoreError:
            return ""
        return "" if is_heard else view.nobody_told(self._command)

    def list_note(self, team: str) -> str:
        """What to write, as mrkdwn, below a list of what curators should have been told."""
        return "" if self.of(team).recipients else view.nobody_told_note(self._command)

    def may_curate(self, team: str, user: str, client: SlackClient) -> bool:
        """Whether a person is a curator. Raises what a call to Slack raises."""
        return self.refusal(team, user, client) is None

    def refusal(self, team: str, user: str, client: SlackClient) -> Message | None:
        """What to tell a person who isn't a curator: who the curators are, and where to ask."""
        group = self.of(team)
        if user in group.people or (not group.who and is_admin(client, user)):
            return None
        try:
            if any(user in group_members(client, named) for named in group.groups):
                return None
        except UnreadableGroupError as error:
            return view.group_unreadable(str(error), group.people, group.channel)
        return view.not_a_curator(group.who, group.channel)

    def may_choose(self, team: str, user: str, client: SlackClient) -> bool:
        """Whether a person may say who curates: curators and the workspace's admins."""
        return self.may_curate(team, user, client) or is_admin(client, user)

    def choose_who(self, team: str, who: tuple[str, ...], by: str) -> CuratorGroup:
        """Name the curators, or with nobody, the workspace's admins."""
        self._choices.choose_who(team, write_who(who), by)
        return self.of(team)

    def choose_channel(self, team: str, channel: str, by: str) -> CuratorGroup:
        self._choices.choose_channel(team, channel, by)
        return self.of(team)

    def note_admin(self, team: str, admin: str) -> None:
        """Remember whom to write to while nobody has chosen anything."""
        self._choices.note_admin(team, admin)


def read_who(text: str) -> tuple[str, ...]:
    """The IDs in a setting; none for `admins`."""
    found = (part.strip() for part in text.split(","))
    return tuple(dict.fromkeys(part for part in found if part and part != ADMINS))


def write_who(who: tuple[str, ...]) -> str:
    """What `read_who` reads, of as many as there is room for."""
    while who and len(",".join(who)) > MAX_WHO_CHARS:
        who = who[:-1]
    return ",".join(who) or ADMINS
