"""Unanswered questions that ask for the same thing, and the facts that come closest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.answers.answering import Answering
from bot.store.gaps import GapWording
from bot.views.gaps import ListedGap

MAX_NEAREST_FACTS = 2


@dataclass(frozen=True, slots=True)
class GapGroup:
    """Similar questions, those that most people asked first; `people` counts each person once."""

    wordings: tuple[GapWording, ...]

    @property
    def people(self) -> int:
        return len(frozenset[str]().union(*(wording.who for wording in self.wordings)))

    @property
    def times(self) -> int:
        return sum(wording.times for wording in self.wordings)

    @property
    def latest_at(self) -> float:
        return max(wording.latest_at for wording in self.wordings)


def group_gaps(wordings: Sequence[GapWording]) -> list[GapGroup]:
    """Groups of similar questions, those that most people asked first."""
    from knowledge.grouping import group_similar

    groups = [
        GapGroup(tuple(wordings[position] for position in positions))
        for positions in group_similar([wording.question for wording in wordings])
    ]
    return sorted(groups, key=lambda group: (-group.people, -group.times, -group.latest_at))


def most_asked(wordings: Sequence[GapWording], answering: Answering, limit: int) -> list[ListedGap]:
    """The groups that most people asked for, without those that have an answer by now."""
    return list(islice(_unanswered(group_gaps(wordings), answering), limit))


def _unanswered(groups: Sequence[GapGroup], answering: Answering) -> Iterator[ListedGap]:
    for group in groups:
        results = {
            wording.question: answering.knowledge.ask(wording.question)
            for wording in group.wordings
        }
        questions = [question for question, result in results.items() if not result.confident]
        if questions:
            nearest = results[questions[0]].nearest[:MAX_NEAREST_FACTS]
            titles = tuple(match.fact.title for match in nearest)
            yield ListedGap(tuple(questions), group.people, group.times, group.latest_at, titles)
