"""Public holidays by country, from a package that takes half a second to import.

https://github.com/vacanza/holidays
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache

MAX_CACHED_YEARS = 500
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LETTERS = re.compile(r"[^a-z]+")
_OTHER_NAMES = {
    "america": "US", "england": "GB", "greatbritain": "GB", "uk": "GB", "holland": "NL",
}  # fmt: skip


@cache
def countries() -> Mapping[str, str]:
    """The countries that have a calendar: their English names by ISO 3166 code, sorted by name."""
    from holidays.registry import COUNTRIES

    named = {code: _spaced(name) for name, code, *_ in COUNTRIES.values()}
    return dict(sorted(named.items(), key=lambda country: country[1]))


def is_country(code: str) -> bool:
    return code in countries()


def find_country(text: str) -> str | None:
    """The code of a country that is given by its English name or code; None if there is none."""
    meant = _bare(text.removeprefix("the "))
    if code := _OTHER_NAMES.get(meant):
        return code
    return next(
        (code for code, name in countries().items() if meant in (code.lower(), _bare(name))),
        _by_long_code().get(meant),
    )


def is_holiday(country: str, day: date) -> bool:
    """Whether a day is a public holiday in the whole country with this code."""
    return day in _holidays(country, day.year)


@lru_cache(MAX_CACHED_YEARS)
def _holidays(country: str, year: int) -> frozenset[date]:
    from holidays import country_holidays

    return frozenset(country_holidays(country, years=year))


@cache
def _by_long_code() -> Mapping[str, str]:
    from holidays.registry import COUNTRIES

    return {long.lower(): code for _, code, long, *_ in COUNTRIES.values()}


def _spaced(name: str) -> str:
    """`IsleOfMan` as people write it."""
    return re.sub(r"\b(And|Of|The)\b", lambda word: word[1].lower(), _CAPITAL.sub(" ", name))


def _bare(text: str) -> str:
    return _LETTERS.sub("", text.lower())
