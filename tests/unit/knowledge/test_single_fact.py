"""A fact written as text is the same fact when it is read."""

from __future__ import annotations

import pytest

from knowledge import KnowledgeBase
from knowledge.files.single import read_fact, write_fact


@pytest.mark.slow
def test_every_fact_survives_being_written_and_read(knowledge: KnowledgeBase) -> None:
    for fact in knowledge.facts.values():
        assert read_fact(write_fact(fact)) == (fact, [])


def test_what_is_wrong_with_a_fact_is_said(knowledge: KnowledgeBase) -> None:
    text = write_fact(knowledge.facts["lambda-timeout"])
    fact, faults = read_fact(text.replace("source: https://", "source: ftp://"))
    assert fact is None
    assert [fault.text for fault in faults] == [
        "lambda-timeout: source must be the https:// address of one page that says so."
    ]


def test_a_text_that_is_no_fact_is_refused() -> None:
    for text in ("", "nothing", "- a\n- b", "a: [", "id: x"):
        fact, faults = read_fact(text)
        assert fact is None
        assert faults
