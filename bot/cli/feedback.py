"""`factbot feedback`: what people think of the facts, without saying who."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from bot.cli.processes import explained
from bot.cli.terminal import say, say_styled
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.store import Votes

NOBODY = "Nobody has given feedback yet."
GONE = "(no longer among the facts)"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def feedback(as_json: bool) -> None:
    """List the facts that people voted on, those most often called wrong first; no names."""
    from knowledge import KnowledgeBase

    settings = Settings.from_env(names=("database_url", "facts", "cache"))
    votes = _votes(settings.database_url)
    facts = KnowledgeBase.load(settings.facts, settings.cache).facts
    titles = {each.fact: facts[each.fact].title if each.fact in facts else None for each in votes}
    if as_json:
        rows = [
            {"id": v.fact, "title": titles[v.fact], "helpful": v.helpful, "wrong": v.wrong}
            for v in votes
        ]
        say(json.dumps(rows, ensure_ascii=True, indent=2))
        return
    for each in votes:
        counts = f"{each.wrong:>5} wrong {each.helpful:>5} helpful  "
        title = f"  {titles[each.fact] or GONE}"
        say_styled((counts, {}), (each.fact, {"fg": "cyan"}), (title, {}))
    if not votes:
        say(NOBODY)


def _votes(url: str) -> list[Votes]:
    """The votes in the database; none if its file has not been made yet, and isn't by this."""
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
