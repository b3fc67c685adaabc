"""The first things that people see, in the browser."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from bot import messages
from bot.quiz import texts
from bot.slack.install_pages import canceled_page, install_page, installed_page
from tests.browser.conftest import PHONE_SIZE, PageUser
from tests.browser.test_card_page import phone_height
from tests.browser.test_in_chromium import press


def test_the_direct_messages_begin_with_a_greeting(user: PageUser) -> None:
    user.go_to("factbot")
    greeting = user.message("Hi, I'm factbot!")
    user.screenshots("greeting")
    press(greeting, "Add me to a channel")
    expect(greeting).to_contain_text("/invite")
    press(greeting, "Ask a question")
    user.screenshots("greeting-examples")
    press(greeting, "GSI vs LSI")
    expect(user.message("Source")).to_be_visible()
    user.go_to("general")
    user.go_to("factbot")
    expect(user.page.get_by_text("Hi, I'm factbot!")).to_have_count(1)


def test_a_quiz_is_set_up_for_a_channel_from_the_greeting(user: PageUser) -> None:
    user.go_to("factbot")
    press(user.message("Hi, I'm factbot!"), "Start a quiz")
    modal = user.dialog(texts.QUIZ_MODAL)
    user.screenshots("quiz-channel")
    modal.get_by_role("combobox").click()
    user.page.get_by_role("option", name="# aws-quiz").click()
    expect(modal).to_contain_text("#aws-quiz")
    user.screenshots("quiz-channel-settings")
    expect(modal.get_by_label(texts.REVEAL_AT)).to_be_visible()
    modal.get_by_label(texts.REVEAL_NEXT).click()
    expect(modal.get_by_label(texts.REVEAL_AT)).to_have_count(0)
    user.screenshots("quiz-settings-next")
    modal.get_by_label(texts.REVEAL_SAME_DAY).click()
    expect(modal.get_by_label(texts.REVEAL_AT)).to_be_visible()
    modal.get_by_role("button", name=messages.SAVE).click()
    user.go_to("aws-quiz")
    expect(user.message(texts.QUIZ_INTRODUCTION)).to_contain_text("the same day")


def test_whoever_adds_the_bot_to_a_channel_is_told_what_it_does(user: PageUser) -> None:
    user.write("/invite @factbot")
    expect(user.message("Thanks for adding me!")).to_contain_text("Only visible to you")
    user.screenshots("joined")
    user.act_as("Ben")
    expect(user.page.get_by_text("Thanks for adding me!")).to_have_count(0)


def test_help_has_three_groups_with_buttons(user: PageUser) -> None:
    user.write("/aws help")
    reply = user.message("Ask me about AWS")
    assert phone_height(user, reply) <= PHONE_SIZE["height"] / 2
    user.screenshots("help")
    press(reply, "Practice now")
    expect(user.page.get_by_role("button", name=re.compile("^Answer A:"))).to_be_visible()


def test_the_install_pages_fit_every_screen(user: PageUser) -> None:
    for name, html in (
        ("install", install_page("https://slack.com/oauth/v2/authorize")),
        ("installed", installed_page("Acme", "A1", "T1")),
        ("canceled", canceled_page("/slack/install")),
    ):
        user.page.set_content(html)
        expect(user.page.get_by_role("link")).to_have_count(1)
        user.screenshots(name)
