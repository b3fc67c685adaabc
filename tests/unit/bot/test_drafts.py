"""What people enter in the form for facts: the checks of fact files, each at its input."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.curating.drafts import check_draft, draft_fact, guess_service, nearest
from bot.views.fact_form import FactDraft, FormContext, Purpose
from knowledge import KnowledgeBase
from knowledge.files.single import read_fact, write_fact

TODAY = date(2026, 11, 26)
DRAFT = FactDraft(
    "lambda",
    "Lambda deploy freeze at Contoso",
    "Nobody deploys functions between December 20 and January 3.",
    "https://contoso.example/freeze",
    ("when is the deploy freeze", "can I deploy over christmas", "code freeze dates"),
)


@pytest.fixture(scope="module")
def knowledge(two_services: Path) -> KnowledgeBase:
    """Two services: each check of a draft compares it with all facts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("knowledge.base.BUILT_IN", two_services)
        return KnowledgeBase.load()


def errors(knowledge: KnowledgeBase, **changes: object) -> dict[str, str]:
    draft = replace(DRAFT, **changes)  # type: ignore[arg-type]
    return check_draft(draft, draft_fact(draft, "team-new", TODAY), knowledge)


def test_a_draft_becomes_a_fact_that_files_accept(knowledge: KnowledgeBase) -> None:
    assert errors(knowledge) == {}
    fact = draft_fact(DRAFT, "team-lambda-1", TODAY)
    assert read_fact(write_fact(fact)) == (fact, [])
    assert (fact.checked, fact.demand, fact.keywords[0]) == ("2026-11-26", 2, "lambda")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("service", "nothing", "Choose a service"),
        ("title", "x" * 81, "This has 81 characters; the limit is 80."),
        ("answer", "word " * 70, "the limit is 300"),
        ("answer", "a\x1bb", ""),
        ("source", "http://contoso.example", "This must be the https:// address of one page"),
        ("source", "see the wiki", "This must be the https:// address of one page"),
        ("phrasings", ("one way", "another way"), "This has 2 entries; give at least 3."),
        ("phrasings", ("a", "b", "c" * 121), "the limit is 120"),
        ("phrasings", tuple(f"way {n}" for n in range(13)), "keep the best twelve"),
        ("detail", "d" * 601, "the limit is 600"),
    ],
)
def test_each_mistake_is_said_at_its_input(
    knowledge: KnowledgeBase, field: str, value: object, sentence: str
) -> None:
    found = errors(knowledge, **{field: value})
    assert list(found) == [field]
    assert sentence in found[field] and "team-new" not in found[field]


def test_what_another_fact_says_already_is_a_mistake(knowledge: KnowledgeBase) -> None:
    other = knowledge.facts["lambda-timeout"]
    found = errors(knowledge, title=other.title, answer=other.answer)
    assert "also belongs to lambda-timeout" in found["title"]
    assert "also belongs to lambda-timeout" in found["answer"]
    ways = (*DRAFT.phrasings, other.phrasings[0])
    assert "lambda-timeout" in errors(knowledge, phrasings=ways)["phrasings"]


def test_all_mistakes_are_said_at_once(knowledge: KnowledgeBase) -> None:
    found = errors(knowledge, title="x" * 81, source="wiki", phrasings=("one",))
    assert set(found) == {"title", "source", "phrasings"}


@pytest.mark.parametrize("text", ["yes", "3:00", "- a", "a # b", "*x", "'q'", "# all", "{a: b}"])
def test_text_that_means_something_in_yaml_is_just_text(
    knowledge: KnowledgeBase, text: str
) -> None:
    assert errors(knowledge, answer=text, title=text, detail=text) == {}


def test_a_correction_keeps_what_does_not_rest_on_the_answer(knowledge: KnowledgeBase) -> None:
    before = knowledge.facts["lambda-timeout"]
    same = draft_fact(FactDraft.of(before), before.id, TODAY, before)
    assert same == replace(before, checked="2026-11-26")
    draft = replace(FactDraft.of(before), answer="It is 20 minutes now.")
    new = draft_fact(draft, before.id, TODAY, before)
    assert (new.id, new.quiz, new.value, new.check) == (before.id, (), None, None)
    assert check_draft(draft, new, knowledge) == {}


def test_the_nearest_facts_come_first(knowledge: KnowledgeBase) -> None:
    ways = ("how long can a function run", "max lambda timeout", "lambda timeout limit")
    draft = replace(DRAFT, title="Lambda timeout", phrasings=ways)
    assert nearest(draft, knowledge)[0].id == "lambda-timeout"
    assert len(nearest(DRAFT, knowledge)) <= 3


@pytest.mark.parametrize(
    ("text", "slug"),
    [("how long can lambda run", "lambda"), ("is there a freeze", ""), ("sqs or lambda", "")],
)
def test_the_service_is_guessed_if_it_is_clear(
    knowledge: KnowledgeBase, text: str, slug: str
) -> None:
    assert guess_service(text, knowledge) == slug


def test_what_the_modal_stores_is_read_again() -> None:
    context = FormContext(Purpose.CORRECT_CASE, 7, "lambda-timeout", "n", True)
    assert FormContext.decode(context.encode()) == context
    for text in ("", "[]", "3", '["x", 1, "", "", false]', '["suggest", "1", "", "", 0]'):
        assert FormContext.decode(text) is None
