"""Load the facts named by the settings, for the commands."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.terminal import say
from bot.settings import Settings

if TYPE_CHECKING:
    from knowledge import Fact, KnowledgeBase
    from knowledge.reference.versions import Versions


def knowledge_from_settings(*, in_background: bool = False) -> KnowledgeBase:
    """Load the built-in facts and those in FACTBOT_FACTS. Raises FactsError.

    The file of exact names is built when it's first needed, `in_background` or at once.
    """
    from bot.knowledge_base import load_knowledge

    settings = Settings.from_env(names=("facts", "cache", "reference"))
    gc.disable()
    try:
        return load_knowledge(settings, None if in_background else build_names)
    finally:
        gc.freeze()  # the facts stay: looking at them, here and at exit, would delay the answer
        gc.enable()


def build_names(path: Path, versions: Versions) -> None:
    """Build the file of exact names while somebody waits. Raises OSError."""
    from knowledge.reference.building.builder import build

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # or nothing is promised
    say("Reading AWS's API models. This takes a few seconds, once per version.", err=True)
    build(path, versions)


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
