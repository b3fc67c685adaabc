"""Cache what was built from files until one of the files, or this code, changes."""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import stat
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from knowledge.files.reading import ReadError, read_file

T = TypeVar("T")

MAX_BUILDS = 4
"""Builds to keep: several versions or fact folders may take turns."""
ABANDONED_SECONDS = 3600.0
"""After this long, an unfinished file is removed: its process must have died."""
_DIGEST_BYTES = 32
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def load_or_build(
    folder: Path | None, files: Iterable[Path], kind: type[T], build: Callable[[], T]
) -> T:
    """What `build` returned for the same files before, or what it returns now.

    Files are compared by content, never by time. A cache that is damaged, unreadable, unwritable,
    or owned by someone else is ignored, and so is any cache if one of the files can't be read.
    """
    files = list(files)
    key = _key(files) if folder else None
    if folder is None or key is None:
        return build()
    path = folder / f"{key}.pickle"
    found = _read(path, key)
    if isinstance(found, kind):
        return found
    built = build()
    if _key(files) == key:  # otherwise a file changed in the meantime
        _write(path, key, built)
    return built


def _key(files: Iterable[Path]) -> str | None:
    """A digest of this code and the files; None if one of them can't be read."""
    code = sorted(Path(__file__).parent.rglob("*.py"))
    digest = hashlib.sha256(sys.version.encode())
    try:
        for path in (*code, *files):
            digest.update(f"{path}\0".encode("utf-8", "surrogateescape"))
            digest.update(hashlib.sha256(read_file(path)).digest())
    except ReadError:
        return None
    return digest.hexdigest()[:32]


def _signed(key: str, pickled: bytes | memoryview) -> bytes:
    """The bytes before the pickle: a digest of it and of what it was built from."""
    digest = hashlib.sha256(key.encode())
    digest.update(pickled)
    return digest.digest()


def _read(path: Path, key: str) -> object:
    """The cached object; None if there is none that is intact and our own."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with open(descriptor, "rb") as file:
            if not _is_own(os.fstat(descriptor)):
                return None
            content = memoryview(file.read())
        digest, pickled = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
        return _loaded(pickled) if digest == _signed(key, pickled) else None
    except Exception:  # a pickle of other versions of our libraries may raise anything
        return None


def _loaded(pickled: memoryview) -> object:
    """Unpickle with garbage collection off, which would walk all new objects again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return pickle.loads(pickled)
    finally:
        if was_enabled:
            gc.enable()


def _is_own(status: os.stat_result) -> bool:
    """Whether only we can have written a file, because loading a pickle runs code."""
    if not stat.S_ISREG(status.st_mode):
        return False
    if not hasattr(os, "geteuid"):  # Windows
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_WRITE


def _write(path: Path, key: str, built: object) -> None:
    import tempfile  # only needed after a build

    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        pickled = pickle.dumps(built, pickle.HIGHEST_PROTOCOL)
        descriptor, unfinished = tempfile.mkstemp(".tmp", dir=path.parent)
        try:
            with open(descriptor, "wb") as file:
                file.write(_signed(key, pickled) + pickled)
            os.replace(unfinished, path)
        except BaseException:
            os.unlink(unfinished)
            raise
        _tidy(path)


def _tidy(newest: Path) -> None:
    """Remove older builds, and files of processes that died while writing."""
    now = newest.stat().st_mtime
    builds = sorted(newest.parent.glob("*.pickle"), key=lambda path: -path.stat().st_mtime)
    unfinished = newest.parent.glob("*.tmp")
    old = [path for path in unfinished if path.stat().st_mtime < now - ABANDONED_SECONDS]
    for path in (*builds[MAX_BUILDS:], *old):
        path.unlink(missing_ok=True)
