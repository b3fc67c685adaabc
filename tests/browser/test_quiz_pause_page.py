"""A quiz that takes a break, in the browser: the modal, the announcement, status, and Home."""

from __future__ import annotations

from datetime import date, timedelta

from playwright.sync_api import expect

from bot.quiz import texts
from tests.browser.conftest import PageUser


def test_a_quiz_is_paused_in_its_settings(user: PageUser) -> None:
    until = date.today() + timedelta(40)
    user.write("/aws quiz on 09:30 mon-fri Europe/Berlin")
    user.message("set this up")
    user.write("/aws quiz")
    modal = user.dialog("Daily quiz")
    pause = modal.get_by_label(texts.PAUSE_UNTIL)
    pause.fill(until.isoformat())
    country = modal.get_by_role("combobox", name=texts.SKIP_HOLIDAYS)
    country.click()
    country.fill("germ")
    user.page.get_by_role("option", name="Germany").click()
    pause.scroll_into_view_if_needed()
    user.screenshots("quiz-pause-settings")
    modal.get_by_role("button", name="Save").click()
    announced = user.message("changed this channel's quiz")
    expect(announced).to_contain_text(texts.paused_until(until))
    expect(announced).to_contain_text(texts.skips_holidays("Germany"))
    user.write("/aws quiz status")
    expect(user.message("This channel's quiz")).to_contain_text(texts.paused_until(until))
    user.screenshots("quiz-paused")
    user.go_to("Home")
    expect(user.page.get_by_text(texts.paused_until(until)).last).to_be_visible()
    user.page.get_by_text(texts.paused_until(until)).last.scroll_into_view_if_needed()
    user.screenshots("home-quiz-paused")
