"""`factbot reference`: build the file of exact names ahead of the first question that needs it."""

from __future__ import annotations

import click

from bot.cli.fact_base import build_names
from bot.cli.terminal import say
from bot.settings import Settings, SettingsError

NEEDS_REFERENCE = "Exact names need two more packages: pip install 'factbot[reference]'"
NEEDS_FOLDER = "Exact names need a folder. Set FACTBOT_CACHE to one."


@click.command()
def reference() -> None:
    """Build the file of exact names now, and print where it is.

    Otherwise, the first question about an exact name starts the build. Until it's done, the bot
    answers without exact names.
    """
    from knowledge.reference.file import DamagedFileError, ReferenceFile
    from knowledge.reference.versions import installed_versions

    folder = Settings.from_env(names=("cache",)).cache
    versions = installed_versions()
    if versions is None:
        raise SettingsError(NEEDS_REFERENCE)
    if folder is None:
        raise SettingsError(NEEDS_FOLDER)
    path = folder / versions.file_name
    try:
        ReferenceFile(path).close()
    except (DamagedFileError, FileNotFoundError):
        try:
            build_names(path, versions)
        except OSError as error:
            raise SettingsError(f"Can't write {path}: {error.strerror}.") from error
    say(str(path))
