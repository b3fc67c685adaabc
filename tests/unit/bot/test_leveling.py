"""How hard the next question is, and what its week is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from bot.quiz.choosing import PastQuestion, choose
from bot.quiz.leveling import wanted_difficulty
from bot.quiz.quizmaster import Quizmaster
from bot.quiz.themes import THEMES, theme_of
from bot.team.team_knowledge import TeamKnowledge
from knowledge import KnowledgeBase

MONDAY = date(2026, 11, 23)


def past(right: int, answered: int = 10, fact: str = "2") -> PastQuestion:
    return PastQuestion(fact, "s", answered, right)


@pytest.mark.parametrize(
    ("history", "level"),
    [
        ([], None),
        ([past(7, 7)], None),
        ([past(9)], 3),
        ([past(8)], 2),
        ([past(6)], 2),
        ([past(5)], 1),
        ([past(5, fact="1")], 1),
        ([past(10, fact="3")], 3),
        ([past(0, fact="?"), past(9)], 3),
        ([past(0), *[past(9)] * 10], 3),
        ([past(0, fact="1"), past(10, fact="3")], 1),
        ([past(0, 0)] * 10 + [past(9)], 3),
        ([past(9)] + [past(0, 0)] * 10, 3),
    ],
)
def test_the_level_follows_the_share_of_right_answers(
    history: Sequence[PastQuestion], level: int | None
) -> None:
    levels = {"1": 1, "2": 2, "3": 3}
    assert wanted_difficulty(history, levels.get) == level


def test_a_theme_lasts_from_monday_to_sunday_and_all_take_turns() -> None:
    assert len({theme_of(MONDAY + timedelta(day)) for day in range(7)}) == 1
    weeks = [theme_of(MONDAY + timedelta(7 * week)) for week in range(len(THEMES))]
    assert sorted(weeks) == sorted(THEMES)


def test_a_channel_is_asked_about_the_theme_and_as_hard_as_it_needs(
    knowledge: KnowledgeBase,
) -> None:
    quizmaster = Quizmaster(TeamKnowledge(knowledge))
    of_medium = [
        fact for fact in knowledge.facts.values() if fact.quiz and fact.quiz[0].difficulty == 2
    ]
    history = [PastQuestion(fact.id, fact.service, 10, 10) for fact in of_medium[:10]]
    asked, reached = {past.fact for past in history}, set()
    for week in range(len(THEMES)):
        day = MONDAY + timedelta(7 * week)
        question = quizmaster.next_question((), history, day)
        assert question
        fact = knowledge.facts[question.fact]
        levels = {
            item.quiz[0].difficulty
            for item in knowledge.facts.values()
            if item.quiz and item.kind is theme_of(day) and item.id not in asked
        }
        assert fact.kind is theme_of(day)
        assert fact.quiz[0].difficulty == 3 or 3 not in levels
        reached.add(fact.quiz[0].difficulty)
    assert 3 in reached


def test_a_preference_that_nothing_meets_leaves_no_day_without_a_question(
    knowledge: KnowledgeBase,
) -> None:
    facts = [fact for fact in knowledge.facts.values() if fact.quiz][:3]
    assert choose(facts, [], "seed", [lambda fact: False]) in facts
