"""Results and facts as plain JSON values, the same for `factbot ask --json` and for agents."""

from __future__ import annotations

from datetime import date
from typing import Any

from knowledge import Fact, KnowledgeBase, Match, Result
from knowledge.milestones import answer_on
from knowledge.reference.answer import ReferenceAnswer


def result_as_json(knowledge: KnowledgeBase, result: Result, today: date) -> dict[str, Any]:
    """Everything about a result; `answer` is null unless it is certain."""
    answer = None
    if result.confident and result.best:
        fact = result.best.fact
        answer = _match(knowledge, result.best, today) | {"verdict": result.verdict} | _more(fact)
    nearest = result.others if answer else result.nearest
    return {
        "query": result.question,
        "confident": result.confident,
        "outcome": result.outcome.value,
        "answer": answer,
        "reference": _reference(result.reference),
        "beside": _match(knowledge, result.beside, today) if result.beside else None,
        "alternatives": [_match(knowledge, match, today) for match in nearest],
    }


def _reference(found: ReferenceAnswer | None) -> dict[str, str] | None:
    """What installed packages' data says, and which; no person has reviewed it."""
    return {"title": found.title, "text": found.text, "source": found.source} if found else None


def fact_as_json(knowledge: KnowledgeBase, fact: Fact, today: date) -> dict[str, Any]:
    """A fact as of `today`."""
    return _brief(knowledge, fact, today) | _more(fact)


def _match(knowledge: KnowledgeBase, match: Match, today: date) -> dict[str, Any]:
    return _brief(knowledge, match.fact, today) | {"score": round(match.score, 4)}


def _brief(knowledge: KnowledgeBase, fact: Fact, today: date) -> dict[str, Any]:
    return {
        "id": fact.id,
        "service": knowledge.services[fact.service].name,
        "title": fact.title,
        "answer": answer_on(fact, today),
    }


def _more(fact: Fact) -> dict[str, Any]:
    return {
        "detail": fact.detail,
        "was": fact.was,
        "misread": fact.misread,
        "url": fact.source,
        "checked": fact.checked,
    }
