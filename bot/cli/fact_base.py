"""Load the facts named by the settings, for the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.settings import Settings

if TYPE_CHECKING:
    from knowledge import Fact, KnowledgeBase


def load_knowledge() -> KnowledgeBase:
    """Load the built-in facts and those in FACTBOT_FACTS. Raises FactsError."""
    from knowledge import KnowledgeBase

    settings = Settings.from_env(names=("facts", "cache"))
    return KnowledgeBase.load(settings.facts, settings.cache)


def facts_of(knowledge: KnowledgeBase, service: str | None) -> list[Fact]:
    """All facts, or those of one service by any of its names. Raises click.UsageError."""
    facts = list(knowledge.facts.values())
    if service is None:
        return facts
    found = knowledge.find_service(service)
    if found is None:
        known = ", ".join(sorted(knowledge.services))
        raise click.UsageError(f"There is no service {service!r}. Choose one of: {known}.")
    return [fact for fact in facts if fact.service == found.slug]
