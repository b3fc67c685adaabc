"""A reported mistake and a team note in the browser, with Cleo as the curator."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from bot.views import case, report, team_note
from tests.browser.conftest import PageUser
from tests.browser.test_in_chromium import press

QUESTION = "what is 429 in api gateway"
TITLE = "429 Too Many Requests"


def choose(user: PageUser, card: Locator, item: str) -> None:
    """Choose something in a card's menu."""
    press(card, "More options")
    user.page.get_by_role("menuitem", name=item).click()


def ask(user: PageUser) -> Locator:
    """Ask again; the new card."""
    cards = user.page.get_by_role("article").filter(has_text="Source").filter(has_text=TITLE)
    before = cards.count()
    user.write(f"/aws {QUESTION}")
    expect(cards).to_have_count(before + 1)
    return cards.last


def test_a_mistake_is_reported_and_a_curator_keeps_the_fact(user: PageUser) -> None:
    user.go_to("aws-quiz")
    user.act_as("Cleo")
    user.write("/aws curators here")
    user.message("Done.")
    user.act_as("Ann")
    user.go_to("general")
    choose(user, ask(user), report.TITLE)
    modal = user.dialog(report.TITLE)
    expect(modal.get_by_label("What's wrong?")).to_be_focused()
    modal.get_by_label("What's wrong?").fill("The default is 20,000 a second <!here> by now.")
    modal.get_by_label("A page that says so").fill("https://docs.aws.amazon.com/apigateway/")
    user.screenshots("report")
    modal.get_by_role("button", name="Report", exact=True).click()
    expect(modal).to_contain_text("under review")
    user.screenshots("report-done")
    modal.get_by_role("button", name="Close", exact=True).click()
    expect(ask(user)).to_contain_text("Under review")
    user.screenshots("card-under-review")
    user.go_to("aws-quiz")
    posted = user.message(case.OPEN_TITLE)
    expect(posted).to_contain_text("<!here>")
    posted.get_by_role("button", name="Keep the fact as it is").scroll_into_view_if_needed()
    user.screenshots("case")
    user.act_as("Cleo")
    posted = user.message(case.OPEN_TITLE)
    press(posted, "Retire the fact")
    retire = user.dialog("Retire a fact")
    user.screenshots("case-retire")
    retire.get_by_role("button", name="Cancel").click()
    press(posted, "Keep the fact as it is")
    expect(user.message(case.CLOSED_TITLE)).to_contain_text("Kept as it is by @Cleo")
    user.screenshots("case-decided")
    user.act_as("Ann")
    user.go_to("factbot")
    user.message("kept it as it is")


def test_a_curator_adds_a_note_that_everyone_sees(user: PageUser) -> None:
    user.go_to("general")
    user.act_as("Cleo")
    choose(user, ask(user), team_note.ADD)
    modal = user.dialog(team_note.TITLE)
    modal.get_by_label("Note").fill("Our limit in production is 5,000 requests a second.")
    user.screenshots("team-note")
    modal.get_by_role("button", name="Save").click()
    expect(modal).to_contain_text(team_note.SAVED)
    modal.get_by_role("button", name="Close", exact=True).click()
    user.act_as("Ann")
    expect(ask(user)).to_contain_text("Team note: Our limit in production is 5,000")
    user.screenshots("card-with-note")
