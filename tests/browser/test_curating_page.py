"""What curators see in the browser: unanswered questions, facts to check, and the digest."""

from __future__ import annotations

from playwright.sync_api import expect

from bot.views.gaps import TITLE as GAPS_TITLE
from bot.views.refusal import REQUEST_TEXT, TELL_TEXT, WILL_REPLY
from tests.browser.conftest import PageUser

QUESTION = "how do I freeze deployments before christmas"
CURATOR = "Cleo"


def test_whoever_wants_to_know_is_promised_an_answer(user: PageUser) -> None:
    user.go_to("factbot")
    user.write(QUESTION)
    refusal = user.message("You asked")
    refusal.get_by_role("button", name=REQUEST_TEXT).click()
    expect(refusal).to_contain_text("passed your question on")
    user.screenshots("refusal-requested")
    refusal.get_by_role("button", name=TELL_TEXT).click()
    expect(refusal).to_contain_text(WILL_REPLY)
    user.screenshots("refusal-promised")


def test_a_curator_lists_questions_and_reads_the_digest(user: PageUser) -> None:
    user.go_to("general")
    for question in (QUESTION, f"{QUESTION} please", "rds storage autoscaling maximum"):
        user.write(f"/aws {question}")
        user.message(f"You asked: {question}")
    user.act_as(CURATOR)
    user.write("/aws gaps")
    gaps = user.message(GAPS_TITLE)
    expect(gaps).to_contain_text("2 times by")
    user.screenshots("gaps")
    user.write("/aws digest")
    digest = user.message("Your AWS facts this week")
    expect(digest).to_contain_text("Asked without an answer")
    user.screenshots("digest")
