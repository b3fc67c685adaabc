"""The project's own questions, and which of them may be fitted on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import Enum
from hashlib import sha256
from pathlib import Path

from bot.slack.incoming import read_message
from knowledge.evaluation import EvalQuestion, read_questions

FOLDER = Path(__file__).parent
WRITTEN: tuple[Path, ...] = (FOLDER / "answerable.jsonl", FOLDER / "unanswerable.jsonl")
"""Questions written from the claims behind the facts, and messages without an answer."""
FIELD: tuple[Path, ...] = (FOLDER / "field.jsonl",)
"""Questions and pasted errors reworded from public threads."""
UNSEEN: tuple[Path, ...] = (FOLDER / "unseen.jsonl",)
"""More of them, written when the facts were, by somebody who had seen neither."""
REFERENCE: tuple[Path, ...] = (FOLDER / "reference.jsonl",)
"""Questions about exact names, written before anything answered them."""


class Half(Enum):
    """A question's text decides by its hash in which half it is, whoever asks."""

    FIT = 0
    SCORE = 1


def read(files: Iterable[Path], half: Half | None = None) -> list[EvalQuestion]:
    """The questions of these files, or those of one half of them, as Slack's markup reads."""
    found = [q for file in files for q in read_questions(file.read_text(encoding="utf-8"))]
    return [
        replace(question, text=read_message(question.text))
        for question in found
        if half is None or half_of(question.text) is half
    ]


def half_of(text: str) -> Half:
    return Half(int(sha256(text.encode()).hexdigest(), 16) % 2)
