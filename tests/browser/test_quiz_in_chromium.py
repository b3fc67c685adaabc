"""A quiz as people see it, from its settings to the answer in the thread and in the channel."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from bot import messages
from bot.quiz import texts
from tests.browser.conftest import PageUser
from tests.browser.test_in_chromium import press


def test_a_question_is_answered_changed_and_revealed(user: PageUser) -> None:
    user.write("/aws quiz")
    settings = user.dialog(messages.QUIZ_MODAL)
    settings.get_by_role("checkbox", name=texts.BROADCAST_OPTION).check()
    press(settings, messages.SAVE)
    user.message(messages.QUIZ_INTRODUCTION)
    user.screenshots("quiz-introduction")
    press(user.page.locator("body"), "Next quiz")
    question = user.message(messages.QUIZ_TITLE)
    for name, letter in (("Ben", "A"), ("Cleo", "C"), ("Ann", "B")):
        user.act_as(name)
        press(user.message(messages.QUIZ_TITLE), re.compile(f"^Answer {letter}:"))
        user.message(f"You picked {letter}:")
    expect(question).to_contain_text("3 answered")
    user.screenshots("quiz-pick")
    press(user.message("You picked B:"), re.compile("^Answer D:"))
    user.message("You picked D:")
    expect(user.page.get_by_role("article").filter(has_text="You picked")).to_have_count(1)
    press(user.page.locator("body"), "Reveal")
    expect(user.message(messages.QUIZ_TITLE)).to_contain_text("of 3 got it right")
    broadcast = user.message("Replied to a thread")
    expect(broadcast).to_contain_text(messages.RIGHT_ANSWER)
    user.screenshots("quiz-reveal")
    press(broadcast, "Replied to a thread")
    thread = user.page.get_by_role("region", name="Thread")
    thread.get_by_role("button", name=texts.HOW_DID_I_DO).last.click()
    expect(thread).to_contain_text("You picked D.")
    user.screenshots("quiz-thread")
