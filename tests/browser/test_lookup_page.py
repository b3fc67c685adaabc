"""The shortcut *Look up an AWS fact* in the browser."""

from __future__ import annotations

from playwright.sync_api import expect

from bot.views import lookup
from tests.browser.conftest import PageUser


def test_a_fact_is_looked_up_and_shared_with_a_channel(user: PageUser) -> None:
    user.go_to("general")
    user.page.get_by_role("button", name=lookup.TITLE).click()
    modal = user.dialog(lookup.TITLE)
    search = modal.get_by_role("combobox")
    expect(search).to_be_focused()
    user.screenshots("lookup")
    search.fill("lambda timeo")
    option = user.page.get_by_role("listbox").get_by_role("option").first
    expect(option).to_be_visible()
    user.screenshots("lookup-search")
    option.click()
    expect(modal).to_contain_text("Source")
    channel = modal.get_by_label("Share it with a channel")
    expect(channel).to_have_value("# general")
    user.screenshots("lookup-fact")
    channel.click()
    user.page.get_by_role("option", name="# aws-quiz").click()
    modal.get_by_role("button", name="Share").click()
    expect(modal).to_contain_text("on its way to #aws-quiz")
    user.screenshots("lookup-shared")
    modal.get_by_role("button", name="Close", exact=True).click()
    user.go_to("aws-quiz")
    card = user.message("looked this up")
    user.screenshots("lookup-card")
    user.act_as("Ben")
    expect(card.get_by_role("button", name="Remove this message")).to_have_count(0)
    user.act_as("Ann")
    card.get_by_role("button", name="Remove this message").click()
    expect(user.page.get_by_text("looked this up")).to_have_count(0)


def test_what_is_not_found_is_said_with_the_next_step(user: PageUser) -> None:
    user.page.get_by_role("button", name=lookup.TITLE).click()
    modal = user.dialog(lookup.TITLE)
    modal.get_by_role("combobox").fill("zorbification")
    user.page.get_by_role("option", name="Nothing about").click()
    expect(modal).to_contain_text("I don't have a fact about")
    modal.get_by_role("button", name="Ask the team to answer this").click()
    expect(modal).to_contain_text("passed your question on")
    user.screenshots("lookup-nothing")
