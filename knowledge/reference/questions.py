"""Read a question about an exact name: the name, and what is asked about it.

Nearly every word must be known: a word beyond names and these few says that more is asked than the
data can tell, such as why something fails.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Flag, auto
from functools import cache

MIN_CHARS, MAX_CHARS = 3, 160
MAX_UNKNOWN_WORDS = 6
"""Words that aren't ours, so that they have to be names, or parts of names."""


class Intent(Flag):
    """What is asked about a name; several may be, or none in particular."""

    NONE = 0
    ERRORS = auto()
    REQUIRED = auto()
    PARAMETERS = auto()
    VALUES = auto()
    CHANGE = auto()
    STATUS = auto()
    DATES = auto()
    SPELLING = auto()
    REGION = auto()
    ATTRIBUTES = auto()
    OPERATIONS = auto()
    NEGATED = auto()


_WORDS = {
    Intent.NONE: """
        a about all amazon an and any anyone anything are as aws be been belong belongs by called
        can come comes could did do does exact exactly exist exists for from get gets give gives
        had has have hello hey hi i if in is it its kind know list listed lists me mean meaning
        means name named names of on one ones or part please pls plz return returned returns say
        see service services set should show so some somebody someone sort stand stands take takes
        tell that the there these this those to type u us use used uses was we what whats which
        who whose will with would you resource resources template full only
        really actually bucket cluster definition instance queue table task topic
    """,
    Intent.ERRORS: """
        error errors exception exceptions fault faults raise raised raises throw throwing thrown
        throws
    """,
    Intent.REQUIRED: """
        compulsory mandatory must necessary need needed needs obligatory require required requires
    """,
    Intent.PARAMETERS: """
        arg args argument arguments field fields input inputs param parameter parameters params prop
        properties property props member
    """,
    Intent.VALUES: """
        accept accepted accepts allow allowed allows choices enum enums legal option options
        permitted possible valid value values
    """,
    Intent.CHANGE: """
        cause causes change changed changes changing create-only createonly force forces immutable
        modified modify modifying recreate recreated recreates recreation replace replaced
        replacement replaces replacing trigger triggers update updated updates updating mutable
    """,
    Intent.STATUS: "code codes http status statuscode",
    Intent.DATES: """
        date dates deprecate deprecated deprecates deprecation end eol eos life lifecycle
        retired retirement runtime runtimes still successor sunset support supported until when
        supports
    """,
    Intent.SPELLING: "boto boto3 cli command method python sdk function",
    Intent.REGION: """
        availability available code endpoint endpoints located location region regions where
    """,
    Intent.ATTRIBUTES: "attribute attributes fn getatt output outputs",
    Intent.OPERATIONS: "action actions api apis call calls operation operations request",
    Intent.NEGATED: "no not without in-place place",
}
"""What words ask for. Those of `NONE` ask for nothing, and a word may ask for several things."""
_BEYOND = frozenset(
    """
    how why limit limits limited quota quotas max maximum maximal min minimum size sizes length
    lengths long longer longest large larger largest big bigger biggest small smaller smallest
    timeout timeouts throughput rate rates tps count counts byte bytes kb mb gb tb kib mib gib tib
    second seconds minute minutes hour hours day days cost costs costing price prices priced pricing
    charge charges charged bill bills billed billing fee fees free cheap cheaper expensive
    """.split()  # noqa: SIM905
)
"""Words about sizes, prices, causes, and instructions, which the data says nothing about."""
_COUNTED = re.compile(r"\bhow many (?:aws )?(services|apis|operations)\b", re.IGNORECASE)
_RUNTIME = re.compile(
    r"\b(python|node(?:\.?js)?|java|dotnet(?:core)?|ruby|go|provided)[ .-]?"
    r"(\d+(?:\.\d+|\.x)?|al2(?:023)?\b)?(\.al2(?:023)?)?(?![\w.]*::)(?!\w)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_GENITIVE = re.compile(r"['\u2019]s\b")
_TOKEN = re.compile(r"AWS::\w+(?:::\w+)*|[A-Za-z0-9](?:[\w.:/+-]*\w)?", re.IGNORECASE)
REGION_CODE = re.compile(r"[a-z]{2,4}(?:-gov|-isob?|-iso[ef])?-[a-z]+-\d")
_EXACT = re.compile(
    r"[a-z0-9][A-Z]|[A-Z][A-Z]+[a-z]|\w_\w|^[A-Z0-9]+$|::|\w[:.]\w|[a-z]+-[a-z]+-\d|^[a-z]+-[a-z]+"
)
"""What no plain word looks like."""


_BESIDE_NAMES = frozenset(
    """
    action actions availability available endpoint endpoints operation operations region regions
    """.split()  # noqa: SIM905
)
"""Next to one of these, a plain word may be a name: Zurich, or the operation Scan."""
MIN_LONG_CHARS = 8
"""A word with this many letters is recognized even if two of them are wrong."""
MIN_JOINED_CHARS = 12
"""A word with this many letters may be a name that was typed without its capitals."""


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """The words of a question; `runtime` is the identifier of a Lambda runtime among them."""

    words: tuple[str, ...]
    runtime: str = ""


def read_question(text: str) -> ReadQuestion | None:
    """Take a question apart; None if it can't be one about an exact name. Takes microseconds."""
    if not MIN_CHARS <= len(text) <= MAX_CHARS:
        return None
    if "how many" in text:
        text = _COUNTED.sub(r"which \1", text)
    if "'" in text or "\u2019" in text:
        text = _GENITIVE.sub("", text)
    runtime, text = _runtime(text) if _DIGIT.search(text) else ("", text)
    meanings, is_named, unknown = _meanings(), bool(runtime), 0
    words = _TOKEN.findall(text)
    for word in words:
        plain = word.lower()
        if plain in _BEYOND:
            return None
        if plain in meanings:
            is_named = is_named or plain in _BESIDE_NAMES
            continue
        unknown += 1
        if unknown > MAX_UNKNOWN_WORDS:
            return None
        is_named = is_named or may_be_exact(word)
    return ReadQuestion(tuple(words), runtime) if is_named else None


def meaning(word: str) -> Intent | None:
    """What one of our words asks for; None for any other word."""
    return _meanings().get(word.lower())


def looks_exact(word: str) -> bool:
    """Whether a word is written as names in code are, or with a capital letter."""
    return not word.isdigit() and (word[:1].isupper() or bool(_EXACT.search(word)))


def may_be_exact(word: str) -> bool:
    """Whether a word looks exact, or like a name that was typed without its capitals."""
    return looks_exact(word) or len(word) >= MIN_JOINED_CHARS


def is_misspelled(word: str) -> bool:
    """Whether a word is one of ours but for a letter or two.

    In a short word, another letter makes another word: prod isn't a misspelled prop.
    """
    if len(word) < 4 or not word.islower() or not word.isalpha():
        return False
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    most = 1 if len(word) < MIN_LONG_CHARS else 2
    found = process.extractOne(word, _long_words(), scorer=OSA.distance, score_cutoff=most)
    if found is None or len(word) >= MIN_LONG_CHARS or len(found[0]) != len(word):
        return found is not None
    return sorted(found[0]) == sorted(word)


def _runtime(text: str) -> tuple[str, str]:
    """The identifier of a Lambda runtime, as AWS writes it, and the text without it."""
    for found in _RUNTIME.finditer(text):
        family, version, image = found[1].lower(), (found[2] or "").lower(), found[3] or ""
        if not version:
            continue
        if family.startswith("node"):
            family, version = "nodejs", version if "." in version else f"{version}.x"
        if family == "go":
            version = "1.x"
        joint = "." if family == "provided" else ""
        identifier = f"{family}{joint}{version}{image.lower()}"
        return identifier, f"{text[: found.start()]} {text[found.end() :]}"
    return "", text


@cache
def _meanings() -> Mapping[str, Intent]:
    found: dict[str, Intent] = {}
    for intent, words in _WORDS.items():
        for word in words.split():
            found[word] = found.get(word, Intent.NONE) | intent
    return found


@cache
def _long_words() -> list[str]:
    return [word for word in _meanings() if len(word) >= 4]
