"""A channel's quiz as it was set up."""

from __future__ import annotations

from dataclasses import dataclass

from bot.quiz.schedule import Occurrence, Schedule

UNREADABLE = "unreadable_settings"
"""Why a quiz is paused whose settings make no sense to this version."""
Key = tuple[str, str]
"""A team and a channel."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel's quiz; no `services` means all. `next` is empty while it is off or paused."""

    team: str
    channel: str
    schedule: Schedule
    services: tuple[str, ...]
    created_by: str
    active: bool = True
    paused_for: str | None = None
    next: Occurrence | None = None

    @property
    def key(self) -> Key:
        return self.team, self.channel
