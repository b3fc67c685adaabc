"""The members and channels of the playground's workspace."""

from __future__ import annotations

from dataclasses import dataclass

TEAM_NAME = "Playground"
BOT_NAME = "factbot"


@dataclass(frozen=True, slots=True)
class SampleMember:
    """A person in the workspace, with their IANA time zone; admins curate the facts."""

    id: str
    name: str
    tz: str
    is_admin: bool = False

    @property
    def direct_channel(self) -> str:
        """The id of the member's direct messages with the bot."""
        return f"D{self.id[1:]}"


MEMBERS = (
    SampleMember("U0ANN", "Ann", "Europe/Berlin"),
    SampleMember("U0BEN", "Ben", "America/New_York"),
    SampleMember("U0CLEO", "Cleo", "Asia/Tokyo", is_admin=True),
)
GROUP = "G0GROUP"
"""The direct messages of all members and the bot."""
CHANNEL_NAMES = {"C0GENERAL": "general", "C0QUIZ": "aws-quiz", "C0ALL": "all-hands"}
BUSY_CHANNEL = "C0ALL"
BUSY_CHANNEL_MEMBERS = (*(member.id for member in MEMBERS), *(f"U{n:04}" for n in range(237)))
"""Everybody in the busy channel, most of whom never appear."""


def group_name(me: SampleMember) -> str:
    """What the group's direct messages are called for a member: everybody else in them."""
    others = [member.name for member in MEMBERS if member is not me]
    return ", ".join((*others, BOT_NAME))


def find_member(user: str) -> SampleMember:
    """The member with this id. Raises LookupError if there is none."""
    for member in MEMBERS:
        if member.id == user:
            return member
    raise LookupError(user)
