"""What belongs in each field, as the end of a fault about an empty or missing one."""

from __future__ import annotations

from knowledge import model

_FEWEST, _MOST = model.PHRASING_COUNT_RANGE[0], model.PHRASING_COUNT_RANGE[-1]
HINTS = {
    "id": "give it a name that never changes, such as sqs-delay-queue",
    "title": "write what people would look for in a list",
    "kind": f"use one of {', '.join(model.Kind)}",
    "demand": "say how often people ask, from 1 (rarely) to 5 (daily)",
    "answer": f"write the answer in up to {model.MAX_ANSWER_CHARS} characters, main point first",
    "keywords": "list words that people use for it",
    "phrasings": f"list {_FEWEST} to {_MOST} ways to ask for it, in words other than the answer's",
    "source": "give the https:// address of the page that says so",
    "checked": "give the day on which you read the source, like 2026-11-23",
    "question": "write a quiz question that doesn't give its answer away",
    "right": f"write the right option in up to {model.MAX_OPTION_CHARS} characters",
    "wrong": f"list {model.WRONG_OPTION_COUNT} wrong options that sound right",
    "service": "give the service's full name, such as Amazon SQS",
}


def say_empty(field: str) -> str:
    """`title is empty; write what people would look for in a list.`"""
    return _with_hint(f"{field} is empty", field)


def say_missing(field: str) -> str:
    return _with_hint(f"{field} is missing", field)


def _with_hint(sentence: str, field: str) -> str:
    return f"{sentence}; {HINTS[field]}." if field in HINTS else f"{sentence}."
