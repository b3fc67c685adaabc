"""What the bot knows, as typed values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

MAX_ID = 60
"""A menu of Slack's carries ids of up to 75 characters."""
MAX_TITLE = 80
MAX_ANSWER = 300
MAX_DETAIL = 600
MAX_WAS = 200
MAX_PHRASING = 120
PHRASINGS = range(8, 13)
MAX_QUESTION = 200
MAX_OPTION = 60
WRONG_OPTIONS = 3


@dataclass(frozen=True, slots=True)
class Question:
    """A multiple-choice question about one fact."""

    text: str
    right: str
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """An AWS service (or a team's own); `slug` is the stem of its fact file."""

    slug: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the bot can say. `checked` is an ISO date, `was` a sentence about an old truth."""

    id: str
    service: str
    title: str
    answer: str
    detail: str | None
    was: str | None
    keywords: tuple[str, ...]
    phrasings: tuple[str, ...]
    related: tuple[str, ...]
    source: str
    checked: str
    quiz: tuple[Question, ...]

    def as_dict(self) -> dict[str, Any]:
        """All fields as plain JSON values; the source under the name `url`."""
        fields = asdict(self)
        fields["url"] = fields.pop("source")
        return fields
