"""A week's standings, notices about a changed quiz, and a practice session, in the browser."""

from __future__ import annotations

import re
from statistics import median

from playwright.sync_api import expect

from bot import messages
from bot.quiz import texts
from tests.browser.conftest import PHONE_SIZE, PageUser
from tests.browser.test_card_page import phone_height
from tests.browser.test_in_chromium import press

LAST_OF_THE_WEEK = "/aws quiz on 09:30 fri Europe/Berlin"
QUESTIONS = 5


def test_the_week_ends_with_standings(user: PageUser) -> None:
    user.go_to("aws-quiz")
    user.write(LAST_OF_THE_WEEK)
    user.message(texts.QUIZ_INTRODUCTION)
    body = user.page.locator("body")
    press(body, "Next quiz")
    for name, letter in (("Ben", "A"), ("Cleo", "B"), ("Ann", "C")):
        user.act_as(name)
        press(user.message(messages.QUIZ_TITLE), re.compile(f"^Answer {letter}:"))
        user.message(f"You picked {letter}:")
    press(body, "Reveal")
    expect(user.message(messages.QUIZ_TITLE)).to_contain_text("of 3 got it right")
    press(body, "+1 hour")
    user.message(texts.WEEK_TITLE)
    user.screenshots("week-standings")


def test_a_changed_quiz_is_announced_and_whoever_set_it_up_is_told(user: PageUser) -> None:
    user.go_to("aws-quiz")
    user.write(LAST_OF_THE_WEEK)
    user.message(texts.QUIZ_INTRODUCTION)
    user.act_as("Ben")
    user.write("/aws quiz on 10:15 mon-fri Europe/Berlin")
    expect(user.message("changed")).to_contain_text("Ben")
    user.screenshots("quiz-changed")
    user.write("/aws quiz off")
    expect(user.message(re.compile("turned off|stopped"))).to_contain_text("Ben")
    user.screenshots("quiz-off")
    user.act_as("Ann")
    user.go_to("factbot")
    expect(user.message("#aws-quiz")).to_contain_text("Ben")
    user.screenshots("quiz-owner-notices")


def test_a_practice_session_ends_with_a_summary(user: PageUser) -> None:
    user.go_to("factbot")
    user.write("practice")
    first_option = user.page.get_by_role("button", name=re.compile("^Answer A:"))
    heights = []
    for number in range(1, QUESTIONS + 1):
        first_option.click()
        expect(first_option).to_have_count(0)
        if number < QUESTIONS:
            answered = user.message("see this again")
            heights.append(phone_height(user, answered))
            if number == 1:
                user.screenshots("practice-answer")
            user.page.get_by_role("button", name=messages.NEXT_QUESTION).last.click()
    assert median(heights) <= PHONE_SIZE["height"] / 2
    expect(user.page.get_by_text(re.compile(f"of {QUESTIONS} right")).last).to_be_visible()
    user.screenshots("practice-summary")
