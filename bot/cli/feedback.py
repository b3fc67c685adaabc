"""`factbot feedback`: votes on the facts, without names."""

from __future__ import annotations

import json

import click

from bot.cli.terminal import say, say_styled
from bot.database import read_rows
from bot.settings import Settings

NO_FEEDBACK = "No feedback yet."
REMOVED_FACT = "(fact removed)"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def feedback(as_json: bool) -> None:
    """List the votes on each fact, without names.

    Facts that people most often called wrong come first.
    """
    from knowledge import KnowledgeBase

    settings = Settings.from_env(names=("database_url", "facts", "cache"))
    votes = read_rows(settings.database_url, lambda store: store.votes())
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
