"""Where files of facts are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from knowledge.files.faults import Fault

BUILT_IN = Path(__file__).parent.parent / "facts"
SUFFIXES = (".yaml", ".yml")


def fact_files(folders: Iterable[Path]) -> list[Path]:
    """The YAML files of these folders, in the order in which they are read.

    Names that begin with a dot are hidden: an editor's, Git's, or a mounted volume's own files.
    """
    return [path for folder in folders for path in _visible(folder) if _is_yaml(path.name)]


def folder_faults(folder: Path) -> Iterator[Fault]:
    """Report everything in a folder that would otherwise be ignored silently."""
    if not os.path.isdir(folder):
        exists = os.path.lexists(folder)
        hint = "This is not a folder; name the folder that the file is in." if exists else None
        yield Fault(str(folder), 1, hint or "There is no such folder of facts.")
        return
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        yield Fault(str(folder), 1, f"The folder cannot be read: {error.strerror}.")
        return
    nested = [path for path in inside if _holds_facts(path)]
    for path in nested:
        yield Fault(
            str(path), 1, "Folders inside are not read; move their files up, or name this one too."
        )
    if not nested and not fact_files([folder]):
        yield Fault(str(folder), 1, "The folder has no fact files; their names end with .yaml.")


def _visible(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []


def _is_yaml(name: str) -> bool:
    return name.lower().endswith(SUFFIXES)


def _holds_facts(path: Path) -> bool:
    """Whether this is a folder, not itself named like a fact file, with YAML at any depth."""
    if path.name.startswith(".") or _is_yaml(path.name) or not os.path.isdir(path):
        return False
    for _, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        if any(_is_yaml(name) and not name.startswith(".") for name in names):
            return True
    return False
