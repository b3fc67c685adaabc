"""Where files of facts are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

BUILT_IN = Path(__file__).parent.parent / "facts"


def fact_files(folders: Iterable[Path]) -> list[Path]:
    """The YAML files of these folders, in the order in which they are read."""
    return [path for folder in folders for path in sorted(folder.glob("*.y*ml"))]
