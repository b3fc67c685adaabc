"""What is asked, who was right, and when a fact comes again."""

from __future__ import annotations

import json
import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.quiz.choosing import PastQuestion, choose, quiz_facts, times_asked
from bot.quiz.question import build_question
from bot.quiz.review import MAX_INTERVAL_DAYS, schedule_review
from bot.quiz.standings import QuizAnswer, Round, Tally, rank, tally
from knowledge import Fact, KnowledgeBase

DAY = 86_400.0


def a_pool(knowledge: KnowledgeBase, size: int) -> list[Fact]:
    facts = quiz_facts(knowledge.facts.values())
    return random.Random(3).sample(facts, size)


def test_no_fact_repeats_before_the_pool_is_through(knowledge: KnowledgeBase) -> None:
    facts = a_pool(knowledge, 40)
    asked: list[PastQuestion] = []
    for number in range(80):
        fact = choose(facts, asked, str(number))
        assert fact
        asked.append(PastQuestion(fact.id, fact.service))
    for turn in (asked[:40], asked[40:]):
        assert {item.fact for item in turn} == {fact.id for fact in facts}


def test_yesterdays_service_is_avoided(knowledge: KnowledgeBase) -> None:
    facts = quiz_facts(knowledge.facts.values(), ("sqs", "sam", "ebs"))
    asked: list[PastQuestion] = []
    for number in range(8):
        fact = choose(facts, asked, str(number))
        assert fact
        assert not asked or fact.service != asked[-1].service
        asked.append(PastQuestion(fact.id, fact.service))


def test_what_a_channel_got_wrong_comes_first_in_the_next_round(knowledge: KnowledgeBase) -> None:
    facts = a_pool(knowledge, 30)
    wrong = {fact.id for fact in facts[:4]}
    asked = [
        PastQuestion(
            fact.id, fact.service, answer_count=5, right_count=1 if fact.id in wrong else 5
        )
        for fact in facts
    ]
    again = set()
    for number in range(4):
        fact = choose(facts, asked, str(number))
        assert fact
        again.add(fact.id)
        asked.append(PastQuestion(fact.id, fact.service, 5, 5))
    assert again == wrong


def test_an_empty_pool_has_no_question() -> None:
    assert choose([], [], "seed") is None


def test_right_options_move_about(knowledge: KnowledgeBase) -> None:
    places = Counter(
        build_question(fact, 0, f"seed {number}").right_index
        for number, fact in enumerate(quiz_facts(knowledge.facts.values()))
    )
    assert set(places) == {0, 1, 2, 3}
    assert max(places.values()) < 0.33 * places.total()


def test_a_question_keeps_its_options_and_the_right_one(knowledge: KnowledgeBase) -> None:
    for fact in quiz_facts(knowledge.facts.values()):
        asked = fact.quiz[0]
        question = build_question(fact, 0, fact.id)
        assert question.options[question.right_index] == asked.right
        assert sorted(question.options) == sorted((asked.right, *asked.wrong))
        assert build_question(fact, 0, fact.id) == question


def test_a_fact_with_several_questions_takes_turns(knowledge: KnowledgeBase) -> None:
    fact = next(fact for fact in knowledge.facts.values() if len(fact.quiz) > 1)
    asked = [PastQuestion(fact.id, fact.service)]
    first, second = (
        build_question(fact, 0, "s"),
        build_question(fact, times_asked(fact, asked), "s"),
    )
    assert first.text != second.text


def test_a_tally_counts_each_option_and_finds_the_first_right_answer() -> None:
    answers = [QuizAnswer("U2", 1, 5.0), QuizAnswer("U1", 1, 4.0), QuizAnswer("U3", 0, 1.0)]
    found = tally(answers, right_index=1, option_count=4)
    assert (found.counts, found.right_users, found.answer_count) == ((1, 2, 0, 0), ("U1", "U2"), 3)
    assert tally([], 0, 4) == Tally((0, 0, 0, 0))


def a_round(right: str, wrong: str = "") -> Round:
    return Round(frozenset(right + wrong), frozenset(right))


def test_ties_share_a_rank() -> None:
    table = rank([a_round("ab", "c"), a_round("abc", "d")])
    assert [(line.rank, line.user, line.right, line.answered) for line in table] == [
        (1, "a", 2, 2), (1, "b", 2, 2), (3, "c", 1, 2), (None, "d", 0, 1),
    ]  # fmt: skip
    assert {line.asked for line in table} == {2}
    assert [line.user for line in rank([a_round("ab")], frozenset("a"))] == ["b"]


def test_taking_part_counts_first_and_accuracy_next() -> None:
    table = rank([a_round("abc"), a_round("ab", "c"), a_round("c", "a"), a_round("d")])
    assert [(line.rank, line.user, line.right, line.answered) for line in table] == [
        (1, "b", 2, 2), (2, "a", 2, 3), (2, "c", 2, 3), (4, "d", 1, 1),
    ]  # fmt: skip


def test_a_fact_comes_later_each_time_it_is_known_and_soon_after_a_miss() -> None:
    now, card, gaps = 1_800_000_000.0, None, []
    for right in (True, True, True, False, True):
        card, due = schedule_review(card, right, 5.0, now)
        gaps.append(round((due - now) / DAY))
        now = due
    assert gaps[0] < gaps[1] < gaps[2]
    assert gaps[3] < gaps[2] / 3
    assert gaps[4] > gaps[3]


def test_a_slow_answer_comes_again_sooner() -> None:
    quick = schedule_review(None, True, 5.0, 0.0)[1]
    slow = schedule_review(None, True, 90.0, 0.0)[1]
    wrong = schedule_review(None, False, 5.0, 0.0)[1]
    assert wrong <= slow < quick


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 200)), min_size=1, max_size=12))
def test_reviews_stay_within_half_a_year(answers: list[tuple[bool, float]]) -> None:
    now, card = 1_800_000_000.0, None
    for right, seconds in answers:
        card, due = schedule_review(card, right, seconds, now)
        assert DAY * 0.9 <= due - now <= DAY * (MAX_INTERVAL_DAYS + 1)
        json.loads(card)
        now = due
