"""From what a person typed to comparable tokens."""

from __future__ import annotations

import re
import unicodedata

_COMPOUND = re.compile(r"[A-Za-z0-9$]+(?:[-_.:/][A-Za-z0-9]+)*")
_PART = re.compile(r"[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+[a-z]*")
_SEPARATOR = re.compile(r"[^a-z0-9]")
_NUMBER_UNIT = re.compile(r"(\d+)(ms|s|sec|secs|m|min|mins|h|hr|hrs|d|kb|kib|mb|mib|gb|gib)")
_UNITS = {
    "s": "second", "sec": "second", "secs": "second", "ms": "millisecond",
    "m": "minute", "min": "minute", "mins": "minute", "h": "hour", "hr": "hour",
    "hrs": "hour", "d": "day", "kib": "kb", "mib": "mb", "gib": "gb",
}  # fmt: skip

STOPWORDS = frozenset(
    """
    a an and are as at be but by for from if in into is it its no not of off on or so such that the
    their then there these they this to was were will with i im you your we our my me us do does did
    can could would what whats which how about hey hi pls please wat wats wht wut dose wich teh ur
    r u y n
    aws amazon
    """.split()  # noqa: SIM905
)
"""Words that never help: all others are weighed by how rare they are in the facts."""


def clean(text: str) -> str:
    """Fold look-alike letters and accents, drop apostrophes."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).replace("\u2019", "")
        text = "".join(c for c in text if not unicodedata.combining(c))
    return text.replace("'", "")


def compounds(text: str) -> list[str]:
    """The words and identifiers of a clean text, as typed."""
    if text.isascii() and text.replace(" ", "").isalnum():
        return text.split()  # several times as fast
    return _COMPOUND.findall(text)


def split(compound: str) -> tuple[str, ...]:
    """A compound's plain word, followed by its parts if it has any.

    `AllowedOrigin` gives ("allowedorigin", "allowed", "origin"), `29s` ("29s", "29", "second").
    """
    lower = compound.lower()
    if lower == compound and compound.isalpha():
        return (_UNITS.get(lower, lower),)
    whole = _SEPARATOR.sub("", lower)
    unit = _NUMBER_UNIT.fullmatch(whole)
    if unit:
        return (whole, unit[1], _UNITS.get(unit[2], unit[2]))
    parts = [part.lower() for part in _PART.findall(compound)]
    return (whole, *parts) if len(parts) > 1 else (_UNITS.get(whole, whole),)


def words(text: str) -> list[str]:
    """The plain words of a text: lower case, identifiers whole and without punctuation."""
    return [split(compound)[0] for compound in compounds(clean(text))]


def stem(word: str) -> str:
    """Cut a word's ending so that its forms meet: polling, polled and polls give poll."""
    if len(word) < 4 or not word.isalpha():
        return word
    word = _singular(word)
    for ending in ("ing", "ed"):
        root = word[: -len(ending)]
        if word.endswith(ending) and len(root) >= 3 and re.search("[aeiouy]", root):
            word = root[:-1] if root[-1] == root[-2] and root[-1] not in "lsz" else root
            break
    if word.endswith(("ally", "ment")) and len(word) > 7:
        word = word[:-4]
    elif word.endswith(("tion", "sion")) and len(word) > 5:
        word = word[:-3]
    elif word.endswith(("izer", "iser")):
        word = word[:-2]
    word = word[:-1] if word.endswith("e") and len(word) > 4 else word
    word = word[:-2] if word.endswith("at") and len(word) >= 6 else word
    return word[:-1] + "z" if word.endswith("is") and len(word) > 5 else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
