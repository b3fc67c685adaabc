"""A card in the browser: short enough for a phone, and changed in place by what is pressed."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from bot import messages
from tests.browser.conftest import DESKTOP_SIZE, PHONE_SIZE, PageUser
from tests.browser.test_in_chromium import press

QUESTION = "what is 429 in api gateway"


def phone_height(user: PageUser, message: Locator) -> float:
    """Pixels that a message takes on a phone."""
    user.page.set_viewport_size(PHONE_SIZE)
    box = message.bounding_box()
    user.page.set_viewport_size(DESKTOP_SIZE)
    assert box is not None
    return box["height"]


def test_it_fits_on_half_a_phone_screen(user: PageUser) -> None:
    for question in (QUESTION, "lambda memory", "what is a launch template"):
        user.write(f"/aws {question}")
        card = user.message("Source")
        assert phone_height(user, card) <= PHONE_SIZE["height"] / 2, question
    user.screenshots("card")


def test_the_menu_and_the_thumbs_change_it_in_place(user: PageUser) -> None:
    user.write(f"/aws {QUESTION}")
    card = user.message("429 Too Many Requests")
    press(card, "More options")
    user.screenshots("card-menu")
    user.page.get_by_role("menuitem", name="Show details").click()
    expect(card).to_contain_text("QUOTA_EXCEEDED")
    user.screenshots("card-details")
    press(card, "This answer helped")
    expect(card).to_contain_text(messages.THANKS_HELPFUL)
    expect(user.page.get_by_role("article")).to_have_count(1)
    user.screenshots("card-voted")


def test_what_is_shared_can_be_taken_back_by_who_shared_it(user: PageUser) -> None:
    user.write(f"/aws {QUESTION}")
    card = user.page.get_by_role("article").first
    press(card, "Share in this channel")
    shared = user.message(f"asked: {QUESTION}")
    expect(card).to_contain_text(messages.SHARED)
    user.screenshots("card-shared")
    user.act_as("Ben")
    expect(shared.get_by_role("button", name="Remove")).to_have_count(0)
    user.act_as("Ann")
    press(shared, re.compile("^Remove"))
    expect(user.page.get_by_text(f"asked: {QUESTION}")).to_have_count(0)


def test_a_refusal_leads_on(user: PageUser) -> None:
    user.write("/aws how do I water tomatoes in october")
    refusal = user.message("You asked:")
    user.screenshots("refusal")
    press(refusal, "Ask the team to answer this")
    expect(refusal).to_contain_text("Thanks!")
    user.screenshots("refusal-requested")
