"""Messages that are no questions about AWS: greetings, thanks, jokes, yes and no, random typing."""

from __future__ import annotations

import re
from collections.abc import Collection

MAX_WORDS = 12
"""A longer message says something."""

_PATTERN = re.compile(
    r"""
    (?:who|what)\ (?:are|r)\ (?:you|u)(?:\ .{0,20})?
    | (?:what|who)(?:'?s|\ is)\ your\ (?:name|job|purpose|favou?rite\b.*)
    | who\ (?:made|built|created|wrote|owns|runs|maintains)\ (?:you|this|this\ bot|factbot)
    | are\ you\ (?:a\ |an\ )?
        (?:real|human|bot|robot|ai|person|alive|ok|okay|there|chatgpt|gpt|llm|sure)\b.*
    | do\ you\ (?:dream|sleep|love|like|feel|know\ me|remember\ me|speak|have\ feelings)\b.*
    | how\ (?:are|r)\ (?:you|u)\b.* | how'?s\ it\ going | how\ do\ you\ do
    | what'?s\ up | sup | wassup
    | how\ old\ are\ you | where\ are\ you\ (?:from|located)
    | (?:tell\ (?:me|us)|say|know)\ (?:a|another|some(?:thing)?)\ ?
        (?:joke|jokes|story|poem|funny)?\b.*
    | (?:write|sing|compose)\ (?:me\ )?(?:a|an)\ (?:poem|song|haiku|story|essay)\b.*
    | (?:what|whats|what's)(?:\ is)?\ the\ (?:time|date|day|weather)
        (?:\ (?:now|today|tomorrow|please|again|like|outside|there))*
    | (?:what|whats|what's)(?:\ is)?\ the\ meaning\ of\ life\b.*
    | (?:i'?m|i\ am)\ (?:bored|tired|hungry|sick|happy|sad|back|late|lost|off)\b.*
    | (?:i\ )?(?:want|need)\ (?:a\ )?(?:beer|coffee|holiday|vacation|lunch|hug|drink|nap)\b.*
    | (?:happy|merry)\ (?:birthday|friday|monday|new\ year|christmas|holidays|weekend)\b.*
    | (?:what|where|when)\b.{0,30}\b(?:for\ lunch|for\ dinner|to\ eat)\b.*
    | (?:so\ )?sorry\ (?:to\ hear|about|for|i)\b.*
    | (?:who|which\ team)\ won\b.*
    | whats?\ \d+\ (?:times|plus|minus)\ \d+ | \d+\s*[-+*/x]\s*\d+\s*=?
    | (?:ha){2,} | (?:he){2,} | l+o+l+ | z{3,}
    """,
    re.VERBOSE,
)
_FILLERS = frozenset(
    """
    a about am an and anybody anyone are asap asking be broken but can could do doesn't doesnt
    everybody everyone folks for friends from give got guys have hello help here hey hi how i i'm im
    is isn't issue it it's its just know like me my need no not now of ok okay on one or please pls
    plz problem problems question questions quick quickly really so some somebody someone something
    sorry thanks the there thing things this to um uh urgent urgently us very want we well work
    working works would wrong yes you
    """.split()  # noqa: SIM905
)
"""A message of nothing but these says nothing."""
_WORDS = re.compile(r"[a-z0-9+'*/=-]+")
_MASHED = re.compile(r"[bcdfghjklmnpqrstvwxz]{6,}|(?:asdf|qwer|zxcv|hjkl|jkl;|sdfg)")


def is_small_talk(text: str, phrases: Collection[str]) -> bool:
    """Whether a text asks nothing, or something that has nothing to do with AWS.

    `phrases` are whole messages that do, in lower case.
    """
    words = _WORDS.findall(text.lower().replace("\u2019", "'"))
    if not words:
        return True
    if len(words) > MAX_WORDS:
        return False
    said = " ".join(words)
    is_empty = _FILLERS.issuperset(words)
    return is_empty or said in phrases or bool(_PATTERN.fullmatch(said)) or _is_mashed(words)


def _is_mashed(words: list[str]) -> bool:
    """Whether somebody drummed on the keyboard."""
    return len(words) <= 2 and all(_MASHED.search(word) for word in words)
