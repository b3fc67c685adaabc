"""The parts of a schedule, each matched at a position in a text: times, days, time zones."""

from __future__ import annotations

import re
from datetime import time
from typing import Generic, NamedTuple, TypeVar

from bot.quiz.schedule import EVERY_DAY, WORKDAYS
from bot.quiz.zones import find_zone

MAX_NAME_WORDS = 4
"""The most words in the name of a time zone or a service."""
WORD = re.compile(r"[^\s,;]+")
DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))

_END = r"(?=[\s,;/]|\+(?!\d)|[.!]?(?:\s|$))"
_CLOCK = (
    r"(\d{1,2})(?:[:.h]?(\d{2}))?(?:h|\s*o'clock)?(?:\s*([ap])\.?m\b\.?)?"
    rf"(?:{_END}|(?=\+\d{{2}}:?\d{{2}}{_END}))"
)
_TIME = re.compile(_CLOCK, re.IGNORECASE)
_NAMED_TIME = re.compile(rf"(noon|midday|midnight){_END}", re.IGNORECASE)
_OFFSET = re.compile(
    rf"(?:(?:utc|gmt)\s*[+-]\s*\d{{1,2}}(?::?\d{{2}})?|(?:\+\d|-0)\d:?\d{{2}}){_END}",
    re.IGNORECASE,
)
"""Without UTC in front, only what can't be the end of a range of times."""
_DAY = (
    r"(mo(?:n(?:day)?'?s?)?|tu(?:e(?:s(?:day)?)?'?s?)?|we(?:d(?:nesday)?'?s?)?"
    r"|th(?:u(?:r(?:s(?:day)?)?)?'?s?)?|fr(?:i(?:day)?'?s?)?|sa(?:t(?:urday)?'?s?)?"
    r"|su(?:n(?:day)?'?s?)?)"
)
_RANGE = r"\s*(?:-+|\.\.+|(?<=\s)(?:to|thru|through)\b)\s*"
_DAYS = re.compile(rf"{_DAY}(?:{_RANGE}{_DAY})?{_END}", re.IGNORECASE)
_STARTS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_GROUPS = tuple(
    (days, re.compile(rf"(?:{words}){_END}", re.IGNORECASE))
    for days, words in (
        (EVERY_DAY, r"daily|every\s*-?day|(?:each|all)\s+days?|all\s+week"),
        (WORKDAYS, r"(?:(?:every|all)\s+)?(?:week|work|working|business)[\s-]?days?|m\s*-\s*f"),
        (EVERY_DAY - WORKDAYS, r"(?:every\s+)?week-?ends?"),
        (frozenset({0, 2, 4}), r"mwf|m/w/f"),
        (frozenset({1, 3}), r"tth|t/th"),
    )
)


T = TypeVar("T")


class WordMatch(NamedTuple, Generic[T]):
    """What was found in a text, and the position where it ends."""

    value: T
    end: int


def match_time(text: str, start: int = 0) -> WordMatch[time] | None:
    """The time of day at this position."""
    if named := _NAMED_TIME.match(text, start):
        return WordMatch(time(0 if named[1].lower() == "midnight" else 12), named.end())
    found = _TIME.match(text, start)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] or "").lower()
    if half and not 1 <= hour <= 12 or hour > 23 or minute > 59:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return WordMatch(time(hour, minute), found.end())


def match_days(text: str, start: int = 0) -> WordMatch[frozenset[int]] | None:
    """The weekdays (Monday is 0) at this position: a word for several, a range or a single day."""
    for days, words in _GROUPS:
        if group := words.match(text, start):
            return WordMatch(days, group.end())
    found = _DAYS.match(text, start)
    if not found:
        return None
    first = _STARTS.index(found[1][:2].lower())
    last = _STARTS.index((found[2] or found[1])[:2].lower())
    ahead = (last - first) % 7
    days = frozenset((first + day) % 7 for day in range(ahead + 1))
    return WordMatch(days, found.end())


def match_zone(text: str, start: int = 0) -> WordMatch[str] | None:
    """The IANA name of the time zone at this position, whose name may have several words.

    Raises AmbiguousZoneError for an abbreviation that means several time zones.
    """
    offset = _OFFSET.match(text, start)
    if offset:
        zone = find_zone(offset[0])
        return WordMatch(zone, offset.end()) if zone else None
    for name, end in names_at(text, start):
        if zone := find_zone(name):
            return WordMatch(zone, end)
    return None


def names_at(text: str, start: int) -> list[WordMatch[str]]:
    """The runs of words at this position without a comma inside, longest first."""
    ends: list[int] = []
    position = start
    while len(ends) < MAX_NAME_WORDS and (word := WORD.match(text, position)):
        ends.append(word.end())
        position = word.end() + 1 if text[word.end() : word.end() + 1] == " " else len(text)
    return [WordMatch(text[start:end].rstrip(".!"), end) for end in reversed(ends)]
