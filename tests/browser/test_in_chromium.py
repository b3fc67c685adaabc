"""What people do in Slack, done in a browser with the whole bot behind it."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, ViewportSize, expect

from bot import messages
from bot.quiz import texts
from tests.browser.conftest import PageUser

OpenPage = Callable[..., PageUser]
SMALL_PHONE_SIZE: ViewportSize = {"width": 360, "height": 740}


def press(within: Locator, name: str | re.Pattern[str]) -> None:
    within.get_by_role("button", name=name).first.click()


def test_a_command_with_a_typo_is_answered_for_me_alone_and_shared(user: PageUser) -> None:
    user.write("/aws waht is 429 in api gatway")
    answer = user.message("429 Too Many Requests")
    expect(answer).to_contain_text("Only visible to you")
    expect(answer.get_by_role("link", name="Source")).to_have_attribute(
        "href", re.compile("^https://docs.aws.amazon.com/")
    )
    press(answer, "Share in this channel")
    shared = user.message("asked: waht is 429")
    expect(shared).not_to_contain_text("Only visible to you")


def test_a_mention_is_answered_in_its_thread(user: PageUser) -> None:
    user.write("@factbot glacier bulk retrieval time")
    press(user.message("glacier bulk retrieval time"), re.compile("1 repl"))
    thread = user.page.get_by_role("region", name="Thread")
    expect(thread).to_contain_text("5-12 hours")


def test_a_direct_message_is_answered_and_followed_up(user: PageUser) -> None:
    user.go_to("factbot")
    user.write("what is long polling in sqs")
    user.message("Long polling")
    user.write("hi")
    user.message("Ask me about AWS")
    user.screenshots("direct")


def test_did_you_mean_shows_the_fact_in_place(user: PageUser) -> None:
    user.write("/aws too many requests")
    offer = user.message("You asked: too many requests")
    user.screenshots("did-you-mean")
    press(offer, re.compile("^Show API Gateway: 429"))
    expect(user.message("a usage plan's quota is used up")).to_contain_text("Source")


def test_what_is_typed_shows_as_text(user: PageUser) -> None:
    user.write("/aws <!channel> <b>bold</b> &amp; *x* <https://evil.example|aws.amazon.com>")
    reply = user.message("You asked:")
    expect(reply).to_contain_text("<b>bold</b> &amp; *x*")
    expect(reply.get_by_role("link")).to_have_count(0)


def test_a_quiz_from_its_settings_to_the_leaderboard(user: PageUser) -> None:
    user.go_to("aws-quiz")
    user.write("/aws quiz")
    dialog = user.dialog(texts.QUIZ_MODAL)
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"):
        dialog.get_by_role("checkbox", name=day).uncheck()
    press(dialog, messages.SAVE)
    expect(dialog.get_by_role("alert")).to_be_visible()
    user.screenshots("quiz-settings-wrong")
    dialog.get_by_role("checkbox", name="Monday").check()
    dialog.get_by_role("checkbox", name="Tuesday").check()
    press(dialog, messages.SAVE)
    user.message(texts.QUIZ_INTRODUCTION)
    press(user.page.locator("body"), "Next quiz")
    for name, letter in (("Ann", "A"), ("Ben", "B"), ("Cleo", "C")):
        user.act_as(name)
        user.go_to("aws-quiz")
        press(user.message("Quiz of the day"), re.compile(f"^Answer {letter}:"))
        user.message(f"You picked {letter}:")
    press(user.message("Quiz of the day"), re.compile("^Answer D:"))
    user.message("You picked D:")
    expect(user.message("Quiz of the day")).to_contain_text("3 answered")
    press(user.page.locator("body"), "Reveal")
    revealed = user.message("got it right")
    expect(revealed).to_contain_text("Source")
    user.write("/aws leaderboard")
    expect(user.message(messages.LEADERBOARD)).to_contain_text(messages.THIS_WEEK)
    user.screenshots("leaderboard")


def test_practice_in_a_direct_message(user: PageUser) -> None:
    user.go_to("factbot")
    user.write("practice")
    question = user.message("Practice:")
    user.screenshots("practice")
    press(question, re.compile("^Answer B:"))
    answered = user.message("see this again in")
    press(answered, messages.NEXT_QUESTION)
    expect(user.page.get_by_role("button", name=re.compile("^Answer A:")).last).to_be_visible()


def test_lists_and_the_erasing_of_data(user: PageUser) -> None:
    user.go_to("factbot")
    for text, shown in (("services", "Amazon SQS"), ("list sts", "AWS STS"), ("stop", "reminders")):
        user.write(text)
        user.message(shown)
        user.screenshots(text.split()[0])
    user.write("practice erase")
    offer = user.message(messages.ERASE_OFFER)
    press(offer, messages.ERASE)
    dialog = user.page.get_by_role("alertdialog", name=messages.ERASE)
    expect(dialog).to_contain_text(messages.ERASE_WARNING)
    user.screenshots("erase-confirm")
    press(dialog, messages.CANCEL)
    expect(offer).to_contain_text(messages.ERASE_OFFER)
    press(offer, messages.ERASE)
    press(dialog, messages.ERASE_CONFIRM)
    user.message(messages.ERASED)
    user.screenshots("erased")


def test_the_keyboard_is_enough(user: PageUser) -> None:
    box = user.page.get_by_role("textbox", name="Message #general")
    box.focus()
    user.page.keyboard.type("/aw")
    expect(user.page.get_by_role("listbox")).to_be_visible()
    user.page.keyboard.press("Escape")
    user.page.keyboard.type("s quiz")
    user.page.keyboard.press("Enter")
    dialog = user.dialog(texts.QUIZ_MODAL)
    expect(dialog.get_by_role("button", name=messages.SAVE)).to_be_visible()
    user.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_requests_behind_a_message_can_be_seen(user: PageUser) -> None:
    user.write("/aws random")
    message = user.message("Source")
    message.hover()
    press(message, "Requests")
    drawer = user.page.get_by_role("region", name="Requests")
    expect(drawer).to_contain_text("POST /slack/events")


def test_nothing_is_wider_than_a_small_phone(user: PageUser) -> None:
    user.page.set_viewport_size(SMALL_PHONE_SIZE)
    user.write("/aws gsi vs lsi")
    user.message("Source")
    width = user.page.evaluate("document.documentElement.scrollWidth")
    assert width <= SMALL_PHONE_SIZE["width"]
