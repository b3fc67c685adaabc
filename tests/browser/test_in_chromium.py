"""What people do in Slack, done in a browser against the whole bot."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, expect

from bot import messages
from tests.browser.conftest import Client

Open = Callable[..., Client]
PHONE = {"width": 360, "height": 740}


def press(within: Locator, name: str | re.Pattern[str]) -> None:
    within.get_by_role("button", name=name).first.click()


def test_a_command_with_a_typo_is_answered_for_me_alone_and_shared(client: Client) -> None:
    client.write("/aws waht is 429 in api gatway")
    answer = client.message("429 Too Many Requests")
    expect(answer).to_contain_text("Only visible to you")
    expect(answer.get_by_role("link", name="Source")).to_have_attribute(
        "href", re.compile("^https://docs.aws.amazon.com/")
    )
    client.picture("answer")
    press(answer, "Share in channel")
    shared = client.message("asked: waht is 429")
    expect(shared).not_to_contain_text("Only visible to you")


def test_a_mention_is_answered_in_its_thread(client: Client) -> None:
    client.write("@factbot glacier bulk retrieval time")
    press(client.message("glacier bulk retrieval time"), re.compile("1 repl"))
    thread = client.page.get_by_role("region", name="Thread")
    expect(thread).to_contain_text("5-12 hours")
    client.picture("thread")


def test_a_direct_message_is_answered_and_followed_up(client: Client) -> None:
    client.go("factbot")
    client.write("what is long polling in sqs")
    client.message("Long polling")
    client.write("hi")
    client.message("Ask me about AWS")
    client.picture("direct")


def test_did_you_mean_shows_the_fact_in_place(client: Client) -> None:
    client.write("/aws rate exceeded")
    offer = client.message("You asked: rate exceeded")
    client.picture("did-you-mean")
    press(offer, re.compile("^Show "))
    expect(client.message("a usage plan's quota is used up")).to_contain_text("Source")


def test_what_is_typed_shows_as_text(client: Client) -> None:
    client.write("/aws <!channel> <b>bold</b> &amp; *x* <https://evil.example|aws.amazon.com>")
    told = client.message("You asked:")
    expect(told).to_contain_text("<b>bold</b> &amp; *x*")
    expect(told.get_by_role("link")).to_have_count(0)


def test_a_quiz_from_its_settings_to_the_leaderboard(client: Client) -> None:
    client.go("aws-quiz")
    client.write("/aws quiz")
    dialog = client.dialog(messages.QUIZ_MODAL)
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"):
        dialog.get_by_role("checkbox", name=day).uncheck()
    press(dialog, messages.SAVE)
    expect(dialog.get_by_role("alert")).to_be_visible()
    client.picture("settings")
    dialog.get_by_role("checkbox", name="Monday").check()
    dialog.get_by_role("checkbox", name="Tuesday").check()
    press(dialog, messages.SAVE)
    client.message(messages.QUIZ_INTRODUCTION)
    press(client.page.locator("body"), "Next quiz")
    for name, letter in (("Ann", "A"), ("Ben", "B"), ("Cleo", "C")):
        client.act_as(name)
        client.go("aws-quiz")
        press(client.message("Quiz of the day"), re.compile(f"^Answer {letter}:"))
        client.message(f"Noted: {letter}.")
    press(client.message("Quiz of the day"), re.compile("^Answer D:"))
    client.message("Changed to D.")
    expect(client.message("Quiz of the day")).to_contain_text("3 answered", timeout=10_000)
    client.picture("question")
    press(client.page.locator("body"), "Reveal")
    revealed = client.message(messages.RIGHT_ANSWER)
    expect(revealed).to_contain_text("Source")
    client.picture("reveal")
    client.write("/aws leaderboard")
    expect(client.message(messages.LEADERBOARD)).to_contain_text(messages.THIS_WEEK)
    client.picture("leaderboard")


def test_practice_in_a_direct_message(client: Client) -> None:
    client.go("factbot")
    client.write("practice")
    question = client.message("Practice:")
    client.picture("practice")
    press(question, re.compile("^Answer B:"))
    answered = client.message("Comes again in")
    press(answered, messages.NEXT_QUESTION)
    expect(client.page.get_by_role("button", name=re.compile("^Answer A:")).last).to_be_visible()


def test_the_home_tab(client: Client) -> None:
    client.go("Home")
    expect(client.page.get_by_text(messages.HOME_TITLE)).to_be_visible(timeout=10_000)
    client.picture("home")


def test_the_keyboard_is_enough(client: Client) -> None:
    box = client.page.get_by_role("textbox", name="Message #general")
    box.focus()
    client.page.keyboard.type("/aw")
    expect(client.page.get_by_role("listbox")).to_be_visible()
    client.page.keyboard.press("Escape")
    client.page.keyboard.type("s quiz")
    client.page.keyboard.press("Enter")
    dialog = client.dialog(messages.QUIZ_MODAL)
    expect(dialog.get_by_role("button", name=messages.SAVE)).to_be_visible()
    client.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_requests_behind_a_message_can_be_seen(client: Client) -> None:
    client.write("/aws random")
    message = client.message("Source")
    message.hover()
    press(message, "Requests")
    drawer = client.page.get_by_role("region", name="Requests")
    expect(drawer).to_contain_text("POST /slack/events")
    client.picture("requests")


def test_it_reads_well_on_a_phone_and_in_the_dark(open_page: Open) -> None:
    for name, options in (("phone", {"viewport": PHONE}), ("dark", {"color_scheme": "dark"})):
        client = open_page(**options)
        client.write("/aws gsi vs lsi")
        client.message("Source")
        client.picture(name)
        width = client.page.evaluate("document.documentElement.scrollWidth")
        assert width <= client.page.viewport_size["width"]  # type: ignore[index]
