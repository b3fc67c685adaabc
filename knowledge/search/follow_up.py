"""Questions that only make sense after an answer: `and in lambda?`, `the default?`, `why?`."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from knowledge.model import Fact
from knowledge.search.parsing import Group, QuestionParser
from knowledge.search.question import Reading
from knowledge.search.ranking import Ranker, WeighedQuestion
from knowledge.search.result import Match, Outcome, Result

MAX_WORDS = 6
"""A longer text asks by itself."""

_MORE = (
    r"(?:but |and |so |ok |okay )*"
    r"(?:why(?: is that| so| not)?|how come|how so|more|tell me more|go on"
    r"|(?:more )?details?|explain|elaborate|since when|source|says who|really|what does that mean"
    r"|any (?:more )?details?|link)"
)
_CUE = (
    r"(?:ok(?:ay)?[ ,]+)?(?:(?:and|but|so)[ ,]+)?"
    r"(?P<cue>what about|how about|and|but|same (?:for|in|with|on)|for|in|with|on|the|what'?s the"
    r"|what is the|whats the|or)[ ,]+(?P<rest>.+)"
)
_ASPECT_WORDS = frozenset(
    """
    default maximum max minimum min limit limits quota price cost costs pricing name names region
    regions syntax format type types size length timeout retention permission permissions reason
    alternative alternatives difference example
    """.split()  # noqa: SIM905
)

_DEGREES = frozenset(("usual", "hard", "soft", "typical", "normal"))
MIN_SUBJECT_SHARE = 0.6
"""Share of the last fact's subject that another fact must hold to be the same about a service."""
MIN_TITLED_SHARE = 0.25
"""The same for a fact whose title holds what the text names."""
MIN_ASPECT_SHARE = 0.4
"""The same where the text names only an aspect, such as the maximum, which other facts have too."""


class FollowUpKind(Enum):
    """What a follow-up asks for."""

    MORE = "more about the same fact"
    OTHER = "the same about something else"
    ASPECT = "something else about the same"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`rest` is what a text names after its cue; empty for `why?`."""

    kind: FollowUpKind
    rest: str = ""


def read_follow_up(text: str) -> FollowUp | None:
    """The follow-up that a text is, if it has an explicit cue; None for a question of its own."""
    said = " ".join(text.lower().replace("\u2019", "'").strip(" ?!.,").split())
    if not said or len(said.split()) > MAX_WORDS:
        return None
    if re.fullmatch(_MORE, said):
        return FollowUp(FollowUpKind.MORE)
    found = re.fullmatch(_CUE, said)
    if not found:
        return None
    rest = found["rest"]
    if found["cue"] in ("the", "what's the", "what is the", "whats the"):
        return FollowUp(FollowUpKind.ASPECT, rest) if _asks_aspect(rest) else None
    return FollowUp(FollowUpKind.OTHER, rest)


def _asks_aspect(rest: str) -> bool:
    """Whether what follows `the` is something that every subject has, such as a default."""
    words = rest.split()
    return len(words) <= 2 and words[-1] in _ASPECT_WORDS and not _names_subject(words[:-1])


def _names_subject(words: Collection[str]) -> bool:
    return any(word not in _ASPECT_WORDS and word not in _DEGREES for word in words)


class FollowUps:
    """Answers what is asked about the fact shown last.

    Only what leads from that fact's subject is found; nothing else is ever given instead.
    """

    def __init__(
        self,
        numbers: Sequence[int],
        parser: QuestionParser,
        ranker: Ranker,
    ) -> None:
        """`numbers` are those of the facts that may be found."""
        self._numbers = numbers
        self._parser = parser
        self._ranker = ranker
        self._index = ranker.index

    def answer(self, last: Fact, text: str) -> Result | None:
        """What a text asks about a fact; None if it is a question of its own."""
        follow_up = read_follow_up(text)
        if follow_up is None:
            return None
        if follow_up.kind is FollowUpKind.MORE:
            return Result(text, Match(last, 1.0), (), Outcome.ANSWER, detailed=True)
        asked = self._parser.parse(follow_up.rest)
        services = asked.services - {f":{last.service}"}
        wanted = [group for group in asked.reading.groups if group[0] not in asked.reading.naming]
        if not services and not wanted:
            return None
        titled_share = (
            MIN_ASPECT_SHARE if follow_up.kind is FollowUpKind.ASPECT else MIN_TITLED_SHARE
        )
        found = self._nearest(last, services, wanted, titled_share)
        if found is None:
            return Result(text, None, (), Outcome.UNKNOWN)
        return Result(text, Match(found, 1.0), (), Outcome.ANSWER)

    def _nearest(
        self,
        last: Fact,
        services: Collection[str],
        wanted: Sequence[Group],
        titled_share: float,
    ) -> Fact | None:
        """The fact nearest to `last`, in one of the services or its own, that holds all words."""
        subject = self._ranker.weigh(self._subject(last))
        within = services or {f":{last.service}"}
        spans = [self._index.spans_of(group) for group in wanted]
        best, most = None, 0.0
        for number in self._numbers:
            fact = self._ranker.facts[number]
            if f":{fact.service}" not in within:
                continue
            if not all(self._index.is_named_by(number, span) for span in spans):
                continue
            titled = all(self._index.is_titled_by(number, span) for span in spans)
            share = self._share(subject, number)
            need = titled_share if wanted and titled else MIN_SUBJECT_SHARE
            if share >= need and share > most:
                best, most = fact, share
        return best

    def _share(self, weighed: WeighedQuestion, number: int) -> float:
        """How much of some words a fact's title and keywords hold, from 0 to 1."""
        held = sum(
            rarity
            for rarity, spans in zip(weighed.rarities, weighed.spans, strict=True)
            if self._index.is_named_by(number, spans)
        )
        return held / weighed.total if weighed.total else 0.0

    def _subject(self, fact: Fact) -> Reading:
        """A fact's title without the names of services."""
        reading = self._parser.parse(fact.title).reading
        groups = [group for group in reading.groups if group[0] not in reading.naming]
        return replace(reading, groups=tuple(groups), names={})
