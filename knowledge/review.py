"""When someone has to read a fact's source again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from knowledge.model import Fact, Kind

REVIEW_DAYS = {
    Kind.LIMIT: 90,
    Kind.DEFAULT: 90,
    Kind.LIFECYCLE: 90,
    Kind.PRICE: 90,
    Kind.BEHAVIOR: 180,
    Kind.ERROR: 180,
    Kind.HOW_TO: 180,
    Kind.PERMISSION: 180,
    Kind.NAMING: 180,
    Kind.DIFFERENCE: 180,
    Kind.CONCEPT: 365,
}
"""How many days a check is good for: limits and retirements change sooner than concepts."""
DAYS_WITHOUT_KIND = 180


def days_overdue(fact: Fact, today: date) -> int:
    """Days since the fact should have been checked again; zero or less if it needn't be yet."""
    days = REVIEW_DAYS[fact.kind] if fact.kind else DAYS_WITHOUT_KIND
    return (today - date.fromisoformat(fact.checked) - timedelta(days)).days


def is_overdue(fact: Fact, today: date) -> bool:
    """Whether its last check is too long ago for its kind; on the last good day it isn't."""
    return days_overdue(fact, today) > 0


def overdue_facts(facts: Iterable[Fact], today: date) -> list[Fact]:
    """The facts whose source should be read again, those that most people ask for first."""
    found = [fact for fact in facts if is_overdue(fact, today)]
    return sorted(found, key=lambda fact: (-(fact.demand or 0), fact.checked, fact.id))
