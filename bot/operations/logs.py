"""The log: one line per record, as text or JSON, without secrets or anything people wrote."""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from logging.handlers import QueueHandler, QueueListener
from queue import Full, Queue
from types import TracebackType
from typing import TextIO, TypeAlias

log = logging.getLogger(__name__)

FIELDS = ("kind", "team", "outcome", "seconds", "error", "day", "status", "count")
"""What a record may carry with it (`extra=`): nothing else gets into the log."""
MAX_WAITING_RECORDS = 10_000
"""While standard error takes no lines; records beyond that are lost, and counted in the log."""
FLUSH_TIMEOUT_SECONDS = 1.0
SILENT = ("slack_bolt", "slack_sdk")
"""Packages whose warnings may quote a payload; what fails in them we notice ourselves."""
_SECRETS = re.compile(
    r"xox[a-z][-.][\w.-]+|xapp-[\w-]+|(?<=://)[^\s/@]+:[^\s/@]+(?=@)|/T\w+/\d+/\w+"
)
_TOLD = ("slack_sdk", "sqlalchemy", "psycopg", "urllib", "http", "bot")
"""Packages whose errors say what is wrong without quoting data. Python's own may quote it."""
_Info: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


def set_up(form: str, secrets: Collection[str]) -> None:
    """Log to standard error, as `text` or `json`; secrets are replaced by *** everywhere."""
    writer = Writer()
    writer.setFormatter((Json if form == "json" else Text)(secrets))
    logging.basicConfig(level=logging.INFO, handlers=[BackgroundHandler(writer)], force=True)
    for name in SILENT:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("mcp").setLevel(logging.ERROR)  # what is less may quote what was asked
    sys.excepthook = _log_end
    threading.excepthook = lambda end: _log_end(end.exc_type, end.exc_value, end.exc_traceback)


def flush() -> None:
    """Wait until all that was logged is written; see `BackgroundHandler.flush`."""
    for handler in logging.getLogger().handlers:
        handler.flush()


def _log_end(
    kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None
) -> None:
    log.critical("stopped by an error", exc_info=error)


class BackgroundHandler(QueueHandler):
    """Formats and writes in a thread, so that a slow reader of the log delays no request."""

    def __init__(self, writer: logging.Handler) -> None:
        self._waiting: Queue[logging.LogRecord] = Queue(MAX_WAITING_RECORDS)
        super().__init__(self._waiting)
        self._lost = 0
        QueueListener(self._waiting, writer).start()  # until the process ends

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        """The record as it is; the inherited method adds the words of errors to its message."""
        return record

    def enqueue(self, record: logging.LogRecord) -> None:
        try:
            if self._lost:
                self._waiting.put_nowait(_lost_records(self._lost))
                self._lost = 0
            self._waiting.put_nowait(record)
        except Full:
            self._lost += 1

    def flush(self) -> None:
        """Wait until all records are written, but not for long: the reader may be stuck.

        `logging` calls this at the end of a process.
        """
        all_written = self._waiting.all_tasks_done
        with all_written:
            all_written.wait_for(lambda: not self._waiting.unfinished_tasks, FLUSH_TIMEOUT_SECONDS)


class Writer(logging.StreamHandler[TextIO]):
    """Writes to standard error; a record that can't be formatted or written stops nothing."""

    def format(self, record: logging.LogRecord) -> str:
        try:
            return super().format(record)
        except Exception:
            return f"a record of {record.name} that cannot be written"

    def handleError(self, record: logging.LogRecord) -> None:
        """Do nothing: the log has no reader, and the inherited method would print the record."""


def _lost_records(count: int) -> logging.LogRecord:
    fields = {"name": log.name, "levelno": logging.ERROR, "levelname": "ERROR", "count": count}
    return logging.makeLogRecord(fields | {"msg": "log records were lost"})


class Text(logging.Formatter):
    """`2026-11-23T09:30:00Z INFO bot.posting.clock question skipped team=T1 day=2026-11-23`"""

    def __init__(self, secrets: Collection[str]) -> None:
        super().__init__()
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        fields = "".join(f" {name}={self._word(value)}" for name, value in _fields(record))
        message = _one_line(record.getMessage())
        line = f"{_moment(record)} {record.levelname} {record.name} {message}{fields}"
        trace = self._traceback(record)
        return self._without_secrets(f"{line}\n{trace}" if trace else line)

    def formatException(self, ei: _Info) -> str:
        """The frames and types of an error and its causes; their words if they quote nothing."""
        parts: list[str] = []
        error = ei[1]
        while error is not None:
            words = _one_line(str(error)) if _may_tell(error) else ""
            name = type(error).__qualname__
            frames = traceback.format_tb(error.__traceback__)
            parts.insert(0, "".join(frames) + (f"{name}: {words}" if words else name))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(["Traceback:", *parts])

    def _traceback(self, record: logging.LogRecord) -> str:
        return self.formatException(record.exc_info) if record.exc_info else ""

    def _word(self, value: object) -> str:
        """A value without spaces, which would end it, and no longer than names are."""
        if isinstance(value, float):
            return f"{value:.4f}"
        return re.sub(r"[^\w.:/+*-]", "_", self._without_secrets(str(value)))[:120]

    def _without_secrets(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return _SECRETS.sub("***", text)


class Json(Text):
    """One JSON object per record, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": _moment(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **dict(_fields(record)),
        }
        if record.exc_info:
            entry["traceback"] = self._traceback(record)
        clean = {
            name: self._without_secrets(value) if isinstance(value, str) else value
            for name, value in entry.items()
        }
        return json.dumps(clean, default=str)


def _fields(record: logging.LogRecord) -> Iterator[tuple[str, object]]:
    for name in FIELDS:
        value = getattr(record, name, None)
        if value not in (None, ""):
            yield name, value


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _may_tell(error: BaseException) -> bool:
    package = type(error).__module__.partition(".")[0]
    return package in _TOLD or isinstance(error, OSError)
