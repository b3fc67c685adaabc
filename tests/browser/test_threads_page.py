"""A thread in the browser: a brief answer, and a thumbs-up for thanks."""

from __future__ import annotations

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
