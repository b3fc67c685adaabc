"""Who and what there is in the playground's workspace."""

from __future__ import annotations

from dataclasses import dataclass

TEAM_NAME = "Playground"
BOT_NAME = "factbot"


@dataclass(frozen=True, slots=True)
class Member:
    id: str
    name: str
    tz: str

    @property
    def direct(self) -> str:
        """The member's direct messages with the bot."""
        return f"D{self.id[1:]}"


MEMBERS = (
    Member("U0ANN", "Ann", "Europe/Berlin"),
    Member("U0BEN", "Ben", "America/New_York"),
    Member("U0CLEO", "Cleo", "Asia/Tokyo"),
)
CHANNELS = {"C0GENERAL": "general", "C0QUIZ": "aws-quiz"}


def member(user: str) -> Member:
    """Raises LookupError for a stranger."""
    for each in MEMBERS:
        if each.id == user:
            return each
    raise LookupError(user)
