"""`factbot gaps`: questions without a certain answer, without saying who asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from bot.cli.terminal import say, say_styled
from bot.database import read_rows
from bot.dates import day_of
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.store.gaps import GapWording

NOTHING = "Every question has had an answer so far."


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def gaps(as_json: bool) -> None:
    """List the questions that got no certain answer, without names.

    The questions that most people asked come first, and similar wordings are listed together. A
    request for an answer counts as asking.
    """
    settings = Settings.from_env(names=("database_url",))
    groups = _groups(read_rows(settings.database_url, lambda store: store.gaps.wordings()))
    if as_json:
        say(json.dumps(groups, ensure_ascii=True, indent=2))
        return
    for group in groups:
        first, *others = group["wordings"]
        say_styled((f"{group['people']:>5}  {group['latest']}  ", {}), (first, {"bold": True}))
        for other in others:
            say(f"{'':>19}{other}")
    if not groups:
        say(NOTHING)


def _groups(wordings: list[GapWording]) -> list[dict[str, Any]]:
    """Groups of similar wordings, those that most people asked first."""
    from bot.curating.gap_groups import group_gaps

    return [
        {
            "people": group.people,
            "times": group.times,
            "latest": day_of(group.latest_at).isoformat(),
            "wordings": [wording.question for wording in group.wordings],
        }
        for group in group_gaps(wordings)
    ]
