"""The Home tab in the browser."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from bot.quiz import texts
from bot.views import home
from tests.browser.conftest import PageUser
from tests.browser.test_in_chromium import press


def test_a_fact_is_found_by_typing_its_beginning(user: PageUser) -> None:
    user.go_to("Home")
    search = user.page.get_by_role("main").get_by_role("combobox")
    expect(search).to_be_visible()
    user.screenshots("home")
    search.fill("lambda time")
    expect(user.page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    user.screenshots("home-search")
    user.page.get_by_role("listbox").get_by_role("option").first.click()
    expect(user.dialog("AWS fact")).to_contain_text("Source")
    user.screenshots("home-fact")


def test_todays_question_and_ones_own_answer_are_there(user: PageUser) -> None:
    user.go_to("aws-quiz")
    user.write("/aws quiz on 09:30 daily")
    user.message("Question at 09:30")
    press(user.page.locator("body"), "Next quiz")
    press(user.message("Quiz of the day"), re.compile("^Answer B:"))
    user.go_to("Home")
    expect(user.page.get_by_text("You: B:")).to_be_visible()
    user.screenshots("home-quiz")
    press(user.page.locator("body"), home.EDIT_QUIZ)
    expect(user.dialog(texts.QUIZ_MODAL)).to_be_visible()
