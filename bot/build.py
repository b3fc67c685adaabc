"""Build a bot: the one place where its parts are put together."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from slack_bolt import App

from bot.app import build_app
from bot.database import open_store
from bot.knowledge_base import load_knowledge
from bot.services import Services, build_services
from bot.settings import Settings
from bot.store import Store
from knowledge import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Bot:
    """All parts of a process, whatever brings it requests."""

    settings: Settings
    services: Services
    app: App


def build(
    settings: Settings,
    now: Callable[[], float] = time.time,
    *,
    knowledge: KnowledgeBase | None = None,
    store: Store | None = None,
) -> Bot:
    """Build the bot that the settings describe; `now` returns seconds since 1970.

    What is given is used as it is: facts that are loaded already, or a store, which has its own
    clock. Raises FactsError and SettingsError.
    """
    knowledge = knowledge or load_knowledge(settings)
    services = build_services(settings, knowledge, store or open_store(settings, now))
    return Bot(settings, services, build_app(settings, services))
