"""What the bot knows and how it finds it. No Slack, no database, no network, no clock."""

from __future__ import annotations

from knowledge.base import KnowledgeBase, Overview
from knowledge.files.faults import FactsError
from knowledge.model import Fact, FactValue, Kind, Question, Service
from knowledge.search.result import Match, Outcome, Result

__all__ = [
    "Fact", "FactValue", "FactsError", "Kind", "KnowledgeBase", "Match", "Outcome", "Overview",
    "Question", "Result", "Service",
]  # fmt: skip
