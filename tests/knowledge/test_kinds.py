"""What every built-in fact says about itself."""

from __future__ import annotations

from knowledge import Kind, KnowledgeBase


def test_every_fact_has_a_kind(knowledge: KnowledgeBase) -> None:
    assert [fact.id for fact in knowledge.facts.values() if fact.kind is None] == []


def test_a_fact_about_a_limit_says_which(knowledge: KnowledgeBase) -> None:
    without = [
        fact.id
        for fact in knowledge.facts.values()
        if fact.kind is Kind.LIMIT and fact.value is None
    ]
    assert without == []


def test_what_aws_changed_has_a_date(knowledge: KnowledgeBase) -> None:
    undated = [fact.id for fact in knowledge.facts.values() if fact.was and not fact.was_until]
    assert undated == []
