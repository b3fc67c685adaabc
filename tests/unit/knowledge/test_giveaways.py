"""Quiz questions that can be guessed: each way to guess, on small bases."""

from __future__ import annotations

import pytest

from knowledge import Fact, Question
from knowledge.files.giveaways import Giveaway, guess, percent

EVEN = ("1 day", "2 days", "3 days")


def fact(*quiz: Question, answer: str = "", title: str = "", service: str = "sqs") -> Fact:
    return Fact(
        id=f"{service}-one", service=service, title=title, answer=answer, detail=None, was=None,
        keywords=(), phrasings=(), related=(), source="", checked="", quiz=quiz,
    )  # fmt: skip


def asked(right: str, *wrong: str, text: str = "How long?") -> Question:
    return Question(text, right, wrong or EVEN)


def chance(giveaway: Giveaway, question: Question, *known: Fact) -> float:
    own = fact(question)
    (guessed,) = guess([own], [own, *known])
    return guessed.chances[giveaway]


@pytest.mark.parametrize(
    ("right", "wrong", "longest", "picked"),
    [
        ("a hundred days", EVEN, 1.0, 1.0),
        ("21 days", ("12 days", "1 day", "2 days"), 0.0, 0.5),
        ("22 days", ("12 days", "13 days", "14 days"), 0.0, 0.25),
        ("1 day", ("12 days", "2 days", "3 days"), 0.0, 0.0),
    ],
)
def test_the_longest_option(
    right: str, wrong: tuple[str, ...], longest: float, picked: float
) -> None:
    question = asked(right, *wrong)
    assert chance(Giveaway.LONGEST, question) == longest
    assert chance(Giveaway.PICK_LONGEST, question) == picked


def test_the_option_in_the_services_own_words() -> None:
    question = asked("long polling", "short leases", "push delivery", "polling threads")
    about = fact(title="Long polling", answer="Polling waits.")
    assert chance(Giveaway.PICK_FAMILIAR, question, about) == 1
    assert chance(Giveaway.PICK_FAMILIAR, question) == 0.25
    elsewhere = fact(title="Long polling", service="sns")
    assert chance(Giveaway.PICK_FAMILIAR, question, elsewhere) == 0.25
    leases = fact(answer="Short leases, long polls, pushed deliveries, polling threads.")
    assert chance(Giveaway.PICK_FAMILIAR, question, leases) == 0.25
    wrong = fact(answer="Short leases.")
    assert chance(Giveaway.PICK_FAMILIAR, question, wrong) == 0


@pytest.mark.parametrize(
    ("text", "echo"),
    [
        ("Which queues keep their order?", 1.0),
        ("Which queue has a delay?", 0.0),  # so has a wrong option
        ("What is it that you would take in the end?", 0.0),  # only small words
        ("Which topic is it?", 0.0),
    ],
)
def test_only_the_right_option_repeats_the_question(text: str, echo: float) -> None:
    question = asked("the ordered queue", "a delayed message", "a topic", "those", text=text)
    assert chance(Giveaway.ECHO, question) == echo


def test_a_figure_is_the_share_of_questions_in_percent() -> None:
    long, short = asked("a hundred days"), asked("day")
    guessed = guess([fact(long, short), fact(short, short)], [])
    assert len(guessed) == 4
    assert percent(guessed, Giveaway.LONGEST) == 25
    assert [item.sure_ways for item in guessed] == [[Giveaway.LONGEST], [], [], []]
