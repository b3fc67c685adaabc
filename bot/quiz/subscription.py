"""A channel's quiz settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from bot.quiz.schedule import Occurrence, Schedule

UNREADABLE = "unreadable_settings"
"""The reason why a quiz is paused if this version can't read its settings."""


class ChannelKey(NamedTuple):
    """Which channel; Slack's channel ids are unique only within a workspace."""

    team: str
    channel: str


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel's quiz.

    Without `services` (slugs) it asks about all of them. `paused_for` is the reason why it is
    paused. `next` is None while it is off or paused. `standings` says whether the channel gets
    those of the week, `broadcast` whether it also sees the reply that says that an answer is out.
    """

    team: str
    channel: str
    schedule: Schedule
    services: tuple[str, ...]
    created_by: str
    active: bool = True
    paused_for: str | None = None
    next: Occurrence | None = None
    standings: bool = True
    broadcast: bool = False

    @property
    def key(self) -> ChannelKey:
        return ChannelKey(self.team, self.channel)
