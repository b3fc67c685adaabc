"""Leave out mere politeness: a greeting before a question, or thanks after it."""

from __future__ import annotations

import re

_ADDRESSEE = (
    r"(?:there|team|everyone|everybody|folks|guys|people|friends|both|bot|again|y'all|@?factbot"
    r"|all(?!\s+(?:my|the|of|our|these|those)\b))\b"
)
_GREETING = re.compile(
    r"(?i)\s*(?:(?:hi+|hello(?!\s+world)|hey+|hiya|howdy|yo|greetings"
    r"|good\s+(?:morning|afternoon|evening|day))\b"
    r"|(?:dear|morning)(?=\s*(?:[,!]|all\b|team\b|everyone\b|folks\b)))"
    rf"(?:[\s,]+{_ADDRESSEE}(?:\s+{_ADDRESSEE})*)?"
    r"(?-i:\s+[A-Z][a-z]+(?=\s*[,!\n]))?"
    r"[\s,!.:;-]*(?:\)\s*)?"
)
_OPENING = re.compile(
    r"(?i)\s*(?:(?:just\s+)?a\s+)?(?:quick\s+)?question(?:\s+for\s+you)?\s*[:,-]\s*"
)
_THANKS = re.compile(
    r"(?i)[\s,.;!-]*\b(?:many\s+thanks|thanks|thank\s+you|thx|ty|tia|cheers)"
    r"(?:\s+(?:in\s+advance|a\s+lot|so\s+much|very\s+much|all|team|everyone|folks))*[\s.!]*$"
)
_MAX_THANKS_CHARS = 80
_THANKFUL = frozenset(
    """
    amazing appreciated awesome brilliant cheers cool excellent good got great haha helped helpful
    helps lol lovely nice noted ok okay perfect sense sweet thank thanks thanx thx tia ty tysm works
    """.split()  # noqa: SIM905
)
_AROUND_THANKS = frozenset(
    """
    a again ah all answer appreciate bot bud bunch done everyone factbot folks for friend help i
    info is it job know lot lots makes many mate me much my now oh one really so super team that
    that's the then this to ton us very was we well work wow you
    """.split()  # noqa: SIM905
)
_WORD = re.compile(r"[\w'+]+")
_MAX_THANKS_WORDS = 8


def is_thanks(text: str) -> bool:
    """Whether a text from `read_message` only thanks or agrees, so that it needs no answer."""
    words = _WORD.findall(text.lower())
    said = set(words)
    is_polite = bool(said & _THANKFUL) and said <= _THANKFUL | _AROUND_THANKS
    return is_polite and len(words) <= _MAX_THANKS_WORDS and "?" not in text


def without_courtesy(text: str) -> str:
    """The text without a greeting at its start; "" if there is nothing else."""
    if greeting := _GREETING.match(text):
        text = text[greeting.end() :]
    if opening := _OPENING.match(text):
        text = text[opening.end() :]
    rest, end = text[:-_MAX_THANKS_CHARS], text[-_MAX_THANKS_CHARS:]
    thanks = _THANKS.search(end)
    if thanks and (rest or thanks.start() > 0):
        text = rest + end[: thanks.start()]
    return text.lstrip(" \n,;:-").rstrip(" \n,-")
