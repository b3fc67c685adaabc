"""A thread in the browser: a brief answer, a thumbs-up for thanks, and a mention by editing."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import PageUser


def test_a_thread_gets_a_brief_answer_and_a_thumbs_up(user: PageUser) -> None:
    user.write("@factbot lambda timeout")
    user.page.get_by_role("button", name="1 reply").click()
    answer = user.message("Source")
    expect(answer).to_contain_text("15 minutes")
    user.write("@factbot thanks, that helped!", "Reply")
    thanked = user.message("thanks, that helped")
    expect(thanked.get_by_label("Reactions")).to_contain_text("\U0001f44d 1")
    user.screenshots("thread")
    expect(user.page.get_by_text("I only know AWS facts")).to_have_count(0)


def test_a_mention_added_by_editing_is_answered_once(user: PageUser) -> None:
    page = user.page
    for place in ("general", "Ben, Cleo, factbot"):
        user.go_to(place)
        user.write("what is 429 in api gateway")
        said = user.message("what is 429")
        said.hover()
        said.get_by_role("button", name="Edit message").click()
        box = page.get_by_role("textbox", name="Edit message")
        expect(box).to_have_value("what is 429 in api gateway")
        expect(page.get_by_role("button", name=re.compile("repl(y|ies)$"))).to_have_count(0)
        user.screenshots(f"editing-{place[:3].lower()}")
        box.fill("@factbot what is 429 in api gateway")
        box.press("Enter")
        expect(said).to_contain_text("(edited)")
        expect(page.get_by_role("button", name="1 reply")).to_be_visible()
    page.get_by_role("button", name="1 reply").click()
    answer = user.message("Source")
    expect(answer).to_contain_text("429 Too Many Requests")
    user.screenshots("group-thread")
    user.act_as("Ben")
    user.go_to("Ann, Cleo, factbot")
    seen = user.message("what is 429")
    seen.hover()
    expect(seen.get_by_role("button", name="Edit message")).to_have_count(0)


def test_escape_leaves_a_message_as_it_was(user: PageUser) -> None:
    user.write("@factbot thanks &amp; <b>")
    said = user.message("thanks")
    said.hover()
    said.get_by_role("button", name="Edit message").click()
    box = user.page.get_by_role("textbox", name="Edit message")
    expect(box).to_have_value("@factbot thanks &amp; <b>")
    box.fill("something else")
    box.press("Escape")
    expect(box).to_have_count(0)
    expect(user.page.get_by_role("textbox", name="Message #general")).to_be_focused()
    expect(said).to_contain_text("thanks &amp; <b>")
    expect(said).not_to_contain_text("(edited)")
