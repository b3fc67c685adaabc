"""What a file alone cannot show: quiz questions that are unfair, facts that clash with others."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA

from knowledge.files.faults import Fault, Place
from knowledge.model import WRONG_OPTION_COUNT, Fact, FactsById, Question
from knowledge.search.language import STOPWORDS, stem, words

_TURNS = ("a", "un", "in", "non", "dis")


def question_faults(question: Question) -> Iterator[str]:
    """Say what makes a quiz question unfair, one sentence a fault."""
    if len(question.wrong) != WRONG_OPTION_COUNT:
        count = len(question.wrong)
        yield f"a question needs exactly {WRONG_OPTION_COUNT} wrong options, not {count}."
    options = (question.right, *question.wrong)
    for index, option in enumerate(options):
        for other in options[:index]:
            if _alike(option, other):
                yield f"the options {other!r} and {option!r} are nearly the same; change one."
    if question.right and _gives_away(question):
        yield "the question gives its answer away: it repeats the right option's words."


def _alike(left: str, right: str) -> bool:
    """Whether two options differ by at most a letter once endings and small words are gone.

    A prefix that turns the meaning (synchronous, asynchronous) makes them different.
    """
    if re.findall(r"\d+", left) != re.findall(r"\d+", right):
        return False
    left, right = sorted((_content(left), _content(right)), key=len)
    if left == right or any(prefix + left == right for prefix in _TURNS):
        return left == right
    return len(left) > 4 and OSA.distance(left, right, score_cutoff=1) <= 1


def _content(text: str) -> str:
    found = [stem(word) for word in words(text) if word not in STOPWORDS]
    return " ".join(found) or text.strip().casefold()


def _gives_away(question: Question) -> bool:
    """Whether the question says most of what only the right option says."""
    asked = set(words(question.text))
    wrong = {word for option in question.wrong for word in words(option)}
    telling = set(words(question.right)) - STOPWORDS - wrong
    return len(telling & asked) > 0.6 * len(telling)


def _alias_faults(facts: Mapping[str, Fact], places: Mapping[str, Place]) -> Iterator[Fault]:
    """Find aliases that could mean two facts.

    Facts of different folders may clash: a team's folder must not break when ours are merged.
    """
    folders = {fact_id: os.path.dirname(place.file) for fact_id, place in places.items()}
    owners: dict[tuple[str, str], str] = {}
    for fact in facts.values():
        file, line = places[fact.id]
        for alias in fact.aliases:
            if folders.get(alias) == folders[fact.id]:
                yield Fault(
                    file,
                    line,
                    f"{fact.id}: the alias {alias} is already the ID of a fact; remove one.",
                )
            owner = owners.setdefault((folders[fact.id], alias), fact.id)
            if owner != fact.id:
                yield Fault(
                    file, line, f"{fact.id}: the alias {alias} also belongs to {owner}; keep one."
                )


@lru_cache(maxsize=50_000)
def _plain(text: str) -> str:
    """A text's plain words; cached, because a form compares its fact with all others' texts."""
    return " ".join(words(text))


def check_together(
    facts: Mapping[str, Fact],
    places: Mapping[str, Place],
    lost_ids: Collection[str] = (),
) -> Iterator[Fault]:
    """Find dangling relations, clashing ids, and texts that two facts share.

    `lost_ids` are those of facts that are there but cannot be read.
    """
    yield from _alias_faults(facts, places)
    seen: dict[tuple[str, str], str] = {}
    known = FactsById(facts.values())
    for fact in facts.values():
        file, line = places[fact.id]
        for other in fact.related:
            if other in lost_ids:
                continue
            if other not in known:
                yield Fault(file, line, f"{fact.id}: related names {other}, which isn't a fact.")
            elif known[other] is fact:
                yield Fault(file, line, f"{fact.id}: a fact can't be related to itself.")
        texts = [("title", fact.title), ("answer", fact.answer)]
        texts += [("phrasing", phrasing) for phrasing in fact.phrasings]
        for kind, text in texts:
            scope = fact.service if kind == "title" else ""
            key = (kind + scope, _plain(text))
            if seen.setdefault(key, fact.id) != fact.id and key[1]:
                yield Fault(
                    file,
                    line,
                    f"{fact.id}: the {kind} {text!r} also belongs to {seen[key]}; change one.",
                )
