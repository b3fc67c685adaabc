"""A quiz as people see it on a wide screen and a phone, in light and dark."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, ViewportSize, expect

from bot import messages
from bot.quiz import texts
from tests.browser.conftest import PageUser

Open = Callable[..., PageUser]
SIZES = {
    "wide": ViewportSize(width=1280, height=860),
    "phone": ViewportSize(width=390, height=844),
}


def press(within: Locator, name: str | re.Pattern[str]) -> None:
    within.get_by_role("button", name=name).first.click()


def pictures(user: PageUser, name: str) -> None:
    """Write a screenshot of each size."""
    for size, viewport in SIZES.items():
        user.page.set_viewport_size(viewport)
        user.screenshot(f"{name}-{size}")
    user.page.set_viewport_size(SIZES["wide"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_question_is_answered_changed_and_revealed(open_page: Open, scheme: str) -> None:
    user = open_page(color_scheme=scheme)
    user.write("/aws quiz on 09:30 Europe/Berlin")
    user.message(messages.QUIZ_INTRODUCTION)
    press(user.page.locator("body"), "Next quiz")
    question = user.message(messages.QUIZ_TITLE)
    for name, letter in (("Ben", "A"), ("Cleo", "C"), ("Ann", "B")):
        user.act_as(name)
        press(user.message(messages.QUIZ_TITLE), re.compile(f"^Answer {letter}:"))
        user.message(f"You picked {letter}:")
    expect(question).to_contain_text("3 answered")
    pictures(user, f"quiz-pick-{scheme}")
    own = user.message("You picked B:")
    press(own, re.compile("^Answer D:"))
    user.message("You picked D:")
    expect(user.page.get_by_role("article").filter(has_text="You picked")).to_have_count(1)
    press(user.page.locator("body"), "Reveal")
    expect(user.message(messages.QUIZ_TITLE)).to_contain_text("of 3 got it right")
    pictures(user, f"quiz-reveal-{scheme}")
    press(user.message(messages.QUIZ_TITLE), re.compile("1 repl"))
    thread = user.page.get_by_role("region", name="Thread")
    thread.get_by_role("button", name=texts.HOW_DID_I_DO).last.click()
    expect(thread).to_contain_text("You: D,")
    pictures(user, f"quiz-thread-{scheme}")
