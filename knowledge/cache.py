"""Keep what was built from files until one of the files, or this code, changes."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

KEPT = 4
"""Builds that stay: several versions or overlays may take turns."""


def kept(folder: Path | None, files: Iterable[Path], kind: type[T], build: Callable[[], T]) -> T:
    """What `build` returned for the same files before, or what it returns now.

    Files are compared by content, never by time. A cache that is unreadable, unwritable or
    somebody else's is passed over.
    """
    if folder is None:
        return build()
    path = folder / f"{_digest(files)}.pickle"
    found = _read(path)
    if isinstance(found, kind):
        return found
    built = build()
    _write(path, built)
    return built


def _digest(files: Iterable[Path]) -> str:
    code = sorted(Path(__file__).parent.rglob("*.py"))
    digest = hashlib.sha256(sys.version.encode())
    for path in (*code, *files):
        digest.update(f"{path}\0".encode("utf-8", "surrogateescape"))
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:32]


def _read(path: Path) -> object:
    try:
        with path.open("rb") as file:
            if hasattr(os, "getuid") and os.fstat(file.fileno()).st_uid != os.getuid():
                return None  # unpickling runs code: never somebody else's
            return pickle.load(file)
    except Exception:  # a damaged pickle may raise anything
        return None


def _write(path: Path, built: object) -> None:
    import tempfile  # only needed after a build

    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            pickle.dump(built, file, pickle.HIGHEST_PROTOCOL)
        os.replace(file.name, path)
        old = sorted(path.parent.glob("*.pickle"), key=lambda each: -each.stat().st_mtime)
        for each in old[KEPT:]:
            each.unlink(missing_ok=True)
    except OSError:
        return
