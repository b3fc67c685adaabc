"""Plan what curators are told about reported facts; several clocks may do so at once."""

from __future__ import annotations

from bot.curating.curators import Curators
from bot.store import Store


class CasePlanner:
    """Plans to post each new case, and one reminder of each that nobody decides for a week."""

    def __init__(self, store: Store, curators: Curators) -> None:
        self._cases = store.cases
        self._curators = curators

    def announce(self) -> None:
        """Plan to post the new cases.

        While a workspace has nobody to post to, its cases wait; `/aws cases` lists them.
        """
        for team in self._cases.teams_with_unannounced():
            if recipients := self._curators.of(team).recipients:
                for case in self._cases.unannounced(team):
                    self._cases.announce(case, recipients)

    def remind(self) -> None:
        """Plan the reminders that are due."""
        for case in self._cases.to_remind_of():
            self._cases.remind(case, self._curators.of(case.team).recipients)
