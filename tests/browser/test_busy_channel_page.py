"""Starting a quiz in a busy channel, in the browser: a question that only one person sees."""

from __future__ import annotations

from playwright.sync_api import expect

from bot.quiz import texts
from tests.browser.conftest import PageUser
from tests.browser.test_in_chromium import press


def test_it_asks_before_it_posts(user: PageUser) -> None:
    user.go_to("all-hands")
    user.write("/aws quiz on 09:30 mon-fri Europe/Berlin")
    asked = user.message("This channel has 240 members")
    expect(asked).to_contain_text("Only visible to you")
    user.screenshots("quiz-busy-channel")
    press(asked, texts.START_QUIZ)
    expect(user.message(texts.QUIZ_STARTED)).to_contain_text("Only visible to you")
    user.message("set this up")
    user.screenshots("quiz-busy-channel-started")
