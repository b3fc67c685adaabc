"""A question as it is put to people: its options in the order they see."""

from __future__ import annotations

import random
from dataclasses import dataclass

from knowledge import Fact, Question

LETTERS = "ABCD"


@dataclass(frozen=True, slots=True)
class Posed:
    """A copy of the fact's question, so that a change of the facts leaves an open quiz as it is.

    `right` is the index of the right option. It stays in the database until the reveal.
    """

    fact: str
    service: str
    question: str
    options: tuple[str, ...]
    right: int

    def lettered(self) -> list[str]:
        """The options as people see them: `A: 30 seconds`."""
        pairs = zip(LETTERS, self.options, strict=False)
        return [f"{letter}: {option}" for letter, option in pairs]


def find_question(fact: Fact | None, posed: Posed) -> Question | None:
    """The question that was posed; None if the fact no longer has it, word for word."""
    for question in fact.quiz if fact else ():
        options = {question.right, *question.wrong}
        if question.text == posed.question and options == set(posed.options):
            return question
    return None


def pose(fact: Fact, times_asked: int, seed: str) -> Posed:
    """The fact's next question, its options shuffled by the seed."""
    question = fact.quiz[times_asked % len(fact.quiz)]
    options = [question.right, *question.wrong]
    random.Random(seed).shuffle(options)
    right = options.index(question.right)
    return Posed(fact.id, fact.service, question.text, tuple(options), right)
