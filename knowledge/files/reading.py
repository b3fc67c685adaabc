"""Read a file that someone else may have put there, without hanging, whatever it is."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

MAX_FILE_BYTES = 20 * 1024 * 1024

_DIRECTORY = "This is a folder with the name of a fact file; rename it."
_NOT_REGULAR = "This is a pipe, socket, or device; replace it with a regular file."
_TOO_LARGE = f"The file is larger than {MAX_FILE_BYTES // 1024 // 1024} MB; split it."
_BROKEN_LINK = "This link leads nowhere; fix or remove it."


class ReadError(ValueError):
    """A file can't be read; the message is a sentence that says why."""


def read_file(path: Path) -> bytes:
    """The content of a regular file of at most MAX_FILE_BYTES.

    Never waits for a pipe or a device, and never reads more than that. Raises ReadError.
    """
    try:
        _require_regular(path.stat().st_mode)
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with open(descriptor, "rb") as file:
            _require_regular(os.fstat(descriptor).st_mode)  # it may have been replaced meanwhile
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise ReadError(_explain(path, error)) from error
    if len(content) > MAX_FILE_BYTES:
        raise ReadError(_TOO_LARGE)
    return content


def _require_regular(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise ReadError(_DIRECTORY if stat.S_ISDIR(mode) else _NOT_REGULAR)


def _explain(path: Path, error: OSError) -> str:
    if error.errno == errno.ELOOP or (error.errno == errno.ENOENT and path.is_symlink()):
        return _BROKEN_LINK
    return f"The file cannot be read: {error.strerror}."
