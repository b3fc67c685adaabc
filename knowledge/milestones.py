"""Dated changes in words that are right on the day when someone reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from knowledge.counting import listed
from knowledge.model import Fact, Milestone


def say_milestones(fact: Fact, today: date, detailed: bool = False) -> str:
    """`python3.9 was deprecated on December 15, 2025. python3.11 will be deprecated on ...`

    Only the fact's first kind of change, or all if `detailed`; "" if there are none. Changes of
    today have happened.
    """
    events = list(dict.fromkeys(milestone.event for milestone in fact.milestones))
    sentences = []
    for event in events if detailed else events[:1]:
        found = sorted(
            (milestone for milestone in fact.milestones if milestone.event == event), key=_day
        )
        past = [milestone for milestone in found if _day(milestone) <= today]
        sentences += [_sentence(past, is_past=True), _sentence(found[len(past) :], is_past=False)]
    return " ".join(filter(None, sentences))


def answer_on(fact: Fact, today: date) -> str:
    """The answer, with past and future changes as of `today`."""
    return " ".join(filter(None, (fact.answer, say_milestones(fact, today))))


def say_day(day: date) -> str:
    """`June 30, 2027`"""
    return f"{day:%B} {day.day}, {day.year}"


def _day(milestone: Milestone) -> date:
    return date.fromisoformat(milestone.on)


def _sentence(milestones: Sequence[Milestone], is_past: bool) -> str:
    """One kind of change to several things; the verb appears only once."""
    parts: list[str] = []
    for day, together in groupby(milestones, key=_day):
        things = [milestone.of for milestone in together]
        named = listed(things)
        verb = ("were" if len(things) > 1 else "was") if is_past else "will be"
        parts.append(
            f"{named} {'' if parts else f'{verb} {milestones[0].event} '}on {say_day(day)}"
        )
    return "; ".join(parts) + "." if parts else ""
