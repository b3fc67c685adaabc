"""Make sure that curators get what is waiting for them, in the channel they have now."""

from __future__ import annotations

from bot.curating.curators import Curators
from bot.store import Store


class OpenItemPlanner:
    """Plans to post open cases and suggestions to curators who haven't got them.

    They haven't if the curators or their channel have changed, or if Slack refused the message.
    """

    def __init__(self, store: Store, curators: Curators) -> None:
        self._store = store
        self._curators = curators

    def plan(self) -> None:
        """Plan what they lack; other rounds, and other processes, change nothing."""
        for team in self._store.open_items.teams():
            if recipients := self._curators.of(team).recipients:
                self._store.open_items.show(team, recipients)

    def show_at_once(self, team: str) -> None:
        """Plan it now, because the curators or their channel have just changed."""
        self._store.open_items.show(team, self._curators.of(team).recipients, at_once=True)

    def channel_joined(self, team: str, channel: str) -> None:
        """We can post in a channel now. If it's the curators', they get what was refused."""
        if self._curators.of(team).channel == channel:
            self.show_at_once(team)
