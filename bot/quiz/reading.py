"""Read a schedule word by word.

Every word is either used or reported as unreadable; none is silently dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from enum import Enum

from bot.quiz import unreadable
from bot.quiz.schedule import EVERY_DAY
from bot.quiz.unreadable import UnreadableError, ambiguous_zone, cannot_read, unknown_service
from bot.quiz.words import DASHES, WORD, WordMatch, match_days, match_time, match_zone, names_at
from bot.quiz.zones import AmbiguousZoneError, say_zone

FindService = Callable[[str], str | None]
"""The slug of the service that a person calls by this name; None if there is none."""
_GAP = re.compile(r"(?:[\s,;/.]|\+(?!\d))*")
_KEYWORD = re.compile(r"(?i)(reveal|answer|service|topic|about)s?(?=[\s:=]|$)\s*[:=]?\s*")
_ALL_SERVICES = re.compile(r"(?i)(?:all\s+services|services?\s*[:=]?\s*(?:all|any|everything))\b")
_LEADING = re.compile(r"(?i)(?:(?:at|with|the)\s+)*")
_NEXT_QUESTION = re.compile(r"(?i)next(?:\s+(?:question|one|quiz))?(?=[\s,;.]|$)")
_BETWEEN = re.compile(r"(?i)\s*(?:[,;&+]|and\b)?\s*(?:and\b\s*)?")
_FILLER = re.compile(
    r"(?i)(?:(?:at|on|every|each|and|from|the|time|timezone|tz|please)(?=[\s,;:.]|$)[:=]?"
    r"|in(?=\s+[a-z])|[@&])"
)


class Reveal(Enum):
    """When the answer comes, if not at a time of day."""

    WITH_NEXT_QUESTION = "next"


@dataclass(frozen=True, slots=True)
class ScheduleRequest:
    """What a person typed; None where they typed nothing.

    Weekdays count from Monday, 0. `services` holds slugs; an empty tuple means all services.
    """

    at: time | None = None
    weekdays: frozenset[int] | None = None
    tz: str | None = None
    reveal: time | Reveal | None = None
    services: tuple[str, ...] | None = None


def read_schedule(text: str, find_service: FindService) -> ScheduleRequest:
    """Read words in any order.

    Raises UnreadableError; its message names what is unreadable, and what would be readable.
    """
    return _ScheduleReader(" ".join(text.translate(DASHES).split()), find_service).read()


class _ScheduleReader:
    """Reads one text from start to end."""

    def __init__(self, text: str, find_service: FindService) -> None:
        self._text = text
        self._find_service = find_service
        self._position = 0
        self._days: list[tuple[str, frozenset[int]]] = []
        self._unread: list[tuple[int, int]] = []
        self._at: time | None = None
        self._tz: str | None = None
        self._reveal: time | Reveal | None = None
        self._services: tuple[str, ...] | None = None

    def read(self) -> ScheduleRequest:
        self._skip(_GAP)
        while self._position < len(self._text):
            if not (self._read_keyword() or self._read_single() or self._skip(_FILLER)):
                self._note_unread()
            self._skip(_GAP)
        if self._unread:
            raise self._unreadable()
        return ScheduleRequest(self._at, self._weekdays(), self._tz, self._reveal, self._services)

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self._text, self._position)
        if found is None or found.end() == self._position:
            return False
        self._position = found.end()
        return True

    def _read_keyword(self) -> bool:
        if self._skip(_ALL_SERVICES):
            self._set_services(())
            return True
        found = _KEYWORD.match(self._text, self._position)
        if found is None:
            return False
        self._position = found.end()
        if found[1].lower() in ("reveal", "answer"):
            self._read_reveal()
        else:
            self._read_services()
        return True

    def _read_single(self) -> bool:
        """Read what needs no keyword: days, a time, a time zone."""
        if days := match_days(self._text, self._position):
            self._days.append((self._text[self._position : days.end], days.value))
            self._position = days.end
        elif at := match_time(self._text, self._position):
            if self._at not in (None, at.value):
                first, second = f"{self._at:%H:%M}", f"{at.value:%H:%M}"
                raise UnreadableError(unreadable.TWO_TIMES.format(first=first, second=second))
            self._at, self._position = at
        elif zone := self._match_zone():
            if self._tz not in (None, zone.value):
                first, second = say_zone(str(self._tz)), say_zone(zone.value)
                raise UnreadableError(unreadable.TWO_ZONES.format(first=first, second=second))
            self._tz, self._position = zone
        else:
            return False
        return True

    def _match_zone(self) -> WordMatch[str] | None:
        try:
            return match_zone(self._text, self._position)
        except AmbiguousZoneError as error:
            raise ambiguous_zone(self._word(), error.zones) from error

    def _read_reveal(self) -> None:
        self._skip(_LEADING)
        if self._reveal is not None:
            raise UnreadableError(unreadable.TWICE.format(word="reveal"))
        if self._skip(_NEXT_QUESTION):
            self._reveal = Reveal.WITH_NEXT_QUESTION
        elif found := match_time(self._text, self._position):
            self._reveal, self._position = found
        elif word := self._word():
            raise cannot_read([word], unreadable.REVEALS)
        else:
            raise UnreadableError(unreadable.REVEALS)

    def _read_services(self) -> None:
        """Read services until another part of the schedule begins."""
        slugs: list[str] = []
        while self._position < len(self._text):
            before = self._position
            self._skip(_BETWEEN)
            if self._at_schedule_part() and (slugs or self._word() == ""):
                break
            for name, end in names_at(self._text, self._position):
                if slug := self._find_service(name):
                    slugs.append(slug)
                    self._position = end
                    break
            else:
                if slugs and self._position == before + 1:
                    break  # no comma said that another service follows
                raise unknown_service(self._word()) if self._word() else _no_services()
        if not slugs:
            raise _no_services()
        self._set_services(tuple(dict.fromkeys(slugs)))

    def _at_schedule_part(self) -> bool:
        text, position = self._text, self._position
        return bool(
            match_days(text, position)
            or match_time(text, position)
            or self._match_zone()
            or _KEYWORD.match(text, position)
        )

    def _set_services(self, slugs: tuple[str, ...]) -> None:
        if self._services is not None:
            raise UnreadableError(unreadable.TWICE.format(word="services"))
        self._services = slugs

    def _weekdays(self) -> frozenset[int] | None:
        for words, days in self._days:
            for other, others in self._days:
                if days == EVERY_DAY != others:
                    sentence = unreadable.TWO_KINDS_OF_DAYS.format(first=words, second=other)
                    raise UnreadableError(sentence)
        return frozenset().union(*(days for _, days in self._days)) if self._days else None

    def _word(self) -> str:
        found = WORD.match(self._text, self._position)
        return found[0] if found else ""

    def _note_unread(self) -> None:
        """Note an unreadable word, joined with an unreadable one right before it."""
        start, end = self._position, self._position + max(1, len(self._word()))
        if self._unread and self._text[self._unread[-1][1] : start].strip() == "":
            start = self._unread.pop()[0]
        self._unread.append((start, end))
        self._position = end

    def _unreadable(self) -> UnreadableError:
        parts = [self._text[start:end] for start, end in self._unread]
        if any(self._find_service(part) for part in parts):
            return cannot_read(parts, unreadable.SERVICES)
        if all(part[0].isdigit() for part in parts):
            return cannot_read(parts, unreadable.TIMES)
        return cannot_read(parts, unreadable.TIMES, unreadable.WEEKDAYS, unreadable.ZONES)


def _no_services() -> UnreadableError:
    return UnreadableError(unreadable.SERVICES)
