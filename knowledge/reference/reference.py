"""The second tier: exact names without a curated fact, looked up in installed packages' data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from knowledge.reference.answer import ReferenceAnswer

if TYPE_CHECKING:
    from knowledge.reference.file import ReferenceFile
    from knowledge.reference.versions import Versions
    from knowledge.reference.wording import Source

MAX_ATTEMPTS = 2
"""A damaged file is made again, once."""


class Reference:
    """Answers questions about exact names. Safe to share between threads.

    The file is opened for the first such question, and `prepare` makes it if it isn't there: now,
    or soon, so that later questions find it. It may raise OSError or ImportError; then, and without
    the packages, there are no answers.
    """

    def __init__(self, folder: Path, prepare: Callable[[Path, Versions], None]) -> None:
        self._folder = folder
        self._prepare = prepare
        self._lock = Lock()
        self._file: ReferenceFile | None = None
        self._is_useless = False

    def answer(self, text: str) -> ReferenceAnswer | None:
        """The answer to a question that names something exactly; None for any other."""
        from knowledge.reference.questions import read_question  # only after facts have failed

        question = read_question(text)
        if question is None:
            return None
        from knowledge.reference.answering import answer
        from knowledge.reference.file import DamagedFileError

        for _ in range(MAX_ATTEMPTS):
            file = self._open()
            if file is None:
                return None
            try:
                found = answer(file, question)
            except DamagedFileError:
                self._discard(file)
                continue
            if found is None:
                return None
            return ReferenceAnswer(found.title, found.text, _said(file, found.source), found.keys)
        return None

    def _open(self) -> ReferenceFile | None:
        """The file, made first if need be; None as long as it isn't there."""
        with self._lock:
            if self._file is None and not self._is_useless:
                self._file = self._opened()
            return self._file

    def _opened(self) -> ReferenceFile | None:
        from knowledge.reference.file import DamagedFileError, ReferenceFile
        from knowledge.reference.versions import installed_versions

        versions = installed_versions()
        if versions is None:
            self._is_useless = True
            return None
        path = self._folder / versions.file_name
        try:
            return ReferenceFile(path)
        except (DamagedFileError, FileNotFoundError):
            return self._made(path, versions)

    def _made(self, path: Path, versions: Versions) -> ReferenceFile | None:
        """The file after `prepare`; None if it is on its way, or if it can't be made."""
        from knowledge.reference.file import DamagedFileError, ReferenceFile

        try:
            self._prepare(path, versions)
        except (OSError, ImportError):
            self._is_useless = True
            return None
        try:
            return ReferenceFile(path)
        except (DamagedFileError, FileNotFoundError):
            return None

    def _discard(self, file: ReferenceFile) -> None:
        """Forget a file that turned out to be damaged, and remove it so that it is made again."""
        with self._lock:
            if self._file is file:
                self._file = None
                file.remove()


def _said(file: ReferenceFile, source: Source) -> str:
    package = f"botocore {file.botocore}" if source.is_botocore else f"cfn-lint {file.cfn_lint}"
    return f"{source.value.format(package)}, not reviewed by a person"
