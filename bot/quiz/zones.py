"""Time zones as people write them: by city, abbreviation or UTC offset.

We store IANA names, which include daylight saving time. An abbreviation such as EST stands for the
zone that people mean by it all year, not for a fixed UTC offset.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

_EASTERN, _CENTRAL, _MOUNTAIN, _PACIFIC = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
)  # fmt: skip
_OTHER_NAMES = {
    _EASTERN: "est edt et eastern eastern_time boston washington washington_dc atlanta miami",
    _CENTRAL: "cdt ct central central_time dallas houston austin",
    _MOUNTAIN: "mst mdt mt mountain mountain_time",
    _PACIFIC: "pst pdt pt pacific pacific_time seattle san_francisco portland san_diego",
    "America/Anchorage": "akst akdt alaska",
    "America/Sao_Paulo": "brt rio rio_de_janeiro",
    "Pacific/Honolulu": "hst",
    "Europe/London": "bst uk england",
    "Europe/Lisbon": "wet",
    "Europe/Berlin": "cet cest met mest munich frankfurt hamburg cologne",
    "Europe/Helsinki": "eet eest",
    "Europe/Moscow": "msk",
    "Europe/Madrid": "barcelona",
    "Europe/Rome": "milan",
    "Asia/Kolkata": "india mumbai delhi new_delhi bangalore bengaluru hyderabad chennai pune",
    "Asia/Shanghai": "beijing shenzhen china",
    "Asia/Singapore": "sgt",
    "Asia/Tokyo": "jst osaka",
    "Asia/Seoul": "kst",
    "Asia/Hong_Kong": "hkt",
    "Asia/Dubai": "gst",
    "Australia/Perth": "awst",
    "Australia/Adelaide": "acst acdt",
    "Australia/Sydney": "aest aedt aet",
    "Pacific/Auckland": "nzst nzdt nzt new_zealand",
    "Africa/Johannesburg": "sast",
    "Africa/Lagos": "wat",
    "Africa/Nairobi": "eat",
    "UTC": "z",
}
_AMBIGUOUS = {
    "cst": ("America/Chicago", "Asia/Shanghai"),
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "ast": ("America/Halifax", "Asia/Riyadh"),
}
"""Abbreviations that mean different zones on different continents."""
_NOT_CITIES = frozenset(
    "north south east west general continental central eastern mountain pacific".split()  # noqa: SIM905
)
"""Last parts of IANA names that aren't places."""
_FRACTIONAL_OFFSETS = {
    (1, 3, 30): "Asia/Tehran", (1, 4, 30): "Asia/Kabul", (1, 5, 30): "Asia/Kolkata",
    (1, 5, 45): "Asia/Kathmandu", (1, 6, 30): "Asia/Yangon", (1, 8, 45): "Australia/Eucla",
    (1, 9, 30): "Australia/Darwin", (-1, 9, 30): "Pacific/Marquesas",
}  # fmt: skip
"""Zones without daylight saving time by sign, hours and minutes: IANA has no fixed ones there."""
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_FIXED = re.compile(r"Etc/GMT([+-])([1-9]\d*)")


class AmbiguousZoneError(ValueError):
    """An abbreviation means several time zones; `zones` has their IANA names."""

    def __init__(self, zones: tuple[str, ...]) -> None:
        super().__init__(" or ".join(zones))
        self.zones = zones


def find_zone(text: str) -> str | None:
    """The IANA name of a zone given by name, city, abbreviation or UTC offset such as UTC+2.

    None if there is no such zone. Raises AmbiguousZoneError for an abbreviation that means several.
    """
    offset = _OFFSET.fullmatch(text)
    if offset:
        return _at_offset(1 if offset[1] == "+" else -1, int(offset[2]), int(offset[3] or 0))
    key = "_".join(text.lower().replace(".", "").split())
    if key in _AMBIGUOUS:
        raise AmbiguousZoneError(_AMBIGUOUS[key])
    return zones().get(key)


@cache
def zones() -> Mapping[str, str]:
    """IANA names by everything that people may call a zone, in lower case; a full name wins.

    Fixed offsets are found as people write them, `utc+2` and `gmt+2`, and by their IANA names,
    which have the opposite sign: `etc/gmt-2`.
    """
    names = sorted(available_timezones() - {"Factory", "localtime"})
    cities = {name.lower().rpartition("/")[2]: name for name in reversed(names) if "/" in name}
    known = {city: name for city, name in cities.items() if city not in _NOT_CITIES}
    known |= {name.lower(): name for name in names}
    known = {key: name for key, name in known.items() if not re.match(r"gmt[+-]", key)}
    for name in filter(_FIXED.fullmatch, names):
        written = say_zone(name).lower()
        known |= {written: name, written.replace("utc", "gmt"): name}
    others = {word: name for name, words in _OTHER_NAMES.items() for word in words.split()}
    return known | others


def say_zone(name: str) -> str:
    """A zone as people expect it: UTC+2 for IANA's Etc/GMT-2.

    https://data.iana.org/time-zones/tzdb/etcetera
    """
    fixed = _FIXED.fullmatch(name)
    if not fixed:
        return name
    return f"UTC{'-' if fixed[1] == '+' else '+'}{fixed[2]}"


def _at_offset(sign: int, hours: int, minutes: int) -> str | None:
    """The zone with a fixed UTC offset; None if there is none."""
    if minutes:
        return _FRACTIONAL_OFFSETS.get((sign, hours, minutes))
    if hours == 0:
        return "UTC"
    if hours > (14 if sign > 0 else 12):
        return None
    return f"Etc/GMT{'-' if sign > 0 else '+'}{hours}"
