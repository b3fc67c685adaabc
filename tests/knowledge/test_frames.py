"""The same question in other words around it: pleas, complaints, and what to do with a limit."""

from __future__ import annotations

import random

import pytest

from knowledge import KnowledgeBase, Outcome
from knowledge.model import Fact, Kind

SAMPLE = 60
FRAMES = [
    (Kind.LIMIT, "help with {}", 0.9),
    (Kind.LIMIT, "does anyone know {}", 0.9),
    (Kind.LIMIT, "how to increase {}", 0.8),
    (Kind.LIMIT, "raise {}", 0.8),
    (Kind.ERROR, "suddenly {} in production", 0.9),
    (Kind.ERROR, "i keep getting {}, any idea?", 0.9),
    (Kind.HOW_TO, "what is the easiest way to {}", 0.9),
    (Kind.HOW_TO, "{} using the aws cli", 0.9),
    (Kind.CONCEPT, "can someone explain {}", 0.9),
    (Kind.CONCEPT, "{} explained", 0.9),
]


def answered(knowledge: KnowledgeBase, question: str, fact: Fact) -> bool:
    result = knowledge.ask(question)
    found = result.outcome is Outcome.ANSWER and result.best is not None and result.best.fact
    return found is fact


def subject(knowledge: KnowledgeBase, fact: Fact) -> str:
    """What a fact is about, with the name of its service."""
    name = knowledge.services[fact.service].name.removeprefix("Amazon ").removeprefix("AWS ")
    title = fact.title if name.lower() in fact.title.lower() else f"{name} {fact.title}"
    return title.lower()


@pytest.mark.parametrize(("kind", "frame", "share"), FRAMES, ids=[frame for _, frame, _ in FRAMES])
def test_what_surrounds_a_question_changes_nothing(
    knowledge: KnowledgeBase, kind: Kind, frame: str, share: float
) -> None:
    of_kind = [fact for fact in knowledge.facts.values() if fact.kind is kind]
    subjects = [
        (subject(knowledge, fact), fact) for fact in random.Random(4).sample(of_kind, SAMPLE)
    ]
    plain = [(text, fact) for text, fact in subjects if answered(knowledge, text, fact)]
    kept = sum(answered(knowledge, frame.format(text), fact) for text, fact in plain)
    assert kept >= share * len(plain), (kept, len(plain))
