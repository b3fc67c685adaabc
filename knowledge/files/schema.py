"""A JSON Schema of fact files, for editors. The loader checks more, and has the last word.

`fact.schema.json`, next to this file, is what `schema()` returns, for editors outside this
repository.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from knowledge import model
from knowledge.files.loader import FACT_FIELDS, FILE_FIELDS, QUESTION_FIELDS
from knowledge.files.metadata import ID, UNTIL, VALUE_FIELDS, WAS_FIELDS
from knowledge.files.verification import PATTERN as CHECK
from knowledge.model import Kind
from knowledge.values import Unit

SCHEMA_FILE = Path(__file__).parent / "fact.schema.json"
_ID = {
    "type": "string",
    "pattern": ID,
    "maxLength": model.MAX_ID_CHARS,
}
_NUMBER = {"type": "number", "minimum": 0}


def schema() -> dict[str, Any]:
    """The schema of a whole file, in the draft that editors know best."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Facts about one service",
        **_object(_FILE, FILE_FIELDS, ("service", "facts")),
    }


def _text(longest: int, description: str) -> dict[str, Any]:
    """Text; what YAML takes for a number or a truth value is text to the loader."""
    return {
        "type": ["string", "number", "boolean"],
        "minLength": 1,
        "maxLength": longest,
        "description": description,
    }


def _texts(longest: int, description: str, least: int = 0, most: int | None = None) -> Any:
    bounds = {"minItems": least} | ({"maxItems": most} if most else {})
    items = _text(longest, "")
    del items["description"]
    return {
        "type": "array", "items": items, "uniqueItems": True, **bounds, "description": description,
    }  # fmt: skip


def _level(levels: range, description: str) -> dict[str, Any]:
    return {
        "type": "integer", "minimum": levels[0], "maximum": levels[-1], "description": description,
    }  # fmt: skip


def _object(
    properties: dict[str, Any], order: tuple[str, ...], required: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": {name: properties[name] for name in order},
    }


_VALUE = {
    "of": _text(
        model.MAX_OF_CHARS, 'What it limits, as after "limit for": messages, subnets per VPC.'
    ),
    "unit": {
        "enum": [unit.value for unit in Unit],
        "description": "A plain number of things has the unit count.",
    },
    "max": _NUMBER | {"description": "The most that is allowed, inclusive."},
    "min": _NUMBER | {"description": "The least that is allowed, inclusive."},
    "default": _NUMBER | {"description": "What applies if nothing is set."},
    "adjustable": {
        "type": "boolean", "description": "Whether AWS raises it on request (Service Quotas).",
    },
}  # fmt: skip
_WAS = {
    "until": {
        "type": ["string", "integer"],
        "minimum": 2006,
        "pattern": UNTIL,
        "description": "When AWS changed it: 2024-06-30, 2024-06 or 2024.",
    },
    "text": _text(model.MAX_WAS_CHARS, "What was true before."),
}
_QUESTION = {
    "question": _text(model.MAX_QUESTION_CHARS, "The question; it must not give its answer away."),
    "right": _text(model.MAX_OPTION_CHARS, "The right option."),
    "wrong": _texts(
        model.MAX_OPTION_CHARS, "The wrong options.",
        model.WRONG_OPTION_COUNT,
        model.WRONG_OPTION_COUNT,
    ),
    "because": {
        "type": "object",
        "additionalProperties": {
            "type": ["string", "number", "boolean"], "minLength": 1,
            "maxLength": model.MAX_BECAUSE_CHARS,
        },
        "description": "What wrong options really are, by option.",
    },
    "difficulty": _level(model.DIFFICULTY_RANGE, "From 1 (easy) to 3 (hard)."),
}  # fmt: skip
_FACT = {
    "id": _ID | {"description": "Never changes; buttons and quiz history refer to it."},
    "aliases": {
        "type": "array", "items": _ID, "uniqueItems": True,
        "description": "IDs of facts that were merged into this one.",
    },
    "title": _text(model.MAX_TITLE_CHARS, "What people would look for in a list."),
    "kind": {
        "enum": [kind.value for kind in Kind],
        "description": "What sort of question the fact answers.",
    },
    "demand": _level(model.DEMAND_RANGE, "How often people ask, from 1 (rarely) to 5 (daily)."),
    "answer": _text(model.MAX_ANSWER_CHARS, "The answer, main point first."),
    "value": _object(_VALUE, VALUE_FIELDS, ("of", "unit"))
    | {
        "anyOf": [{"required": [name]} for name in ("max", "min", "default")],
        "description": "The number that the fact is about.",
    },
    "milestones": {
        "type": "object", "minProperties": 1,
        "propertyNames": {"maxLength": model.MAX_EVENT_CHARS},
        "additionalProperties": {
            "type": "object", "minProperties": 1,
            "propertyNames": {"maxLength": model.MAX_TITLE_CHARS},
            "additionalProperties": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
        },
        "description": "Days on which AWS changes something, past and future, such as "
        "{deprecated: {python3.9: 2025-12-15}}; the card says what was and what will be.",
    },
    "errors": _texts(
        model.MAX_ERROR_CHARS, "Error codes and messages that it explains; * stands for any text."
    ),
    "was": _object(_WAS, WAS_FIELDS, WAS_FIELDS)
    | {"description": "Only what AWS changed. For misunderstandings, use misread."},
    "misread": _text(model.MAX_MISREAD_CHARS, "A common misunderstanding, in one sentence."),
    "detail": _text(model.MAX_DETAIL_CHARS, "What only some people need to know."),
    "check": {
        "type": "string", "pattern": CHECK, "maxLength": model.MAX_CHECK_CHARS,
        "description": "How a program can verify the fact.",
    },
    "keywords": _texts(model.MAX_TITLE_CHARS, "Words that people use for it.", 1),
    "phrasings": _texts(
        model.MAX_PHRASING_CHARS, "Ways to ask for it, in words other than the answer's.",
        model.MIN_RARE_PHRASING_COUNT, model.PHRASING_COUNT_RANGE.stop - 1,
    ),
    "related": {"type": "array", "items": _ID, "uniqueItems": True, "description": "IDs of facts."},
    "source": {
        "type": "string", "pattern": r"^https://[^\s<>|]+$",
        "description": "The page that says so.",
    },
    "checked": {
        "type": "string", "pattern": r"^\d{4}-\d\d-\d\d$",
        "description": "The day on which somebody read the source.",
    },
    "quiz": {
        "type": "array", "minItems": 1,
        "description": "Multiple-choice questions; a fact with a demand of 1 or 2 needs none.",
        "items": _object(_QUESTION, QUESTION_FIELDS, ("question", "right", "wrong")),
    },
}  # fmt: skip
_MORE_UNLESS_RARE = {
    "if": {
        "required": ["demand"],
        "properties": {"demand": {"type": "integer", "maximum": model.MIN_QUIZ_DEMAND - 1}},
    },
    "else": {
        "required": ["quiz"],
        "properties": {"phrasings": {"minItems": model.PHRASING_COUNT_RANGE.start}},
    },
}
_FILE = {
    "service": _text(model.MAX_TITLE_CHARS, "The service's full name."),
    "aliases": _texts(model.MAX_TITLE_CHARS, "Other names of the service."),
    "summary": _text(model.MAX_WAS_CHARS, "One sentence that says what the service is."),
    "facts": {
        "type": "array", "minItems": 1,
        "items": _object(
            _FACT, FACT_FIELDS,
            ("id", "title", "answer", "keywords", "phrasings", "source", "checked"),
        ) | _MORE_UNLESS_RARE,
    },
}  # fmt: skip
