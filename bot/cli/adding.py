"""`factbot new`: add a fact with blanks, for its author to fill in with an editor."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.terminal import say
from bot.settings import Settings

if TYPE_CHECKING:
    from knowledge.model import Service

NO_FOLDER = "Name a folder for your facts, or set FACTBOT_FACTS: factbot new SERVICE ID FOLDER"
MANY_FOLDERS = "FACTBOT_FACTS has several folders. Name one: factbot new SERVICE ID FOLDER"
_PUBLISHER = re.compile(r"^(aws|amazon) ")


@click.command()
@click.argument("service")
@click.argument("fact_id", metavar="ID")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--name", help="Full name of a new service; its file is named SERVICE.yaml.")
def new(service: str, fact_id: str, folder: Path | None, name: str | None) -> None:
    """Add a fact with blanks; `factbot lint` says what to fill in.

    SERVICE is any name of a service. ID is the new fact's own, such as sqs-delay-queue. The fact
    goes into FOLDER; the default is the folder in FACTBOT_FACTS or, in a clone of the repository,
    the built-in one. Existing facts stay as they are.
    """
    from knowledge.files.folders import BUILT_IN
    from knowledge.files.loader import inspect

    folder = folder or _default_folder(BUILT_IN)
    known = inspect(dict.fromkeys([BUILT_IN, *([folder] if folder.is_dir() else [])]))[0]
    slug, full_name = _find_service(service, name, known.services)
    _check_id(fact_id, folder)
    try:
        path, line = _write(folder, slug, full_name, fact_id)
    except OSError as error:
        raise click.UsageError(f"Can't write to {folder}: {error.strerror}.") from error
    if fact_id in known.facts:
        say(f"It replaces the built-in fact {fact_id}.")
    lint = "factbot lint" if folder == BUILT_IN else f"factbot lint {shlex.quote(str(folder))}"
    say(f"Added {fact_id} at {path}:{line}")
    say(f"Now fill in the blanks. Run “{lint}” to see what belongs in each.")


def _default_folder(built_in: Path) -> Path:
    folders = Settings.from_env(names=("facts",)).facts
    if len(folders) > 1:
        raise click.UsageError(MANY_FOLDERS)
    if folders:
        return folders[0]
    if not (built_in.parents[1] / "pyproject.toml").is_file():
        raise click.UsageError(NO_FOLDER)  # an installed package is no place for anybody's facts
    return built_in


def _find_service(asked: str, name: str | None, services: Mapping[str, Service]) -> tuple[str, str]:
    """The name of the service's file and its full name. Raises click.UsageError."""
    from knowledge.files.metadata import ID
    from knowledge.files.suggesting import did_you_mean
    from knowledge.model import MAX_TITLE_CHARS

    slugs = {
        _plain(service_name): known.slug
        for known in services.values()
        for service_name in (known.slug, known.name, *known.aliases)
    }
    slug = slugs.get(_plain(asked))
    if slug and name:
        raise click.UsageError(f"{asked} already means {services[slug].name}. Leave out --name.")
    if slug:
        return slug, services[slug].name
    if not name:
        hint = did_you_mean(_plain(asked), slugs)
        raise click.UsageError(
            f"There is no service {asked!r}.{hint} To add it, give its full name with --name."
        )
    if not re.fullmatch(ID, asked):
        raise click.UsageError(
            "A new SERVICE becomes a file name, like sqs. Use only a-z, 0-9, and single hyphens."
        )
    if not name.strip() or len(name) > MAX_TITLE_CHARS or not name.isprintable():
        raise click.UsageError(f"--name must be one line of 1 to {MAX_TITLE_CHARS} characters.")
    return asked, name.strip()


def _plain(name: str) -> str:
    """A name to compare: without case, hyphens, Amazon, and AWS."""
    return _PUBLISHER.sub("", " ".join(re.findall(r"[^\W_]+", name.lower())))


def _check_id(fact_id: str, folder: Path) -> None:
    """Raise click.UsageError unless the folder can take a fact with this id."""
    from knowledge.files.loader import inspect
    from knowledge.files.metadata import ID
    from knowledge.model import MAX_ID_CHARS

    if not re.fullmatch(ID, fact_id) or len(fact_id) > MAX_ID_CHARS:
        raise click.UsageError(
            f"An ID has up to {MAX_ID_CHARS} characters: a-z, 0-9, and single hyphens, "
            "like sqs-delay-queue."
        )
    own = inspect([folder] if folder.is_dir() else [])[0]
    if fact_id in own.places:
        file, line = own.places[fact_id]
        raise click.UsageError(f"There's already a fact {fact_id}, at {_shown(Path(file))}:{line}")
    for fact in own.facts.values():
        if fact_id in fact.aliases:
            raise click.UsageError(f"{fact_id} is an earlier ID of {fact.id}. Choose another.")


def _write(folder: Path, slug: str, name: str, fact_id: str) -> tuple[str, int]:
    """Write the fact; return its file and line. Raises OSError and FactsError."""
    from knowledge.files.adding import add_fact, new_file
    from knowledge.files.folders import BUILT_IN, fact_files
    from knowledge.files.schema import SCHEMA_FILE

    folder.mkdir(exist_ok=True)
    for path in fact_files([folder]):
        if path.stem == slug:
            return _shown(path), add_fact(path, fact_id)
    schema = folder / SCHEMA_FILE.name
    if folder == BUILT_IN:
        schema = SCHEMA_FILE
    elif not schema.exists():
        schema.write_bytes(SCHEMA_FILE.read_bytes())
    path = folder / f"{slug}.yaml"
    with path.open("x", encoding="utf-8", newline="\n") as file:
        text = new_file(name, fact_id, os.path.relpath(schema, folder))
        file.write(text)
    return _shown(path), text[: text.index("- id:")].count("\n") + 1


def _shown(path: Path) -> str:
    """The path relative to the current folder if it is inside, otherwise unchanged."""
    place = path.resolve()
    return str(place.relative_to(Path.cwd()) if place.is_relative_to(Path.cwd()) else path)
