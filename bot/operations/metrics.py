"""What a process counts, for Prometheus: https://prometheus.io/docs/practices/naming"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    make_wsgi_app,
)

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)

PREFIX = "factbot"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
LATE_AFTER_SECONDS = 60.0
"""A question that is posted this long after its time counts as late."""
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0, 10.0)
"""Seconds; Slack waits three."""


class Metrics:
    """Counts what a process does.

    `last_beat` returns when a clock was last alive (seconds since 1970); None if never.
    """

    def __init__(self, last_beat: Callable[[], float | None]) -> None:
        self._last_beat = last_beat
        registry = self._registry = CollectorRegistry()
        self._asks = Counter(
            "asks", "Questions, by where they were asked and their outcome.",
            ("surface", "outcome"), namespace=PREFIX, registry=registry,
        )  # fmt: skip
        self._requests = Histogram(
            "request_seconds", "How long requests from Slack took us, by kind and outcome.",
            ("kind", "outcome"), namespace=PREFIX, registry=registry, buckets=BUCKETS,
        )  # fmt: skip
        self._errors = Counter(
            "slack_errors", "Calls to Slack that failed, by class of error.",
            ("class",), namespace=PREFIX, registry=registry,
        )  # fmt: skip
        self._posted = Counter(
            "quizzes_posted",
            "Quiz questions that Slack posted.",
            namespace=PREFIX,
            registry=registry,
        )
        self._late = Counter(
            "quizzes_late", "Quiz questions that were posted more than a minute late.",
            namespace=PREFIX, registry=registry,
        )  # fmt: skip
        beat = Gauge(
            "clock_beat_timestamp_seconds", "When a clock was last alive.",
            namespace=PREFIX, registry=registry,
        )  # fmt: skip
        beat.set_function(self._beat)
        self._in_date = Gauge(
            "facts_in_date_ratio",
            "Share of the built-in facts whose source needn't be read again yet; the goal is 0.95.",
            namespace=PREFIX, registry=registry,
        )  # fmt: skip

    def watch_facts(self, share_in_date: Callable[[], float]) -> None:
        """Show a share of facts, from 0 to 1, as it is whenever somebody looks."""
        self._in_date.set_function(share_in_date)

    def asked(self, surface: str, outcome: str) -> None:
        self._asks.labels(surface, outcome).inc()

    def served(self, kind: str, outcome: str, seconds: float) -> None:
        self._requests.labels(kind, outcome).observe(seconds)

    def refused(self, trouble: str) -> None:
        """Count a failed call to Slack."""
        self._errors.labels(trouble).inc()

    def posted(self, late: float) -> None:
        """Count a question that was posted `late` seconds after its time."""
        self._posted.inc()
        if late > LATE_AFTER_SECONDS:
            self._late.inc()

    def text(self) -> bytes:
        """All metrics in Prometheus' text format."""
        return generate_latest(self._registry)

    def page(self) -> WSGIApplication:
        """The same as a WSGI application, for a separate port."""
        return make_wsgi_app(self._registry)

    def _beat(self) -> float:
        try:
            beat = self._last_beat()
        except Exception:  # whatever an unavailable database may raise
            log.warning("no heartbeat to show: the database is unavailable")
            return math.nan
        return math.nan if beat is None else beat
