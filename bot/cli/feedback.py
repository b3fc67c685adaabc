"""`factbot feedback`: votes on the facts, without names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from bot.cli.terminal import say, say_styled
from bot.database import explained
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.store import Votes

NO_FEEDBACK = "No feedback yet."
REMOVED_FACT = "(fact removed)"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def feedback(as_json: bool) -> None:
    """List the votes on each fact, without names.

    Those most often reported wrong come first.
    """
    from knowledge import KnowledgeBase

    settings = Settings.from_env(names=("database_url", "facts", "cache"))
    votes = _votes(settings.database_url)
    facts = KnowledgeBase.load(settings.facts, settings.cache).facts
    titles = {vote.fact: facts[vote.fact].title if vote.fact in facts else None for vote in votes}
    if as_json:
        rows = [
            {"id": v.fact, "title": titles[v.fact], "helpful": v.helpful, "wrong": v.wrong}
            for v in votes
        ]
        say(json.dumps(rows, ensure_ascii=True, indent=2))
        return
    for vote in votes:
        counts = f"{vote.wrong:>5} wrong {vote.helpful:>5} helpful  "
        title = f"  {titles[vote.fact] or REMOVED_FACT}"
        say_styled((counts, {}), (vote.fact, {"fg": "cyan"}), (title, {}))
    if not votes:
        say(NO_FEEDBACK)


def _votes(url: str) -> list[Votes]:
    """The votes in the database; none if its file doesn't exist. Doesn't create the file."""
    from bot.store import Store, sqlite_path

    path = sqlite_path(url)
    if path is not None and not path.exists():
        return []
    store = Store(url)
    try:
        with explained(store):
            return store.votes()
    finally:
        store.close()
