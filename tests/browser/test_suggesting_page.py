"""An answer is suggested below a refusal, approved, and given, in the browser."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import PageUser

ANSWER = "Nobody deploys between December 20 and January 3."
QUESTION = "when is the zanzibar freeze for lambda"


def test_a_message_is_saved_as_a_fact(user: PageUser) -> None:
    user.go_to("general")
    user.write(f"{QUESTION}? {ANSWER} https://contoso.example/freeze")
    said = user.message("zanzibar freeze")
    said.hover()
    said.get_by_role("button", name="Save as AWS fact").click()
    form = user.dialog("Suggest an answer")
    expect(form.get_by_label("Source")).to_have_value("https://contoso.example/freeze")
    expect(form.get_by_label("How would people ask?")).to_have_value(re.compile("zanzibar freeze"))
    user.screenshots("suggest-from-message")
    ways = f"{QUESTION}\nzanzibar freeze\nzanzibar dates"
    form.get_by_label("How would people ask?").fill(ways)
    form.get_by_label("Answer", exact=True).fill(ANSWER)
    form.get_by_role("button", name="Send").click()
    again = form.get_by_role("button", name="No, send it")
    sent = form.get_by_text("The curators will look at it")
    expect(again.or_(sent)).to_be_visible()
    if again.is_visible():
        again.click()
    expect(form).to_contain_text("No curator has been told")
    user.screenshots("suggest-nobody-told")
    form.get_by_role("button", name="Close", exact=True).click()
    user.act_as("Cleo")
    user.write("/aws suggestions")
    waiting = user.message("1 suggestion is waiting for a decision")
    user.screenshots("suggestions")
    waiting.get_by_role("button", name="Show the suggestion").click()
    shown = user.message("suggested an answer")
    user.screenshots("suggestions-shown")
    shown.get_by_role("button", name="Approve", exact=True).click()
    expect(user.message("Approved by")).to_contain_text(ANSWER)


def test_an_answer_is_suggested_approved_and_given(user: PageUser) -> None:
    user.go_to("general")
    user.act_as("Cleo")
    user.write("/aws curators here")
    user.message("in #general")
    user.act_as("Ben")
    user.go_to("general")
    user.write(f"/aws {QUESTION}")
    refusal = user.message("You asked")
    expect(refusal.get_by_role("button", name="Suggest an answer")).to_be_visible()
    user.screenshots("suggest-refusal")
    refusal.get_by_role("button", name="Suggest an answer").click()
    form = user.dialog("Suggest an answer")
    expect(form.get_by_label("Title")).to_have_value("When is the zanzibar freeze for lambda")
    form.get_by_label("Answer", exact=True).fill(ANSWER)
    form.get_by_label("Source").fill("the wiki")
    form.get_by_role("button", name="Send").click()
    expect(form).to_contain_text("This must be the https:// address of one page")
    expect(form).to_contain_text("give at least 3")
    user.screenshots("suggest-errors")
    form.get_by_label("Source").fill("https://contoso.example/freeze")
    form.get_by_label("How would people ask?").fill(f"{QUESTION}\nzanzibar freeze\nzanzibar dates")
    form.get_by_role("button", name="Send").click()
    again = form.get_by_role("button", name="No, send it")
    sent = form.get_by_text("The curators will look at it")
    expect(again.or_(sent)).to_be_visible()
    if again.is_visible():
        user.screenshots("suggest-nearest")
        again.click()
    expect(sent).to_be_visible()
    form.get_by_role("button", name="Close", exact=True).click()
    user.act_as("Cleo")
    user.go_to("general")
    suggestion = user.message("suggested an answer")
    user.screenshots("suggest-decide")
    suggestion.get_by_role("button", name="Approve", exact=True).click()
    expect(user.message("Approved by")).to_contain_text(ANSWER)
    user.screenshots("suggest-approved")
    user.write(f"/aws {QUESTION}")
    expect(user.message("Written by your team")).to_contain_text(ANSWER)
    user.screenshots("suggest-answered")
