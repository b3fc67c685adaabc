"""Reasons why a fact cannot be the answer, however many words it shares with the question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import Enum

from knowledge.search.aspects import NEEDING_SIGNS, Aspect
from knowledge.search.codes import is_generic_error
from knowledge.search.index import Index
from knowledge.search.parsing import Group, ParsedQuestion
from knowledge.search.profile import FactProfile

MAX_VAGUE_WORDS = 2
MAX_CONTESTED_WORDS = 4
MIN_TELLING_WORDS = 6
MIN_TELLING_SHARE = 0.75
"""A common error counts as specific if it comes with this many words and the fact has this share
of them."""
MIN_TELLING_RARITY = 0.5
"""How rare a word must be, from 0 to 1, to say by itself which fact is meant."""


class Mismatch(Enum):
    """Why a fact is not given as the answer, although it may be worth a `did you mean`."""

    SERVICE = "another service is named"
    TECHNOLOGY = "it is about something that is not AWS"
    IMPLIED_SERVICE = "another service is implied"
    ERROR = "another error is given"
    UNPLACED = "any service may give this error, and none is named"
    STATUS = "another HTTP status is given"
    ASPECT = "something else is asked about it"
    DEFINITION = "a definition answers neither why nor how to"
    COUNTED = "the number of something else is asked"
    SIDES = "it covers one side of a comparison"
    VAGUE = "a word or two, which may mean many things"
    CONTESTED = "a fact of another service goes by the same words"
    REVERSED = "the question excludes something, the fact does not"


LIFTED_BY_EXPLAINING = frozenset((
    Mismatch.ERROR, Mismatch.STATUS, Mismatch.DEFINITION, Mismatch.VAGUE, Mismatch.CONTESTED,
    Mismatch.ASPECT,
))  # fmt: skip
"""Reasons that don't rule out a fact that explains the error in the question."""
LIFTED_BY_OWN = frozenset((
    Mismatch.SERVICE, Mismatch.TECHNOLOGY, Mismatch.IMPLIED_SERVICE,
))  # fmt: skip
"""Reasons that don't count either if no other service gives that error: credentials can expire
during a call to S3, but an STS fact explains it."""


def mismatches(
    question: ParsedQuestion, number: int, index: Index, rivals: Sequence[int] = ()
) -> list[Mismatch]:
    """Everything that rules out the fact with this number; `rivals` are other likely ones."""
    fact = index.profile(number)
    placed = bool(question.services or question.implied)
    checks = {
        Mismatch.SERVICE: _is_of_another_service(question, fact),
        Mismatch.TECHNOLOGY: not placed and not question.technologies <= fact.titled,
        Mismatch.IMPLIED_SERVICE: any(not owners & fact.mentions for owners in question.implied),
        Mismatch.ERROR: _lacks_the_error(question, fact),
        Mismatch.UNPLACED: not placed and _is_any_services_error(question, number, index),
        Mismatch.STATUS: not question.codes.specific and _lacks_the_status(question, fact),
        Mismatch.ASPECT: bool(question.aspects & NEEDING_SIGNS & ~fact.aspects),
        Mismatch.DEFINITION: fact.is_definition and question.asks_for_more_than_a_definition,
        Mismatch.COUNTED: not _holds_all(question.counted, number, index),
        Mismatch.SIDES: not _holds_both_sides(question, number, index),
        Mismatch.VAGUE: not placed and _is_vague(question, number, index),
        Mismatch.CONTESTED: not placed and _is_contested(question, number, index, rivals),
        Mismatch.REVERSED: _is_excluded(question, fact),
    }
    return [
        reason
        for reason, found in checks.items()
        if found and reason not in _lifted(question, number)
    ]


def _lifted(question: ParsedQuestion, number: int) -> Collection[Mismatch]:
    """The reasons that don't count against a fact because it explains the error."""
    if number not in question.explained_by:
        return ()
    is_own = question.explained_by[number]
    return LIFTED_BY_EXPLAINING | LIFTED_BY_OWN if is_own else LIFTED_BY_EXPLAINING


def _is_of_another_service(question: ParsedQuestion, fact: FactProfile) -> bool:
    """A service without facts counts only if the fact's title names it."""
    if not question.services:
        return False
    if any(name.startswith(":") for name in question.services):
        return not question.services & fact.about
    return not question.services & fact.titled


def _lacks_the_error(question: ParsedQuestion, fact: FactProfile) -> bool:
    wanted = question.codes.specific or question.codes.errors
    return bool(wanted) and not wanted & fact.codes.errors


def _lacks_the_status(question: ParsedQuestion, fact: FactProfile) -> bool:
    wanted = question.codes.statuses
    return bool(wanted) and not wanted & fact.codes.statuses


def _is_any_services_error(question: ParsedQuestion, number: int, index: Index) -> bool:
    """Whether a question quotes an error that any service may give, and adds nothing that points to
    this fact."""
    if question.explained_by.get(number) or not is_generic_error(question.text, question.codes):
        return False
    known = [spans for group in question.reading.groups if (spans := index.spans_of(group))]
    held = sum(index.holds(number, spans) for spans in known)
    return len(known) < MIN_TELLING_WORDS or held < MIN_TELLING_SHARE * len(known)


def _is_excluded(question: ParsedQuestion, fact: FactProfile) -> bool:
    if fact.service in question.excluded_services:
        return True
    return bool(question.excluded) and not fact.reversing


def _is_vague(question: ParsedQuestion, number: int, index: Index) -> bool:
    """Whether a question is so short that only a fact's own name can be meant by it."""
    tokens = _known_tokens(question, index)
    if len(tokens) > MAX_VAGUE_WORDS or question.codes.errors or question.codes.statuses:
        return False
    if len(tokens) == 1 and index.rarity(tokens[0]) < MIN_TELLING_RARITY:
        return True
    return not index.is_phrase(number, tokens)


def _is_contested(
    question: ParsedQuestion, number: int, index: Index, rivals: Sequence[int]
) -> bool:
    """Whether a fact of another service goes by the same words: `idle timeout`.

    That doesn't count if the question asks what the words mean and this fact says so.
    """
    tokens = _known_tokens(question, index)
    fact = index.profile(number)
    if len(tokens) > MAX_CONTESTED_WORDS:
        return False
    if Aspect.MEANING in question.aspects and fact.says_what_it_is:
        return False
    return any(
        index.profile(rival).service != fact.service and index.is_phrase(rival, tokens)
        for rival in rivals
    )


def _known_tokens(question: ParsedQuestion, index: Index) -> list[str]:
    """The words of a question that facts use, names of services aside."""
    reading = question.reading
    return [
        group[0]
        for group in reading.groups
        if group[0] not in reading.naming and index.spans_of(group)
    ]


def _holds_all(groups: Iterable[Group], number: int, index: Index) -> bool:
    return all(_holds(group, number, index) for group in groups)


def _holds_both_sides(question: ParsedQuestion, number: int, index: Index) -> bool:
    if question.sides is None:
        return True
    return all(
        any(_holds(group, number, index) for group in side) for side in question.sides.groups
    )


def _holds(group: Group, number: int, index: Index) -> bool:
    return index.is_asked_by(number, index.spans_of(group))
