"""Leaving out facts that are not valid YAML, so that one of them hides no fault of the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import yaml

MAX_RECOVERED_CHARS = 2_000_000
"""Longer files aren't recovered, because that means reading a file many times."""
MAX_BROKEN_FACTS = 50
_FACTS = re.compile(r"facts:\s*(#.*)?$")
_ITEM = re.compile(r"( *)- ")
_ID = re.compile(r"^[ -]*id: *([a-z0-9-]+) *$", re.MULTILINE)


def ids_in(text: str) -> set[str]:
    """The ids of facts in a text that may not be valid YAML."""
    return set(_ID.findall(text))


def lines_of(error: yaml.MarkedYAMLError) -> list[int]:
    """Where a fault may have begun, most likely first, as lines that count from 1.

    A quote or bracket that isn't closed shows only later; a block began long before its fault.
    """
    positions = [error.context_mark, error.problem_mark]
    if "block" in (error.context or ""):
        positions.reverse()
    return [mark.line + 1 for mark in positions if mark is not None]


class Separated(NamedTuple):
    """The text with blank lines for the facts that were taken out, and the text of those facts."""

    rest: str = ""
    lost: str = ""


def without_facts(text: str, places: Iterable[Iterable[int]]) -> Separated:
    """Take out each fact at one of the places, which are lines.

    A place is a fact's if the fact has the first of its lines that any fact has. Both texts are
    empty if a place is in no fact, or if no fact is left.
    """
    lines = text.splitlines(keepends=True)
    spans = list(_spans(lines))
    broken = set()
    for place in places:
        inside = (span for line in place for span in spans if span[0] < line <= span[1])
        broken.add(next(inside, None))
    if not broken or None in broken or len(broken) == len(spans):
        return Separated()
    lost = ""
    for start, end in filter(None, broken):
        lost += "".join(lines[start:end])
        lines[start:end] = ["\n"] * (end - start)
    return Separated("".join(lines), lost)


def _spans(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Where each fact begins and ends, by its indentation alone."""
    begins = next((at for at, line in enumerate(lines) if _FACTS.match(line)), len(lines))
    start: int | None = None
    indent = ""
    for at, line in enumerate(lines[begins + 1 :], begins + 1):
        item = _ITEM.match(line)
        begun = item is not None and (start is None or item[1] == indent)
        if start is not None and begun:
            yield start, at
        if item is not None and begun:
            start, indent = at, item[1]
    if start is not None:
        yield start, len(lines)
