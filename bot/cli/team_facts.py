"""The facts of one workspace: as files, from files, and who changed them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.terminal import say
from bot.dates import day_of
from bot.settings import Settings, SettingsError
from knowledge.counting import counted, listed

if TYPE_CHECKING:
    from bot.curating.team_facts import TeamFacts
    from bot.store import Store
    from bot.store.fact_changes import FactChange

_TEAM = click.option("--team", help="ID of the workspace, if there are several.")
MAX_NAME_CHARS = 40


@click.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default="team-facts")
@_TEAM
@click.option("--overwrite", is_flag=True, help="Replace existing files.")
def export(folder: Path, team: str | None, overwrite: bool) -> None:
    """Write a workspace's own facts into FOLDER.

    Writes one YAML file per service, ready to commit. To use the folder, add it to FACTBOT_FACTS.
    Retired facts, notes, checks of built-in facts, and reports can't be written as facts; a text
    file in the same folder lists them.
    """
    from bot.curating.exporting import REST_FILE, export_of
    from knowledge.files.single import dump, entry_of

    with _opened() as (store, teams):
        known = teams.of(_team(store, team))
    exported = export_of(known)
    texts: dict[Path, tuple[str, str]] = {}
    for slug, facts in exported.facts.items():
        name = known.knowledge.services[slug].name
        entries = {"service": name, "facts": [entry_of(fact) for fact in facts]}
        texts[folder / f"{slug}.yaml"] = (dump(entries), counted(len(facts), "fact"))
    if exported.left_out:
        texts[folder / REST_FILE] = (exported.rest(), f"left out: {exported.left_out}")
    taken = [str(path) for path in texts if path.exists()]
    if taken and not overwrite:
        raise SettingsError(
            f"Already there: {', '.join(taken)}. Choose another folder, or add --overwrite."
        )
    folder.mkdir(parents=True, exist_ok=True)
    for path, (text, about) in texts.items():
        path.write_text(text, encoding="utf-8")
        say(f"{path}: {about}")
    if not exported.facts:
        say("This workspace has no facts of its own.")


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@_TEAM
@click.option("--by", required=True, help="Your name, for the history.")
def import_(files: tuple[Path, ...], team: str | None, by: str) -> None:
    """Add the facts in FILES to a workspace's own.

    Checks them as lint does, and adds nothing if there is a fault. Each file must be named after
    its service, as in a folder of facts. Facts that are already there word for word are skipped.
    """
    from bot.store.fact_changes import ChangeKind
    from knowledge import FactsError
    from knowledge.files.importing import inspect_files
    from knowledge.files.single import write_fact

    with _opened() as (store, teams):
        chosen = _team(store, team)
        knowledge = teams.of(chosen).knowledge
        facts, faults = inspect_files(files, knowledge.facts.values(), knowledge.services)
        if faults:
            raise FactsError(faults)
        new = [fact for fact in facts if knowledge.facts.get(fact.id) != fact]
        for fact in new:
            content = write_fact(fact)
            store.fact_changes.add(
                chosen, fact.id, ChangeKind.WRITTEN, content, by[:MAX_NAME_CHARS]
            )
    say(f"{counted(len(new), 'fact')} added, {len(facts) - len(new)} already there")


@click.command()
@click.argument("fact_id", metavar="ID")
@_TEAM
def history(fact_id: str, team: str | None) -> None:
    """List the newest changes to a fact.

    You can undo those with a number. Notes, reports, and checks have none.
    """
    from bot.curating.history import FactHistory
    from bot.store.fact_changes import FACT_KINDS

    with _opened() as (store, _):
        changes = FactHistory(store).newest(_team(store, team), fact_id)
    numbers = count(1)
    for change in changes:
        number = next(numbers) if change.kind in FACT_KINDS else ""
        say(f"{number:>3}  {_row(change)}")
    if not changes:
        say(f"Nobody has changed {fact_id}.")


@click.command()
@click.argument("fact_id", metavar="ID")
@click.argument("number", metavar="[N]", type=click.IntRange(1), default=1)
@_TEAM
@click.option("--by", default="operator", show_default=True, help="Your name, for the history.")
def revert(fact_id: str, number: int, team: str | None, by: str) -> None:
    """Undo the newest N changes to a fact (default: 1)."""
    from bot.curating.history import FactHistory

    with _opened() as (store, _):
        done = FactHistory(store).revert(_team(store, team), fact_id, number, by[:MAX_NAME_CHARS])
    if done is None:
        raise SettingsError(
            f"{fact_id} doesn't have {counted(number, 'change')} to undo. "
            f"Run “factbot history {fact_id}” to see what it has."
        )
    for change in done.undone:
        say(f"undone: {_row(change)}")


def _row(change: FactChange) -> str:
    """The day, what happened, and who did it."""
    who = change.changed_by or "someone"
    return f"{day_of(change.changed_at)}  {change.kind}  {who}"


@contextmanager
def _opened() -> Iterator[tuple[Store, TeamFacts]]:
    """The database, and the facts of its workspaces."""
    from bot.curating.team_facts import TeamFacts
    from bot.database import explained, open_store
    from knowledge import KnowledgeBase

    settings = Settings.from_env(names=("database_url", "facts", "cache", "lease"))
    store = open_store(settings, time.time)
    teams = TeamFacts(KnowledgeBase.load(settings.facts, settings.cache), store)
    try:
        with explained(store):
            teams.read()
            yield store, teams
    finally:
        teams.close()
        store.close()


def _team(store: Store, named: str | None) -> str:
    """The workspace that was named, or the only one. Raises SettingsError."""
    if named:
        return named
    known = store.teams()
    if len(known) != 1:
        which = f" The database has {listed(known)}." if known else ""
        raise SettingsError(f"Name the workspace, such as --team T0123456789.{which}")
    return known[0]
