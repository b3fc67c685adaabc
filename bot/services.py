"""What the processes are made of: built once each, and handed to listeners and the clock."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answering import Answering
from bot.lookups import Lookups
from bot.posting import Carrier, build_carrier
from bot.quiz.asking import Quizmaster
from bot.settings import Settings
from bot.slack.installations import OneWorkspace
from bot.store import Store
from knowledge import KnowledgeBase

PATIENCE = 10
"""Seconds that a call of the clock's may take; more than a listener's, nobody is waiting."""


@dataclass(frozen=True, slots=True)
class Services:
    store: Store
    answering: Answering
    quizmaster: Quizmaster
    carrier: Carrier
    lookups: Lookups

    def close(self) -> None:
        """Write what waits to be written, and leave the database."""
        self.lookups.close()
        self.store.close()


def build_services(settings: Settings, knowledge: KnowledgeBase, store: Store) -> Services:
    """Everything for one workspace."""
    patience = min(PATIENCE, int(settings.lease / 3))
    installations = OneWorkspace(settings.bot_token or "", settings.api_url, patience)
    quizmaster = Quizmaster(knowledge)
    carrier = build_carrier(store, quizmaster, installations, settings.command, patience)
    return Services(store, Answering(knowledge), quizmaster, carrier, Lookups(store))
