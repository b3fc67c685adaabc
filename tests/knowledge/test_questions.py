"""Every quiz question through every view that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

from bot.fake_slack.validator import Surface, validation_errors
from bot.quiz.question import LETTERS, QuizQuestion, build_question
from bot.quiz.schedule import EVERY_DAY, Schedule
from bot.quiz.sessions import PracticeSession
from bot.quiz.standings import Tally
from bot.views.practice import exercise, feedback
from bot.views.quiz import Deadline, pick, question
from bot.views.quiz_settings import ModalContext, settings_modal, zone_options
from bot.views.reveal import result, reveal, thread_reply
from knowledge import Fact, KnowledgeBase

TODAY = date(2026, 11, 26)
FULL = Tally((150, 1200, 0, 7), tuple(f"U{number:010}" for number in range(1200)))
OVER = PracticeSession(1, 5, 5, ("a", "b", "c", "d", "e"))
TITLES = ["A title of a fact that is about as long as they may be" * 2] * 5
DEADLINE = Deadline(1_800_000_000.0, "Europe/Berlin", date(2027, 1, 15))
STREAKS = {f"U{number:010}": number for number in range(2, 40)}


def every_question(knowledge: KnowledgeBase) -> Iterator[tuple[Fact, str, QuizQuestion]]:
    for fact in knowledge.facts.values():
        for number in range(len(fact.quiz)):
            name = knowledge.services[fact.service].name
            yield fact, name, build_question(fact, number, f"{fact.id} {number}")


def test_every_question_goes_through_every_view(knowledge: KnowledgeBase) -> None:
    for fact, service, quiz_question in every_question(knowledge):
        for message in (
            question(1, quiz_question, service, DEADLINE, 12, 3),
            pick(1, quiz_question, 3, DEADLINE),
            reveal(1, quiz_question, fact, service, FULL, STREAKS, TODAY),
            reveal(1, quiz_question, None, service, Tally((0, 0, 0, 0)), {}, TODAY),
            thread_reply(1, quiz_question, FULL),
            result(quiz_question, fact, 0, service, TODAY, "Too late."),
            exercise(1, quiz_question, service, due=True, difficulty=1),
            feedback(
                quiz_question,
                fact,
                3,
                service,
                TODAY,
                days=11,
                reminded=False,
                session=OVER,
                missed=TITLES,
            ),
        ):
            assert validation_errors(message.payload(), Surface.MESSAGE) == [], fact.id


def test_an_open_question_is_told_whole_to_a_screen_reader(knowledge: KnowledgeBase) -> None:
    for fact, service, quiz_question in every_question(knowledge):
        text = question(1, quiz_question, service, DEADLINE).text
        assert all(f"{letter}: " in text for letter in LETTERS), fact.id
        assert len(text) < 1000, fact.id


def test_the_settings_are_valid_with_every_service_chosen(knowledge: KnowledgeBase) -> None:
    schedule = Schedule(time(0), "America/Argentina/ComodRivadavia", EVERY_DAY, None)
    services = list(knowledge.services.values())
    context = ModalContext("C1", "https://hooks.slack.com/commands/T1/1/x")
    view = settings_modal(context, schedule, [service.slug for service in services], services)
    assert validation_errors(view, Surface.MODAL) == []
    for typed in ("", "a", "berlin", "\U0001f600", "x" * 500):
        assert len(zone_options(typed)) <= 100
