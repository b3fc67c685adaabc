"""The questions from the field are well-formed, and their patterns accept their own answers."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from bench.questions import FIELD, UNSEEN, Half, half_of
from knowledge import KnowledgeBase
from knowledge.evaluation import read_questions

AT_LEAST = {
    FIELD: {"field": 400, "error": 150, "outside": 80, "none": 60},
    UNSEEN: {"field": 200, "error": 80, "outside": 20, "none": 20},
}
MOST_KEYS_MATCHED = 4
"""The question's own, and those of a few that ask the same another way."""


class FieldQuestion(NamedTuple):
    q: str
    service: str
    kind: str
    must: list[str] | None
    key: str


@pytest.fixture(scope="module", params=[FIELD, UNSEEN], ids=["field", "unseen"])
def files(request: pytest.FixtureRequest) -> tuple[Path, ...]:
    found: tuple[Path, ...] = request.param
    return found


@pytest.fixture(scope="module")
def questions(files: tuple[Path, ...]) -> list[FieldQuestion]:
    return read_lines(files)


def read_lines(files: tuple[Path, ...]) -> list[FieldQuestion]:
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    return [FieldQuestion(**json.loads(line)) for line in lines]


def test_there_are_enough_of_every_kind(
    questions: list[FieldQuestion], files: tuple[Path, ...]
) -> None:
    counts = Counter(question.kind for question in questions)
    assert set(counts) == set(AT_LEAST[files])
    assert {kind: n for kind, n in counts.items() if n < AT_LEAST[files][kind]} == {}


def test_no_question_is_asked_twice(questions: list[FieldQuestion]) -> None:
    texts = Counter(" ".join(question.q.casefold().split()) for question in questions)
    assert [text for text, times in texts.items() if times > 1] == []


def test_every_key_is_a_right_answer(questions: list[FieldQuestion]) -> None:
    """A key that its own patterns refuse shows a pattern that is too strict."""
    assert [
        (question.q, pattern)
        for question in questions
        for pattern in question.must or ()
        if not re.search(pattern, f"{question.service} {question.key}", re.IGNORECASE)
    ] == []


def test_patterns_tell_answers_apart(questions: list[FieldQuestion]) -> None:
    """Patterns that many answers match would count wrong facts as right."""
    keys = [f"{question.service} {question.key}" for question in questions if question.must]
    loose = []
    for question in questions:
        patterns = [re.compile(pattern, re.IGNORECASE) for pattern in question.must or ()]
        matched = sum(all(pattern.search(key) for pattern in patterns) for key in keys)
        if patterns and matched > MOST_KEYS_MATCHED:
            loose.append((question.q, matched))
    assert loose == []


def test_only_answerable_kinds_have_patterns(questions: list[FieldQuestion]) -> None:
    assert [q.q for q in questions if q.must is not None and q.kind not in {"field", "error"}] == []
    assert [q.q for q in questions if not q.q.strip() or not q.key.strip()] == []
    assert [q.q for q in questions if q.must == []] == []
    assert [q.q for q in questions if bool(q.service) != (q.kind != "none")] == []


@pytest.mark.parametrize(("asked_in", "fewest"), [((*FIELD, *UNSEEN), 15), (UNSEEN, 5)])
def test_every_covered_service_is_asked_about(
    asked_in: tuple[Path, ...], fewest: int, knowledge: KnowledgeBase
) -> None:
    asked = Counter(q.service for q in read_lines(asked_in) if q.kind in {"field", "error"})
    names = [service.name for service in knowledge.services.values()]
    assert [name for name in names if sum(n for s, n in asked.items() if s in name) < fewest] == []


def test_either_half_has_enough(questions: list[FieldQuestion]) -> None:
    scored = sum(half_of(question.q) is Half.SCORE for question in questions)
    assert 0.45 < scored / len(questions) < 0.55


def test_the_evaluation_reads_them(questions: list[FieldQuestion], files: tuple[Path, ...]) -> None:
    asked = [q for path in files for q in read_questions(path.read_text(encoding="utf-8"))]
    assert [(a.text, bool(a.must)) for a in asked] == [(q.q, bool(q.must)) for q in questions]
