"""A quiz question as a channel or a person sees it, with its options in a fixed order."""

from __future__ import annotations

import random
from dataclasses import dataclass

from knowledge import Fact, Question

LETTERS = "ABCD"


@dataclass(frozen=True, slots=True)
class QuizQuestion:
    """A copy of a fact's question, so that editing the facts doesn't change an open quiz.

    `fact` is a fact's id and `service` a service's slug. `right_index` is the position of the right
    option in `options`; it never leaves the database before the reveal.
    """

    fact: str
    service: str
    text: str
    options: tuple[str, ...]
    right_index: int

    def lettered_options(self) -> list[str]:
        """The options as people see them: `A: 30 seconds`."""
        pairs = zip(LETTERS, self.options, strict=False)
        return [f"{letter}: {option}" for letter, option in pairs]


def build_question(fact: Fact, times_asked: int, seed: str) -> QuizQuestion:
    """A fact's next question, with its options shuffled by the seed.

    A fact with several questions takes turns; `times_asked` counts those asked before.
    """
    source = fact.quiz[times_asked % len(fact.quiz)]
    options = [source.right, *source.wrong]
    random.Random(seed).shuffle(options)
    right_index = options.index(source.right)
    return QuizQuestion(fact.id, fact.service, source.text, tuple(options), right_index)


def find_source(fact: Fact | None, question: QuizQuestion) -> Question | None:
    """The fact's question that was copied; None if the fact no longer has it word for word."""
    for source in fact.quiz if fact else ():
        options = {source.right, *source.wrong}
        if source.text == question.text and options == set(question.options):
            return source
    return None
