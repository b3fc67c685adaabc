"""Which aspects of its subject a question asks about, and which ones a fact covers."""

from __future__ import annotations

import re
from enum import Flag, auto
from functools import cache


class Aspect(Flag):
    """What is asked about a thing; a question may ask for several, or for none in particular."""

    NONE = 0
    LIMIT = auto()
    DEFAULT = auto()
    MEANING = auto()
    CAUSE = auto()
    HOW_TO = auto()
    DIFFERENCE = auto()
    POSSIBILITY = auto()
    PERMISSION = auto()
    PRICE = auto()
    REGION = auto()
    NAMING = auto()
    DATE = auto()


_ASKED = {
    Aspect.LIMIT: r"""
        \bhow\ (?:many|big|large|deep)\b
        | \b(?:max(?:imum|imal)?|min(?:imum)?|limits?|quotas?|at\ most|largest|biggest|longest
            |smallest|ceiling)\b
    """,
    Aspect.DEFAULT: r"\b(?:defaults?|dflt)\b",
    Aspect.MEANING: r"""
        ^\W*(?:so\ |hey\ |hi\ |ok\ )?
            (?:what(?:'?s|\ is|\ are|\ was)|whats|wats?|define|explain|meaning\ of)\b
            (?!\ the\ (?:difference|max|limit|default|cost|price|best))
        | \bmean(?:s|ing)?\b | \bwhat\ (?:does|do)\b
    """,
    Aspect.CAUSE: r"""
        \b(?:why|how\ come|causes?|caused|reasons?|fail(?:s|ed|ing|ure)?|error(?:s|ed|ing)?
            |not\ work(?:ing)?|broken?|stuck|hang(?:s|ing)?|timed?\ ?out|denied|rejects?|rejected
            |unable|refuse[sd]|won'?t|isn'?t|can'?t|cannot)\b
    """,
    Aspect.HOW_TO: r"""
        \bhow\ (?:do|can|to|would|should|does\ one|did\ you)\b
        | \b(?:steps|ways?|guide|example|tutorial)\ (?:to|for|of)\b | \bset(?:ting)?\ up\b
    """,
    Aspect.DIFFERENCE: r"\b(?:vs|versus|differ(?:s|ences?|ent)?|compare[ds]?|comparison)\b",
    Aspect.POSSIBILITY: r"""
        ^\W*(?:can|could|may|does|do|is|are|will)\b
        | \b(?:possible|supports?(?:ed)?|able\ to|allowed\ to)\b
        | \b(?:can|may)\ (?:i|we|you|it|one)\b
    """,
    Aspect.PERMISSION: r"""
        \b(?:(?:which|what)\ (?:iam\ )?permissions?|iam\ polic(?:y|ies)\ (?:to|for)
            |which\ actions?)\b
    """,
    Aspect.PRICE: r"""
        \b(?:costs?|pric(?:e[sd]?|ing)|(?:is|be|get|gets|are)\ (?:charged|billed|free)|charges?
            |free\ tier)\b
        | \$\ ?\d | \bhow\ much\ (?:is|does|do|for|will|would)\b
    """,
    Aspect.REGION: r"""
        \bwhich\ regions?\b | \bregions?\ (?:available|support)\w*
        | \bavailable\ in\ .{0,20}region
    """,
    Aspect.NAMING: r"\b(?:naming|called|rename[ds]?|what\ is\ the\ name)\b",
    Aspect.DATE: r"""
        \bwhen\ (?:was|were|did|will)\b
        | \b(?:since\ when|deprecat(?:e[sd]?|ion|ing)|end\ of\ (?:life|support)|eol|sunset
            |release\ date|discontinued?)\b
    """,
}

_COVERED = {
    Aspect.LIMIT: r"""
        \d | \b(?:max(?:imum)?|limits?|quotas?|at\ most|unlimited|two|three|four|five|six|ten
            |hundred)\b
    """,
    Aspect.DEFAULT: r"\b(?:defaults?|unless|automatically|initially|without|if)\b",
    Aspect.DIFFERENCE: r"""
        \b(?:vs|versus|differ(?:s|ence|ences|ent)?|whereas|while|instead|unlike|both|but|rather
            |other|compared?|only|two|than|not|either)\b
        | [;:]
    """,
    Aspect.PERMISSION: r"""
        \b(?:permissions?|polic(?:y|ies)|allow(?:s|ed)?|grant(?:s|ed)?|roles?|iam|authorized
            |principal|access)\b
    """,
    Aspect.PRICE: r"""
        \b(?:costs?|pric(?:e[sd]?|ing)|charg(?:e[sd]?|ing)|free|bill(?:s|ed|ing)?|cheap(?:er|est)?
            |fees?|pay)\b
        | \$
    """,
    Aspect.REGION: r"\bregions?\b | \b(?:us|eu|ap|sa|ca)-\w+-\d\b",
    Aspect.DATE: r"""
        \b(?:19|20)\d\d\b
        | \b(?:deprecat\w+|end\ of\ (?:life|support)|retired?|no\ longer|discontinued|still|since
            |until|supported)\b
    """,
}

_ASKED_PATTERNS = {
    aspect: re.compile(pattern, re.IGNORECASE | re.VERBOSE) for aspect, pattern in _ASKED.items()
}
_REVERSED = re.compile(
    r"""
    \b(?:without|instead\ of|other\ than|rather\ than|except|restrict\w*|prevent\w*|not|no\ longer
        |never|isn'?t|aren'?t|don'?t|doesn'?t|won'?t|can(?:'?t|not)|no)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CONTRAST = re.compile(
    r"\b(?:without|instead of|other than|rather than|except|no longer)\b(.*)", re.IGNORECASE
)


def asked_aspects(text: str) -> Aspect:
    """What a question asks about its subject."""
    found = Aspect.NONE
    for aspect, pattern in _ASKED_PATTERNS.items():
        if pattern.search(text):
            found |= aspect
    return found


@cache
def _covered_patterns() -> dict[Aspect, re.Pattern[str]]:
    """Compiled only where facts are indexed."""
    flags = re.IGNORECASE | re.VERBOSE
    return {aspect: re.compile(pattern, flags) for aspect, pattern in _COVERED.items()}


def covered_aspects(text: str) -> Aspect:
    """The aspects that a fact's text shows signs of; those that need no sign are left out."""
    found = Aspect.NONE
    for aspect, pattern in _covered_patterns().items():
        if pattern.search(text):
            found |= aspect
    return found


NEEDING_SIGNS = (
    Aspect.LIMIT | Aspect.DEFAULT | Aspect.DIFFERENCE | Aspect.PERMISSION | Aspect.PRICE
    | Aspect.REGION | Aspect.DATE
)  # fmt: skip
"""Aspects that a fact must speak of to answer a question about them."""


def contrasted(text: str) -> str:
    """What a question excludes: all that follows `without`, `instead of` and the like."""
    found = _CONTRAST.search(text)
    return found[1] if found else ""


def is_reversing(text: str) -> bool:
    """Whether a text denies, excludes or replaces something."""
    return bool(_REVERSED.search(text))
