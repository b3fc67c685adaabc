"""Yes or no, from a number in the question and the number that a fact is about.

A wrong verdict is worse than none: whatever is not clearly one of the few shapes below gets none.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from knowledge.model import Fact, FactValue, Kind
from knowledge.search.language import STOPWORDS, stem, words
from knowledge.search.mentions import Comparison, Mention, only_mention
from knowledge.search.pasted import is_pasted
from knowledge.values import Dimension, Quantity, Unit

MAX_JUDGED_CHARS = 200
"""A longer text tells a story, in which a number may be anything."""


class Shape(Enum):
    """What a question wants to know of its number."""

    ALLOWED = auto()
    TOO_MUCH = auto()
    IS_LIMIT = auto()
    IS_DEFAULT = auto()
    STATED = auto()
    UNCLEAR = auto()


_POLITE = r"^(?:(?:hey|hi|hello|so|ok|and|but|pls|please|quick question)[\s,:]+)*"
_CAN = re.compile(
    _POLITE + r"(?:can|could|may|will|would|do|does)\b(?! not\b)"
    r"|\b(?:can|could|may) (?:i|we|you|it|one|a|an|the)\b"
    r"|\b(?:do|does) (?:it|lambda|sqs|s3|aws|they)\b"
)
_OK = re.compile(r"\b(?:ok|okay|fine|allowed|possible|valid|permitted|supported|fits?|accepted)\b")
_IS = re.compile(_POLITE + r"(?:is|are|was|isnt|is it true that)\b")
_STILL = re.compile(r"\b(?:still|right|correct|true)\b|\?\s*$")
_TOO_MUCH = re.compile(
    r"\btoo (?:big|large|long|much|many|high|great)\b"
    r"|\b(?:over|above|beyond|past|exceeds?|exceeding) (?:the|its|their|my)?\s*"
    r"(?:\w+ ){0,2}(?:limit|max|maximum|quota)\b"
)
_WITHIN = re.compile(r"\b(?:within|under|below) (?:the|its)?\s*(?:limit|max|maximum|quota)\b")
_LIMIT = re.compile(r"\b(?:limit(?:ed)?|max(?:imum)?|quota|ceiling|cap|capped)\b")
_DEFAULT = re.compile(r"\bdefaults?\b")
_CHANGES = re.compile(
    r"\b(?:rais(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|lift(?:ed|s)?|bump(?:ed)?|extend(?:ed)?"
    r"|lower(?:ed)?|reduced?|decreased?|changed?|upgraded?|hard|soft|appl(?:y|ies)|from)\b"
)
_OTHER_QUESTION = re.compile(
    r"\b(?:why|how (?:many|much|long|big|large|often|far)|what|when|where|which|who|whose|whom"
    r"|or|vs|versus|difference|costs?|price|pricing|charged?|pay|free|should|must|needs?|have to"
    r"|has to|enough|sufficient|best|recommended|instead|without|except|unless|between|min|minimum"
    r"|least|cheaper|faster|slower|expire[sd]?|delet(?:e|es|ed)|average|p99|throttled?|retry|retries)\b"
)
_STORY = re.compile(
    r"\b(?:why|how (?:do|can|to|would|should)|what (?:happens|if)|fail(?:s|ed|ing|ure)?|errors?"
    r"|dies|died|rejects?|rejected|denied|refuses?|refused|broken|stuck|cant|cannot|can not"
    r"|could not|couldnt|wont|doesnt|didnt|isnt|does not|is not|not)\b"
)
_DEFINITE = re.compile(r"\b(?:the|this|that|those|these)\s*$")
_ASKS_TO = re.compile(r"\b(?:can|could|may) (?:i|we|you|it|one)\b")
_EXCLUSIVE = [
    [re.compile(rf"\b(?:{words})\b") for words in group.split(" / ")]
    for group in (
        r"sync\w* / async\w*|event invo\w+",
        r"standard / fifo",
        r"standard / advanced|intelligent\w*",
        r"rest / https?(?: api\w*)? / websockets?",
        r"read\w* / writ\w+",
        r"on[- ]demand / provisioned",
        r"gsis?|global secondary / lsis?|local secondary",
        r"memory|ram / tmp|/tmp|disk|ephemeral|storage",
        r"zip\w*|zipped / unzipped|uncompressed / images?|containers?",
        r"header\w* / bod(?:y|ies)",
        r"name\w* / value\w*",
        r"upload\w* / download\w*",
        r"long poll\w* / short poll\w* / visibility / retention|retain\w* / delay\w*",
    )
]
_OUTSIDE = re.compile(r"\b(?:managed instances?|edge|snapstart|outposts|local zones?)\b")


def verdict(question: str, fact: Fact) -> str | None:
    """A sentence that begins with Yes or No, or states that the number is too much; or None."""
    value = fact.value
    if value is None or len(question) > MAX_JUDGED_CHARS or is_pasted(question):
        return None
    text = " ".join(question.lower().replace("'", "").replace("\u2019", "").split())
    if not _is_about(text, fact, value):
        return None
    mention = only_mention(text, value.unit, value.of)
    if mention is None:
        return None
    shape = _shape(text, mention, fact.kind, value)
    if shape is Shape.IS_DEFAULT:
        return _equal("default", value.standard, mention, value)
    if shape is Shape.IS_LIMIT:
        return _equal("limit", value.maximum, mention, value)
    return None if shape is Shape.UNCLEAR else _judge(shape, mention, value)


def _is_about(text: str, fact: Fact, value: FactValue) -> bool:
    """Whether the question may mean what the value limits, and not its counterpart.

    In a fact whose value is an aside, the question must name what is limited. A count names it.
    """
    if _OUTSIDE.search(text) and not _OUTSIDE.search(value.of.lower()):
        return False
    stated = f"{value.of} {fact.title}".lower()
    for group in _EXCLUSIVE:
        ours = [pattern for pattern in group if pattern.search(value.of.lower())]
        ours = ours or [pattern for pattern in group if pattern.search(stated)]
        asked = [pattern for pattern in group if pattern.search(text)]
        if ours and asked and not any(pattern in ours for pattern in asked):
            return False
        if len(asked) > 1:
            return False
    named = value.unit is Unit.COUNT or fact.kind in (Kind.LIMIT, Kind.DEFAULT)
    return named or _content(value.of) <= _content(text)


def _content(text: str) -> set[str]:
    return {stem(word) for word in words(text) if word not in STOPWORDS}


def _shape(text: str, mention: Mention, kind: Kind | None, value: FactValue) -> Shape:
    """What the question wants to know; UNCLEAR in case of doubt."""
    if _OTHER_QUESTION.search(text) and not _STORY.search(text):
        return Shape.UNCLEAR
    if _STORY.search(text):
        return Shape.STATED
    if _TOO_MUCH.search(text):
        return Shape.TOO_MUCH
    if _WITHIN.search(text):
        return Shape.ALLOWED
    if _DEFAULT.search(text):
        return Shape.IS_DEFAULT if not _CHANGES.search(text) else Shape.UNCLEAR
    if _CHANGES.search(text):
        return Shape.UNCLEAR
    if _LIMIT.search(text):
        settable = re.search(r"\b(?:set|configure|choose|use|with)\b", text)
        return Shape.UNCLEAR if settable else Shape.IS_LIMIT
    if _DEFINITE.search(mention.before):
        return Shape.UNCLEAR
    if _OK.search(text) or _ASKS_TO.search(text):
        return Shape.ALLOWED
    if _IS.search(text):
        only_limit = kind is Kind.LIMIT and value.default is None
        return Shape.IS_LIMIT if only_limit and _STILL.search(text) else Shape.UNCLEAR
    return Shape.ALLOWED if _CAN.search(text) else Shape.STATED


def _equal(name: str, actual: Quantity | None, mention: Mention, value: FactValue) -> str | None:
    """Whether the number is the limit, or the default."""
    if actual is None or mention.comparison is not Comparison.THAT:
        return None
    same = mention.quantity.equals(actual)
    if same is None:
        return None
    if same:
        return f"Yes: the {name} for {value.of} is {actual}."
    return f"No: the {name} for {value.of} is {actual}, not {mention.quantity}."


def _judge(shape: Shape, mention: Mention, value: FactValue) -> str | None:
    """Whether the number is within the limits."""
    low, high = value.minimum, value.maximum
    asked = mention.quantity
    over = _is_over(mention, high)
    under = _is_under(mention, low)
    if over:
        assert high is not None
        return _answer(shape, False, _over(mention, high, value), value)
    if under and low is not None and shape is Shape.ALLOWED:
        things = f" {value.of}" if value.unit is Unit.COUNT else _things(value)
        relation = f"less than the minimum of {low}{things}"
        return _answer(shape, False, f"{asked} is {relation}.", value)
    if over is None or under is None or high is None or shape is Shape.STATED:
        return None
    if mention.comparison is not Comparison.THAT:
        return None if shape is Shape.TOO_MUCH else f"Yes: {_bound(high, value)}."
    if asked.equals(high):
        return _answer(shape, True, f"{asked} is exactly the limit{_things(value)}.", value)
    return _answer(shape, True, f"{asked} is within {_limit(high, value)}.", value)


def _is_over(mention: Mention, high: Quantity | None) -> bool | None:
    """Whether too much is asked for; None if that is open."""
    if high is None or mention.comparison is Comparison.LESS:
        return False if high is None else None
    if mention.comparison is Comparison.MORE:
        return high.at_most(mention.quantity)
    fits = mention.quantity.at_most(high)
    return None if fits is None else not fits


def _is_under(mention: Mention, low: Quantity | None) -> bool | None:
    if low is None or mention.comparison is Comparison.MORE:
        return False
    fits = low.at_most(mention.quantity)
    return None if fits is None else not fits


def _over(mention: Mention, high: Quantity, value: FactValue) -> str:
    if mention.quantity.equals(high):
        return f"{_bound(high, value)}."
    return f"{mention.quantity} is more than {_limit(high, value)}."


def _answer(shape: Shape, fits: bool, text: str, value: FactValue) -> str:
    if shape is Shape.STATED:
        return text[0].upper() + text[1:]
    if shape is Shape.TOO_MUCH:
        return f"{'No' if fits else 'Yes'}: {text}"
    if not fits and value.adjustable:
        return f"Not by default: {text.replace('the default', 'the')} AWS can raise it on request."
    return f"{'Yes' if fits else 'No'}: {text}"


def _limit(high: Quantity, value: FactValue) -> str:
    """`the 15-minute limit for delays`, or `the limit of 5 layers per function`."""
    the = "the default" if value.adjustable else "the"
    if high.unit is Unit.COUNT:
        return f"{the} limit of {high} {value.of}"
    size = str(high)
    if high.unit.dimension in (Dimension.TIME, Dimension.CHARACTERS) and high.unit is not Unit.MS:
        size = f"{high.number:,}-{high.unit.value.removesuffix('s')}"
    return f"{the} {size} limit for {value.of}"


def _bound(high: Quantity, value: FactValue) -> str:
    if high.unit is Unit.COUNT:
        return f"the limit is {high} {value.of}"
    return f"the limit for {value.of} is {high}"


def _things(value: FactValue) -> str:
    return f" for {value.of}"
