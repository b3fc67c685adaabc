"""What people type about breaks: until when a quiz pauses, and whose public holidays it skips."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.quiz import texts
from bot.quiz.public_holidays import find_country
from bot.quiz.unreadable import UnreadableError, cannot_read
from bot.quiz.words import match_days

MAX_PAUSE_DAYS = 366
_LEADING = re.compile(r"(?i)^(?:(?:until|till|til|to|on|the)(?:\s+|$))*")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(\d{4}))?"
_MONTH_FIRST = re.compile(rf"(?i){_MONTH}\s+{_DAY}{_YEAR}")
_DAY_FIRST = re.compile(rf"(?i){_DAY}(?:\s+of)?\s+{_MONTH}{_YEAR}")
_NO_HOLIDAYS = ("off", "no", "none", "never", "stop")


def read_pause(text: str, today: date) -> date:
    """The day on which questions come back. Raises UnreadableError."""
    said = _LEADING.sub("", text.strip()).strip(" .!")
    if not said:
        raise UnreadableError(texts.PAUSE_USAGE)
    found = _read_date(said, today)
    if found is None:
        raise cannot_read([said], texts.DATES)
    return check_pause(found, today)


def check_pause(until: date, today: date) -> date:
    """The same day, if a quiz can pause until then. Raises UnreadableError."""
    if until <= today:
        raise UnreadableError(texts.PAUSE_OVER)
    if until > today + timedelta(MAX_PAUSE_DAYS):
        raise UnreadableError(texts.PAUSE_TOO_LONG)
    return until


def read_holidays(text: str) -> str:
    """The code of a country; "" if holidays are to be like other days. Raises UnreadableError."""
    said = text.strip(" .!")
    said = re.sub(r"(?i)^(?:of|in|on|from|for)\s+", "", said)
    if not said:
        raise UnreadableError(texts.HOLIDAYS_USAGE)
    if said.lower() in _NO_HOLIDAYS:
        return ""
    if code := find_country(said):
        return code
    raise cannot_read([said], texts.HOLIDAYS_USAGE)


def _read_date(said: str, today: date) -> date | None:
    if said.lower() == "tomorrow":
        return today + timedelta(1)
    weekday = match_days(said)
    if weekday and weekday.end == len(said) and len(weekday.value) == 1:
        return today + timedelta((min(weekday.value) - today.weekday() - 1) % 7 + 1)
    if iso := _ISO.fullmatch(said):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    if found := _MONTH_FIRST.fullmatch(said):
        return _next_date(_MONTHS.index(found[1].lower()) + 1, int(found[2]), found[3], today)
    if found := _DAY_FIRST.fullmatch(said):
        return _next_date(_MONTHS.index(found[2].lower()) + 1, int(found[1]), found[3], today)
    return None


def _next_date(month: int, day: int, year: str | None, today: date) -> date | None:
    """The date, by default the next one that is later than today."""
    if year:
        return _date(int(year), month, day)
    this_year = _date(today.year, month, day)
    is_ahead = this_year is not None and this_year > today
    return this_year if is_ahead else _date(today.year + 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
