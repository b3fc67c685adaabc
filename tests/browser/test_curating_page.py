"""What curators see in the browser: unanswered questions, facts to check, and the digest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from bot.views.gaps import TITLE as GAPS_TITLE
from bot.views.refusal import REQUEST_TEXT, TELL_TEXT, WILL_REPLY
from bot.views.review_request import THANKS
from bot.views.review_request import TITLE as REVIEW_TITLE
from tests.browser.conftest import PageUser

QUESTION = "when is the zanzibar freeze for lambda"
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
    for question in (QUESTION, f"{QUESTION} please", "sagemaker storage autoscaling max"):
        user.write(f"/aws {question}")
        user.message(f"You asked: {question}")
    user.act_as(CURATOR)
    user.write("/aws gaps")
    gaps = user.message(GAPS_TITLE)
    expect(gaps).to_contain_text("2 times by")
    user.screenshots("gaps")
    user.write("/aws digest")
    digest = user.message("Your AWS facts this week")
    expect(digest).to_contain_text("Questions without an answer")
    user.screenshots("digest")


def test_a_curator_checks_facts_that_are_due(user: PageUser) -> None:
    user.act_as(CURATOR)
    user.write("/aws curators")
    user.message("will get reports and suggestions directly")
    move_to_a_day_on_which_facts_are_due(user)
    user.go_to("factbot")
    review = user.message(REVIEW_TITLE)
    expect(review.get_by_role("button", name="Still true")).to_have_count(3)
    user.screenshots("review")
    review.get_by_role("button", name="Changed").first.click()
    form = user.dialog("Change the fact")
    form.get_by_label("Answer", exact=True).fill("It is another one now.")
    user.screenshots("review-changed")
    form.get_by_role("button", name="Save").click()
    expect(review.get_by_role("button", name="Changed")).to_have_count(2)
    review.get_by_role("button", name="Still true").first.click()
    expect(review.get_by_role("button", name="Still true")).to_have_count(1)
    review.get_by_role("button", name="Not mine").click()
    expect(review.get_by_role("button", name="Not mine")).to_have_count(0)
    expect(review).to_contain_text(THANKS)
    user.screenshots("review-done")


def move_to_a_day_on_which_facts_are_due(user: PageUser) -> None:
    """Noon in Tokyo, where Cleo is, on a Tuesday in two years."""
    day = datetime.now(UTC) + timedelta(days=730)
    day += timedelta(days=(1 - day.weekday()) % 7)
    noon = day.replace(hour=3, minute=0)
    seconds = (noon - datetime.now(UTC)).total_seconds()
    headers = {"X-Playground": "1", "Origin": user.page.url.rstrip("/")}
    data = {"user": "U0CLEO", "seconds": seconds}
    moved = user.page.request.post(f"{user.page.url}api/clock", data=data, headers=headers)
    assert moved.ok, moved.text()
