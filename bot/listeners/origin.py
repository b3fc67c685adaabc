"""Where a command came from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Who typed a command, and where; `slash` is the slash command that replies should name."""

    team: str
    channel: str
    user: str
    slash: str

    @property
    def where(self) -> tuple[str, str]:
        return self.team, self.channel
