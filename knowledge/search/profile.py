"""What a fact is about, in the terms in which a question is taken apart."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.model import Fact, Kind
from knowledge.search.aspects import Aspect, covered_aspects, is_reversing
from knowledge.search.codes import Codes, find_codes
from knowledge.search.reader import Reader

_ASPECTS_OF_KINDS = {
    Kind.LIMIT: Aspect.LIMIT,
    Kind.DEFAULT: Aspect.DEFAULT,
    Kind.DIFFERENCE: Aspect.DIFFERENCE,
    Kind.PERMISSION: Aspect.PERMISSION,
}
"""What a fact of a kind speaks of, whatever its words."""


@dataclass(frozen=True, slots=True)
class FactProfile:
    """Its own service, and the names in the title, in all that it is asked by, and anywhere."""

    service: str
    titled: frozenset[str]
    about: frozenset[str]
    mentions: frozenset[str]
    codes: Codes
    aspects: Aspect
    reversing: bool
    is_definition: bool

    @property
    def says_what_it_is(self) -> bool:
        """Whether it explains a thing, by itself or beside others."""
        return self.is_definition or Aspect.DIFFERENCE in self.aspects


def profile_of(fact: Fact, mentions: frozenset[str], reader: Reader) -> FactProfile:
    """What a fact is about; `mentions` are all names in it, as the index found them."""
    texts = (fact.title, fact.answer, fact.detail or "", *fact.keywords, *fact.phrasings)
    said = " \n".join(texts)
    stated = f"{fact.title}. {fact.answer} {fact.detail or ''}"
    asked_as = reader.learn([fact.title, *fact.keywords, *fact.phrasings])
    return FactProfile(
        service=f":{fact.service}",
        titled=frozenset(reader.mentions(reader.learn([fact.title]))),
        about=frozenset((f":{fact.service}", *reader.mentions(asked_as))),
        mentions=mentions,
        codes=find_codes(said),
        aspects=covered_aspects(stated) | _aspect_of(fact.kind),
        reversing=is_reversing(said),
        is_definition=fact.kind is Kind.CONCEPT,
    )


def _aspect_of(kind: Kind | None) -> Aspect:
    return _ASPECTS_OF_KINDS.get(kind, Aspect.NONE) if kind else Aspect.NONE
