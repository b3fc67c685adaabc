"""What became of a request, as the metrics and the log count it."""

from __future__ import annotations

from enum import StrEnum


class RequestOutcome(StrEnum):
    """For requests that have no more precise outcome, such as that of a question."""

    DONE = "done"
    IGNORED = "ignored"
    REPEATED = "repeated"
    TOO_OLD = "too old"
    DATABASE_UNAVAILABLE = "database away"
    BROKEN = "broken"
