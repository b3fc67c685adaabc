"""A team's own facts, added to the built-in ones without building the index again."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from knowledge import Fact, KnowledgeBase, Outcome

OWN = Fact(
    id="own-deploy-freeze",
    service="lambda",
    title="Lambda deploy freeze at Contoso",
    answer="Nobody deploys functions between December 20 and January 3.",
    detail=None,
    was=None,
    keywords=("deploy freeze", "code freeze", "change freeze"),
    phrasings=("when is the deploy freeze", "can I deploy over christmas", "frobnicator"),
    related=(),
    source="https://contoso.example/freeze",
    checked="2026-11-26",
    quiz=(),
    errors=("FrobnicatorFrozenException",),
)
QUESTION = "when is the deploy freeze for lambda?"


@pytest.fixture(scope="module")
def changed(knowledge: KnowledgeBase) -> KnowledgeBase:
    return knowledge.with_changes([OWN], {})


def _answer(knowledge: KnowledgeBase, question: str) -> str | None:
    result = knowledge.ask(question)
    return result.best.fact.id if result.best and result.confident else None


@pytest.mark.parametrize(
    "question",
    [QUESTION, "frobnikator", "FrobnicatorFrozenException: the function is frozen"],
)
def test_an_added_fact_is_found_by_its_words_with_typos_and_by_its_error(
    knowledge: KnowledgeBase, changed: KnowledgeBase, question: str
) -> None:
    assert _answer(changed, question) == OWN.id
    assert _answer(knowledge, question) != OWN.id
    assert OWN.id not in knowledge.facts


def test_other_facts_are_found_as_before(knowledge: KnowledgeBase, changed: KnowledgeBase) -> None:
    for fact in list(knowledge.facts.values())[::20]:
        before, after = knowledge.ask(fact.phrasings[0]), changed.ask(fact.phrasings[0])
        assert before == after


def test_a_changed_fact_replaces_the_old_one(knowledge: KnowledgeBase) -> None:
    old = knowledge.facts["lambda-timeout"]
    new = replace(old, answer="Five minutes here.", phrasings=("zanzibar timeout",))
    changed = knowledge.with_changes([new], {})
    assert changed.facts[old.id] == new
    assert _answer(changed, "zanzibar timeout") == old.id
    result = changed.ask("lambda timeout")
    assert result.best and result.best.fact == new
    assert all(match.fact != old for match in result.others)
    assert knowledge.ask("lambda timeout").best != result.best
    assert len(changed.facts) == len(knowledge.facts)


def test_a_changed_fact_alone_explains_its_error(knowledge: KnowledgeBase) -> None:
    once = knowledge.with_changes([OWN], {})
    twice = once.with_changes([replace(OWN, title="Freeze of functions")], {})
    for own in (once, twice):
        parsed = own.matcher.parser.parse(OWN.errors[0])
        number = parsed.only_explained_by
        assert number is not None and own.matcher.facts[number] == own.facts[OWN.id]


def test_a_retired_fact_is_gone_and_leads_to_its_successor(knowledge: KnowledgeBase) -> None:
    old = knowledge.facts["lambda-timeout"]
    changed = knowledge.with_changes([OWN], {old.id: OWN.id, "s3-presigned-url": ""})
    assert changed.facts[old.id].id == OWN.id
    merged = next(fact for fact in knowledge.facts.values() if fact.aliases)
    changed = knowledge.with_changes([OWN], {merged.id: OWN.id})
    assert {changed.facts[alias].id for alias in merged.aliases} == {OWN.id}
    changed = knowledge.with_changes([OWN], {old.id: OWN.id, "s3-presigned-url": ""})
    result = changed.ask("lambda timeout")
    assert all(match.fact.id != old.id for match in result.nearest)


def test_a_retired_fact_of_the_teams_own_leads_to_its_successor(knowledge: KnowledgeBase) -> None:
    """By then it's no longer among the facts; what was retired in its favor leads on, too."""
    changed = knowledge.with_changes([OWN], {"own-old": "own-older", "own-older": OWN.id})
    assert changed.facts["own-old"].id == changed.facts["own-older"].id == OWN.id
    circle = knowledge.with_changes([], {"own-old": "own-older", "own-older": "own-old"})
    assert "own-old" not in circle.facts
    chain = {"lambda-timeout": "lambda-async-retries", "lambda-async-retries": OWN.id}
    for retired in (chain, dict(reversed(chain.items()))):
        assert knowledge.with_changes([OWN], retired).facts["lambda-timeout"].id == OWN.id


def test_a_retired_fact_answers_no_follow_up(knowledge: KnowledgeBase) -> None:
    asked = ("lambda-timeout", "and in api gateway?")
    before = knowledge.follow_up(*asked)
    assert before and before.best
    after = knowledge.with_changes([], {before.best.fact.id: ""}).follow_up(*asked)
    assert after is None or after.best is None or after.best.fact.id != before.best.fact.id


def test_changes_can_be_changed_again_and_taken_back(
    knowledge: KnowledgeBase, changed: KnowledgeBase
) -> None:
    again = changed.with_changes([replace(OWN, title="Freeze of functions")], {})
    assert again.facts[OWN.id].title == "Freeze of functions"
    assert _answer(again, QUESTION) == OWN.id
    without = again.with_changes([], {OWN.id: ""})
    assert OWN.id not in without.facts
    assert _answer(without, QUESTION) != OWN.id
    assert without.ask("frobnicator").outcome is not Outcome.ANSWER


def test_a_fact_of_an_unknown_service_is_left_out(knowledge: KnowledgeBase) -> None:
    changed = knowledge.with_changes([replace(OWN, service="no-such-service")], {})
    assert OWN.id not in changed.facts
    assert _answer(changed, QUESTION) != OWN.id


def test_the_base_is_not_touched(knowledge: KnowledgeBase) -> None:
    before = pickle.dumps(knowledge.matcher.index.spans), len(knowledge.matcher.index.facts)
    knowledge.with_changes([OWN], {"lambda-timeout": ""})
    after = pickle.dumps(knowledge.matcher.index.spans), len(knowledge.matcher.index.facts)
    assert before == after
