"""Where a command came from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Who typed a command, and where; `slash` is the slash command that replies should name.

    `text` is all they typed, with mentions. A slash command has a `trigger` that opens a modal.
    """

    team: str
    channel: str
    user: str
    slash: str
    text: str = ""
    trigger: str = ""

    @property
    def where(self) -> tuple[str, str]:
        return self.team, self.channel
