"""The one number with a unit that a question is about, if there is exactly one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from knowledge.search.language import stem, words
from knowledge.values import UNITS, Dimension, Quantity, Unit, parse_number

_NUMBER = r"(?<![\w.,:/#$\u20ac\u00a3+-])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_WITH_UNIT = re.compile(rf"{_NUMBER}(?:\s|-)?(?P<unit>{_UNIT})(?![\w/%])", re.IGNORECASE)
_PLAIN = re.compile(rf"{_NUMBER}(?P<thousand>k)?(?![\w.,:/%]*\w)(?!%)", re.IGNORECASE)
_A_TIME = re.compile(
    r"\b(?:for|than|over|run|runs|takes?|lasts?|wait) (?P<article>half an|an?|one) "
    r"(?P<unit>hour|minute|day|week|month|year)\b(?! half)"
)
_RATE = re.compile(
    r"\s*(?:\w+\s+){0,4}?(?:/|per |an? |each |every )\s*(?:s|sec|seconds?|min|minutes?|hours?|days?"
    r"|weeks?|months?)\b"
)
_SPELLED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|hundred"
    r"|thousand|million|dozens?|several|multiple|many|both|half|twice|double)\b"
)
_TOTALS = re.compile(r"\b(?:each|batch|batches|total|together|combined|altogether|sum|times)\b")
_BEFORE = re.compile(
    r"\b(?:and|after|before|until|till|in|since|within|every|each|from|at|past|last|by|next|only"
    r"|version|v|python|node|java|ruby|port|status|error|code|http|year)\s*$"
)
_AFTER = re.compile(r"\s*(?:ago|old|later|away)\b")
_STATUS_CODES = range(400, 600)
"""`429s` are answers, not seconds."""
_YEARS = range(2010, 2040)


class Comparison(Enum):
    """How the number is meant: `20 MB`, `more than 20 MB`, `less than 20 MB`."""

    THAT = "that"
    MORE = "more"
    LESS = "less"


_COMPARISONS = {
    Comparison.MORE: re.compile(
        r"(?:\b(?:(?:more|greater|larger|bigger|longer|higher|larger) than|over|above|beyond"
        r"|exceed(?:s|ing)?)|>)\s*(?:an? )?$"
    ),
    Comparison.LESS: re.compile(
        r"(?:\b(?:(?:less|fewer|smaller|shorter|lower) than|under|below)|<)\s*(?:an? )?$"
    ),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity in a lower-case text, and the text before and after it."""

    quantity: Quantity
    comparison: Comparison
    before: str
    after: str


def only_mention(text: str, unit: Unit, limited: str) -> Mention | None:
    """The one quantity in `text`, if it is of the kind of `unit` and nothing else is counted.

    Things that are counted must bear the name of what is limited: `300 subnets` for the limit
    of `subnets per VPC`.
    """
    dimension = unit.dimension
    found = list(
        _counts(text, limited) if dimension is Dimension.COUNT else _measures(text, dimension)
    )
    numbers = {match.start() for kind in (_PLAIN, _WITH_UNIT) for match in kind.finditer(text)}
    if len(found) != 1 or len(numbers) > 1 or _SPELLED.search(text) or _TOTALS.search(text):
        return None
    mention = found[0]
    if _BEFORE.search(mention.before) or _AFTER.match(mention.after):
        return None
    return mention


def _measures(text: str, dimension: Dimension) -> list[Mention]:
    found = []
    for match in _WITH_UNIT.finditer(text):
        unit, number = UNITS[match["unit"]], parse_number(match["number"])
        if unit.dimension is not dimension or number is None or _RATE.match(text, match.end()):
            continue
        if match["unit"] == "s" and number in _STATUS_CODES:
            continue
        found.append(_mention(text, match, Quantity(number, unit)))
    for match in _A_TIME.finditer(text) if dimension is Dimension.TIME else ():
        unit = UNITS[match["unit"]]
        amount = 30 if match["article"] == "half an" else 1
        half = match["article"] == "half an"
        if half and unit is not Unit.HOURS:
            continue
        quantity = Quantity(amount, Unit.MINUTES if half else unit)
        found.append(_mention(text, match, quantity, match.start("article")))
    return found


def _counts(text: str, limited: str) -> list[Mention]:
    thing = counted_thing(limited)
    found = []
    for match in _PLAIN.finditer(text):
        number = parse_number(match["number"])
        following = words(text[match.end() :])[:3]
        if number != 1:
            following = [word for word in following if word.endswith("s")]
        if not isinstance(number, int) or number in _YEARS or thing not in map(stem, following):
            continue
        if _RATE.match(text, match.end()):
            continue
        quantity = Quantity(number * 1000 if match["thousand"] else number, Unit.COUNT)
        found.append(_mention(text, match, quantity))
    return found


def counted_thing(limited: str) -> str:
    """The stem of what is counted: `subnet` of `private subnets per VPC`."""
    head = re.split(r"\b(?:per|in|for|of|with|within|by)\b", limited)[0]
    return stem((words(head) or words(limited) or [""])[-1])


def _mention(
    text: str, match: re.Match[str], quantity: Quantity, start: int | None = None
) -> Mention:
    before = text[: match.start() if start is None else start]
    comparison = next(
        (kind for kind, pattern in _COMPARISONS.items() if pattern.search(before)), Comparison.THAT
    )
    return Mention(quantity, comparison, before, text[match.end() :])
