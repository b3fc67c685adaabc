"""The commands for curators: check facts, and find the ones to review."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import click

from bot.cli.fact_base import facts_of, knowledge_from_settings
from bot.cli.giveaways import show_giveaways
from bot.cli.terminal import say, say_styled
from bot.dates import day_of
from bot.settings import Settings
from knowledge.counting import counted

NEEDS_VERIFY = "factbot verify needs two more packages. Run: pip install 'factbot[verify]'"


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option(
    "--giveaways", metavar="SERVICE", help="List the quiz questions that are easy to guess."
)
def lint(folder: Path | None, giveaways: str | None) -> None:
    """Check the facts, plus those in FOLDER, and list all faults.

    Also prints how often quiz questions can be guessed, and fails if that is too often.
    --giveaways lists the questions that are certain to be guessed, and how. Its SERVICE is the
    name of a service's file, or `all`.
    """
    from knowledge.files.folders import BUILT_IN
    from knowledge.files.loader import inspect

    own = (folder,) if folder else Settings.from_env(names=("facts",)).facts
    content, faults = inspect([BUILT_IN, *own])
    for fault in sorted(faults):
        say(str(fault))
    is_guessable = show_giveaways(content, giveaways)
    say(f"{counted(len(content.facts), 'fact')}, {counted(len(faults), 'fault')}")
    sys.exit(1 if faults or is_guessable else 0)


@click.command()
@click.option("--service", help="Only this service, by any of its names.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify(service: str | None, as_json: bool) -> None:
    """Compare facts with botocore's models and cfn-lint's data.

    Looks at the facts that have a check. Prints a line for each fact that no longer matches, and
    exits with status 1 if there are any.
    """
    from knowledge.verifying.verify import verify

    try:
        report = verify(facts_of(knowledge_from_settings(), service))
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("botocore", "cfnlint"):
            raise
        say(NEEDS_VERIFY, err=True)
        sys.exit(2)
    if as_json:
        say(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        for mismatch in report.mismatches:
            say(str(mismatch))
        say(report.summary())
    sys.exit(1 if report.mismatches else 0)


@click.command()
@click.option("--service", help="Only this service, by any of its names.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def due(service: str | None, as_json: bool) -> None:
    """List the facts due for review, most requested first.

    A review is good for 90 days for limits, defaults, prices, and lifecycles, 365 days for
    concepts, and 180 days for everything else.
    """
    from knowledge.review import days_overdue, overdue_facts

    knowledge, today = knowledge_from_settings(), day_of(time.time())
    found: list[dict[str, Any]] = [
        {
            "id": fact.id,
            "service": knowledge.services[fact.service].name,
            "title": fact.title,
            "demand": fact.demand,
            "checked": fact.checked,
            "days_overdue": days_overdue(fact, today),
            "url": fact.source,
        }
        for fact in overdue_facts(facts_of(knowledge, service), today)
    ]
    if as_json:
        say(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for row in found:
        days = f"{counted(row['days_overdue'], 'day')} overdue"
        details = f"  {row['service']}, checked {row['checked']}, {days}: {row['title']}"
        say_styled((row["id"], {"fg": "cyan"}), (details, {}))
    say(f"{counted(len(found), 'fact is', 'facts are')} due for review")
