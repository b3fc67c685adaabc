"""What a search offers while somebody types."""

from __future__ import annotations

from dataclasses import replace

from knowledge import KnowledgeBase
from knowledge.model import FactsById
from knowledge.suggesting import Suggester


def titles(knowledge: KnowledgeBase, typed: str) -> list[str]:
    return [item.title for item in Suggester(knowledge).suggest(typed, 100)]


def test_services_and_titles_come_before_what_only_mentions_the_words(
    knowledge: KnowledgeBase,
) -> None:
    found = titles(knowledge, "lambda")
    assert found[0] == "AWS Lambda"
    assert titles(knowledge, "Lambda time")[0] == "Lambda timeout"
    assert titles(knowledge, "sqs")[0] == "Amazon SQS"


def test_each_word_has_to_begin_a_word(knowledge: KnowledgeBase) -> None:
    assert titles(knowledge, "ambda") == [] and titles(knowledge, "lambda zorb") == []
    assert len(Suggester(knowledge).suggest("", 100)) == 100


def test_it_finds_facts_that_were_read_again(knowledge: KnowledgeBase) -> None:
    suggester = Suggester(knowledge)
    assert suggester.suggest("zorbification", 10) == []
    before = knowledge.facts
    fact = replace(next(iter(before.values())), id="zorb", title="Zorbification")
    knowledge.facts = FactsById([*before.values(), fact])
    try:
        assert [item.id for item in suggester.suggest("zorbi", 10)] == ["zorb"]
    finally:
        knowledge.facts = before
