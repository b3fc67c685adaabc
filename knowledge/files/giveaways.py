"""How often people can guess quiz answers without knowing anything.

Each figure is the share of questions, in percent, on which one way to guess is right. Four options
are guessed right in 25 % of questions by chance, so a base without giveaways is near that. Guesses
compare the content words of texts: in lower case, without endings, without small words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from knowledge.model import Fact, Question
from knowledge.search.language import STOPWORDS, stem, words

MIN_QUESTIONS = 50
"""Smaller bases, such as a team's own file, aren't measured: a few questions would decide."""


class Giveaway(Enum):
    """A way to guess the right option: its description, and the highest percentage allowed."""

    LONGEST = ("the right option is the longest", 30.0)
    PICK_LONGEST = ("picking the longest option is right", 32.0)
    PICK_FAMILIAR = ("picking the option in the words of the service's facts is right", 40.0)
    ECHO = ("only the right option repeats a word of the question", 3.0)

    @property
    def description(self) -> str:
        return self.value[0]

    @property
    def max_percent(self) -> float:
        """The most percent of questions that it may be true of."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Guessed:
    """A question, and the chance that each way to guess is right: 0.5 if two options tie."""

    fact: str
    service: str
    question: Question
    chances: Mapping[Giveaway, float]

    @property
    def sure_ways(self) -> list[Giveaway]:
        """The ways that are sure to be right; one option that is longest is one way."""
        sure = [giveaway for giveaway, chance in self.chances.items() if chance == 1]
        return [giveaway for giveaway in sure if giveaway is not Giveaway.PICK_LONGEST]


def guess(facts: Iterable[Fact], known: Iterable[Fact]) -> list[Guessed]:
    """Guess every question of `facts`; words of `known` facts count as familiar."""
    familiar: defaultdict[str, set[str]] = defaultdict(set)
    for fact in known:
        familiar[fact.service] |= _content(f"{fact.title} {fact.answer}")
    return [
        Guessed(fact.id, fact.service, question, _chances(question, familiar[fact.service]))
        for fact in facts
        for question in fact.quiz
    ]


def percent(guessed: list[Guessed], giveaway: Giveaway) -> float:
    """How often a way to guess is right, in percent; there must be at least one question."""
    return 100 * sum(question.chances[giveaway] for question in guessed) / len(guessed)


def _chances(question: Question, familiar: set[str]) -> dict[Giveaway, float]:
    options = (question.right, *question.wrong)
    asked = _content(question.text)
    echoes = [bool(_content(option) & asked) for option in options]
    by_length = _chance([len(option) for option in options])
    return {
        Giveaway.LONGEST: float(by_length == 1),
        Giveaway.PICK_LONGEST: by_length,
        Giveaway.PICK_FAMILIAR: _chance([_share(_content(option), familiar) for option in options]),
        Giveaway.ECHO: float(echoes[0] and not any(echoes[1:])),
    }


def _chance(scores: Sequence[float]) -> float:
    """The chance that the first option is picked among those with the highest score."""
    best = max(scores)
    return (scores[0] == best) / scores.count(best)


def _share(found: set[str], familiar: set[str]) -> float:
    return len(found & familiar) / len(found) if found else 0.0


def _content(text: str) -> set[str]:
    return {stem(word) for word in words(text) if word not in STOPWORDS}
