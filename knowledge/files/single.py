"""One fact as text, in the form of an entry of a fact file, with the slug of its service."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import yaml

from knowledge.files.document import Faults, Mapping, parse_text
from knowledge.files.faults import Fault
from knowledge.files.loader import FACT_FIELDS, read_entry
from knowledge.model import Fact, FactValue, Milestone, Question

_LINE_CHARS = 120


def read_fact(text: str) -> tuple[Fact | None, list[Fault]]:
    """Read what `write_fact` wrote, or a person; None and what is wrong, if anything is."""
    faults = Faults("fact")
    root = parse_text(text, faults)
    if root is None:
        return None, faults.found
    entry = Mapping(root, "fact", faults)
    service = entry.text("service", 80)
    entry.values.pop("service", None)
    fact = read_entry(entry, service)
    return (None if faults.found else fact), faults.found


def write_fact(fact: Fact) -> str:
    """The fact as YAML, which `read_fact` reads."""
    return dump({"service": fact.service, **entry_of(fact)})


def dump(content: Any) -> str:
    """YAML in the order given; every text stays on one line or is folded."""
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=_LINE_CHARS)


def entry_of(fact: Fact) -> dict[str, Any]:
    """The fields of a fact file's entry that have a value, in their usual order."""
    fields: dict[str, Any] = {
        "id": fact.id,
        "aliases": list(fact.aliases),
        "title": fact.title,
        "kind": fact.kind.value if fact.kind else None,
        "demand": fact.demand,
        "answer": fact.answer,
        "value": _value(fact.value) if fact.value else None,
        "milestones": _milestones(fact.milestones),
        "errors": list(fact.errors),
        "was": _was(fact),
        "misread": fact.misread,
        "detail": fact.detail,
        "check": fact.check,
        "keywords": list(fact.keywords),
        "phrasings": list(fact.phrasings),
        "related": list(fact.related),
        "source": fact.source,
        "checked": fact.checked,
        "quiz": [_question(question) for question in fact.quiz],
    }
    assert tuple(fields) == FACT_FIELDS
    return {name: value for name, value in fields.items() if value not in (None, [], {})}


def _value(value: FactValue) -> dict[str, Any]:
    fields = asdict(value) | {"unit": value.unit.value}
    return {name: field for name, field in fields.items() if field is not None}


def _milestones(milestones: tuple[Milestone, ...]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for milestone in milestones:
        found.setdefault(milestone.event, {})[milestone.of] = milestone.on
    return found


def _was(fact: Fact) -> dict[str, str] | None:
    """What was true, without the date that reading puts before it."""
    if not fact.was or not fact.was_until:
        return None
    return {"text": fact.was.partition(": ")[2], "until": fact.was_until}


def _question(question: Question) -> dict[str, Any]:
    fields = {
        "question": question.text,
        "right": question.right,
        "wrong": list(question.wrong),
        "because": dict(question.because),
        "difficulty": question.difficulty,
    }
    return {name: value for name, value in fields.items() if value not in (None, {})}
